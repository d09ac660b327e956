package org.thalweg.train.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.data.Shape;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.model.Plan.Step;
import org.thalweg.train.model.foreign.Foreign;
import org.thalweg.train.model.foreign.ForeignStatistics;
import org.thalweg.train.model.foreign.Script;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Composite;
import org.thalweg.train.model.layer.JointStatistics;
import org.thalweg.train.model.layer.Plain;
import org.thalweg.train.model.layer.Pooling.MaxPool;
import org.thalweg.train.model.layer.Stage;
import org.thalweg.train.model.layer.Start;
import org.thalweg.train.model.layer.TorchScript;
import org.thalweg.train.model.layer.Weight;
import org.thalweg.train.model.layer.Weights;

/** Makes a plan's tensors, and the stages that compute on them. */
final class Assembly {
    private final Initialisation initialisation;
    private final Activations activations;
    private final Optional<JointStatistics> joint;
    private final SequencedMap<String, Tensor> trained = new LinkedHashMap<>();
    private final SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    private final List<Normalisation> normalisations = new ArrayList<>();
    private final SequencedMap<String, Script> scripts = new LinkedHashMap<>();
    private final Stage whole;

    /** @param joint of batch normalisation, if several workers take its statistics together */
    Assembly(Plan plan, Activations activations, Optional<JointStatistics> joint) {
        this.joint = joint;
        this.initialisation = plan.model().initialisation();
        this.activations = activations;
        this.whole = sequence(plan.steps());
    }

    /** A module that was made elsewhere, and no plan. */
    Assembly(Foreign foreign, Shape input, Activations activations) {
        this.joint = Optional.empty();
        this.initialisation = new Initialisation.Standard();
        this.activations = activations;
        this.whole = foreign("", foreign, input);
    }

    Stage whole() {
        return whole;
    }

    /** What an optimizer updates. */
    SequencedMap<String, Tensor> trained() {
        return trained;
    }

    /** All that is saved. */
    SequencedMap<String, Tensor> state() {
        return state;
    }

    /** The TorchScript modules by their layers. */
    SequencedMap<String, Script> scripts() {
        return scripts;
    }

    List<Normalisation> normalisations() {
        return normalisations;
    }

    private Stage sequence(List<Step> steps) {
        List<Stage> stages = poolFirst(steps).stream().map(this::stage).toList();
        return (input, training) -> {
            Tensor value = input;
            for (Stage stage : stages) {
                value = stage.forward(value, training);
            }
            return value;
        };
    }

    private Stage stage(Step step) {
        Stage stage = switch (step.layer()) {
            case BatchNorm norm -> norm.stage(weights(step), joint);
            case Plain plain -> plain.stage(step.input(), weights(step));
            case Composite composite ->
                composite.stage(step.branches().stream().map(this::sequence).toList());
            case TorchScript script -> script(step, Script.open(script.file()));
        };
        return (input, training) -> activations.seen(step.name(), stage.forward(input, training));
    }

    /**
     * ReLU and max-pool give the same values and gradients in either order, as both keep the order of numbers; pooling first
     * leaves the ReLU a fraction of the work.
     */
    private static List<Step> poolFirst(List<Step> steps) {
        List<Step> order = new ArrayList<>(steps);
        for (int i = 1; i < order.size(); i++) {
            if (order.get(i - 1).layer() instanceof Relu && order.get(i).layer() instanceof MaxPool) {
                Collections.swap(order, i - 1, i);
            }
        }
        return order;
    }

    private Stage script(Step step, Script script) {
        scripts.put(step.name(), script);
        try {
            return foreign(step.name() + ".", script, step.input());
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "%s cannot be trained: %s".formatted(script.file(), refused.getMessage()), refused);
        }
    }

    private Stage foreign(String path, Foreign foreign, Shape input) {
        foreign.parameters().forEach((name, tensor) -> trained.put(path + name, tensor));
        foreign.state().forEach((name, tensor) -> state.put(path + name, tensor));
        ForeignStatistics.of(foreign, input).stream().map(Normalisation::of).forEach(normalisations::add);
        return (value, training) -> foreign.forward(rowMajor(value), training);
    }

    /**
     * The same in the usual order of numbers, which modules from elsewhere may count on. The strides are said anew, because
     * those of an image with one channel fit either order, and libtorch would go on in the other.
     */
    private static Tensor rowMajor(Tensor value) {
        long[] sizes = Tensors.shape(value);
        long[] strides = new long[sizes.length];
        long stride = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= sizes[i];
        }
        return value.contiguous().as_strided(sizes, strides);
    }

    private Weights weights(Step step) {
        Map<String, Tensor> tensors = new HashMap<>();
        for (Weight weight : step.weights()) {
            Tensor tensor = made(weight);
            tensors.put(weight.name(), tensor);
            String name = step.name() + "." + weight.name();
            state.put(name, tensor);
            if (weight.trained()) {
                trained.put(name, tensor);
            }
        }
        Weights weights = new Weights(tensors);
        if (step.layer() instanceof BatchNorm norm) {
            normalisations.add(Normalisation.of(weights, norm.momentum()));
        }
        return weights;
    }

    private Tensor made(Weight weight) {
        ScalarType type = weight.start() instanceof Start.Count ? ScalarType.Long : ScalarType.Float;
        Tensor tensor = torch.zeros(weight.sizes(), new TensorOptions(type));
        try (NoGradGuard _ = new NoGradGuard()) {
            fill(tensor, weight.start());
        }
        return weight.trained() ? tensor.requires_grad_(true) : tensor;
    }

    private void fill(Tensor tensor, Start start) {
        switch (start) {
            case Start.Kernel() -> initialisation.fill(tensor);
            case Start.Bias(long fanIn) -> initialisation.fillBias(tensor, fanIn);
            case Start.Constant(double value) -> tensor.fill_(new Scalar(value));
            case Start.Uniform(double bound) -> tensor.uniform_(-bound, bound, new GeneratorOptional());
            case Start.Normal(double deviation) -> tensor.normal_(0, deviation, new GeneratorOptional());
            case Start.Count(), Start.Stored() -> {} // zero already, or not ours to fill
        }
    }
}
