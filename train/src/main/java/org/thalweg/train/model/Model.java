package org.thalweg.train.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.layer.TorchScript;

/**
 * A model as data: its layers in order. Sizes follow from the data, see {@link #plan}.
 *
 * @param name what users call it: letters, digits, dots, dashes and underscores, at most 64
 * @param layers at least one
 * @param initialisation how its weights start
 * @param loss what it is trained on, where that is not the task's usual loss
 * @param precision in which numbers it computes
 */
public record Model(
        String name, List<Layer> layers, Initialisation initialisation, Optional<Loss> loss, Precision precision) {
    /** It names directories. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public Model {
        layers = List.copyOf(layers);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a model's name is made of up to 64 letters, digits, dots, dashes and"
                    + " underscores, and starts with one of the first two, unlike \"%s\"".formatted(name));
        }
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("model %s has no layers".formatted(name));
        }
    }

    /** Computed in float32. */
    public Model(String name, List<Layer> layers, Initialisation initialisation, Optional<Loss> loss) {
        this(name, layers, initialisation, loss, Precision.FLOAT32);
    }

    /** As libtorch initialises, for the task's usual loss. */
    public Model(String name, List<Layer> layers) {
        this(name, layers, new Initialisation.Standard(), Optional.empty());
    }

    /** A multi-layer perceptron: for each hidden size a linear layer and a ReLU, then a linear layer to the outputs. */
    public static Model mlp(int outputs, int... hidden) {
        List<Layer> layers = new ArrayList<>();
        for (int size : hidden) {
            layers.add(new Linear(size));
            layers.add(new Relu());
        }
        layers.add(new Linear(outputs));
        return new Model("mlp", layers);
    }

    /**
     * A module exported from Python as TorchScript, called after its file.
     *
     * @param file as {@code torch.jit.script(model).save(...)} writes it
     */
    public static Model exported(Path file) {
        String name =
                String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "").replaceAll("[^A-Za-z0-9._-]", "-");
        return new Model(name, List.of(new TorchScript(file)));
    }

    /** The same with another initialisation. */
    public Model with(Initialisation other) {
        return new Model(name, layers, other, loss, precision);
    }

    /** The same for another loss. */
    public Model with(Loss other) {
        return new Model(name, layers, initialisation, Optional.of(other), precision);
    }

    /** The same in other numbers. */
    public Model with(Precision other) {
        return new Model(name, layers, initialisation, loss, other);
    }

    /** What it is trained on for the task: its own loss, or the task's usual one. */
    public Loss loss(Task task) {
        return loss.orElseGet(() -> Loss.standard(task));
    }

    /**
     * Works out every layer's shape and parameters for inputs of the given shape.
     *
     * @throws IllegalArgumentException naming the layer that its input does not fit
     */
    public Plan plan(Shape input) {
        return Plan.of(this, input);
    }
}
