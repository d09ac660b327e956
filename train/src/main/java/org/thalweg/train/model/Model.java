package org.thalweg.train.model;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.train.data.Shape;
import org.thalweg.train.model.Layer.BatchNorm;
import org.thalweg.train.model.Layer.Conv2d;
import org.thalweg.train.model.Layer.Linear;
import org.thalweg.train.model.Layer.MaxPool;
import org.thalweg.train.model.Layer.Relu;

/**
 * A model as data: its layers in order. Sizes follow from the data, see {@link #plan}.
 *
 * @param name what users call it
 * @param layers at least one
 */
public record Model(String name, List<Layer> layers) {
    /** The names that {@link #named} knows. */
    public static final List<String> NAMES = List.of("mlp", "convnet");

    public Model {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("model %s has no layers".formatted(name));
        }
    }

    /** The side of the smallest image that the convolutional network takes without padding. */
    private static final int SMALLEST_UNPADDED = 10;

    /**
     * A ready model for the given data.
     *
     * @param input the shape of one example
     * @param classes how many there are to tell apart
     * @throws IllegalArgumentException if there is no model of that name
     */
    public static Model named(String name, Shape input, int classes) {
        return switch (name) {
            case "mlp" -> mlp(classes, 256, 128);
            case "convnet" -> convnet(classes, fitsUnpadded(input) ? 0 : 1);
            default ->
                throw new IllegalArgumentException(
                        "there is no model '%s'; choose one of %s".formatted(name, String.join(", ", NAMES)));
        };
    }

    /** A multi-layer perceptron: for each hidden size a linear layer and a ReLU, then a linear layer to the classes. */
    public static Model mlp(int classes, int... hidden) {
        List<Layer> layers = new ArrayList<>();
        for (int size : hidden) {
            layers.add(new Linear(size));
            layers.add(new Relu());
        }
        layers.add(new Linear(classes));
        return new Model("mlp", layers);
    }

    /**
     * A small convolutional network: two 3x3 convolutions of 32 and 64 channels, each with batch normalisation, ReLU and
     * a 2x2 max-pool; then linear 128, ReLU, linear to the classes.
     *
     * @param padding zeros around the images that each convolution sees; without any, images must be at least 10x10
     */
    public static Model convnet(int classes, int padding) {
        return new Model(
                "convnet",
                List.of(
                        new Conv2d(32, 3, padding),
                        new BatchNorm(),
                        new Relu(),
                        new MaxPool(2),
                        new Conv2d(64, 3, padding),
                        new BatchNorm(),
                        new Relu(),
                        new MaxPool(2),
                        new Linear(128),
                        new Relu(),
                        new Linear(classes)));
    }

    /**
     * Works out every layer's shape and parameters for inputs of the given shape.
     *
     * @throws IllegalArgumentException naming the layer that its input does not fit
     */
    public Plan plan(Shape input) {
        return Plan.of(this, input);
    }

    private static boolean fitsUnpadded(Shape input) {
        return input.isImage() && Math.min(input.height(), input.width()) >= SMALLEST_UNPADDED;
    }
}
