package org.thalweg.train.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.train.data.Shape;
import org.thalweg.train.model.Layer.BatchNorm;
import org.thalweg.train.model.Layer.Conv2d;
import org.thalweg.train.model.Layer.Dropout;
import org.thalweg.train.model.Layer.Flatten;
import org.thalweg.train.model.Layer.Linear;
import org.thalweg.train.model.Layer.MaxPool;
import org.thalweg.train.model.Layer.Relu;

/**
 * A model with every size worked out.
 *
 * @param model the model
 * @param input the shape of one example
 * @param steps one for each layer, in order
 */
public record Plan(Model model, Shape input, List<Step> steps) {
    public Plan {
        steps = List.copyOf(steps);
    }

    /**
     * One layer in its place.
     *
     * @param name its kind and number, such as {@code conv1}
     * @param layer the layer
     * @param input shape of what goes in, one example
     * @param output shape of what comes out, one example
     * @param parameters trainable numbers
     */
    public record Step(String name, Layer layer, Shape input, Shape output, long parameters) {}

    static Plan of(Model model, Shape input) {
        List<Step> steps = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        Shape shape = input;
        for (Layer layer : model.layers()) {
            String name = layer.kind() + numbers.merge(layer.kind(), 1, Integer::sum);
            Shape output = output(model, name, layer, shape);
            steps.add(new Step(name, layer, shape, output, parameters(layer, shape, output)));
            shape = output;
        }
        return new Plan(model, input, steps);
    }

    /** Shape of what the model answers for one example. */
    public Shape output() {
        return steps.getLast().output();
    }

    /** Trainable numbers in all layers. */
    public long parameters() {
        return steps.stream().mapToLong(Step::parameters).sum();
    }

    /** A table for people: layer, output shape, parameters. */
    public String table() {
        StringBuilder text = new StringBuilder(row("layer", "output", "parameters"));
        text.append(row("input", input.toString(), ""));
        for (Step step : steps) {
            String count = step.parameters() == 0 ? "" : "%,d".formatted(step.parameters());
            text.append(row(step.name(), step.output().toString(), count));
        }
        return text.append(row("total", "", "%,d".formatted(parameters()))).toString();
    }

    private static String row(String layer, String output, String parameters) {
        return "%-12s %-12s %12s%n".formatted(layer, output, parameters);
    }

    private static Shape output(Model model, String name, Layer layer, Shape input) {
        return switch (layer) {
            case Linear linear -> Shape.vector(linear.outputs());
            case Conv2d conv -> {
                Shape image = image(model, name, input);
                int lost = conv.kernel() - 1 - 2 * conv.padding();
                int height = image.height() - lost;
                int width = image.width() - lost;
                require(height >= 1 && width >= 1, model, name, "needs at least %1$dx%1$d pixels", lost + 1, input);
                yield Shape.image(conv.channels(), height, width);
            }
            case MaxPool pool -> {
                Shape image = image(model, name, input);
                int height = image.height() / pool.size();
                int width = image.width() / pool.size();
                require(height >= 1 && width >= 1, model, name, "needs at least %1$dx%1$d pixels", pool.size(), input);
                yield Shape.image(image.channels(), height, width);
            }
            case Flatten _ -> Shape.vector(input.size());
            case BatchNorm _, Relu _, Dropout _ -> input;
        };
    }

    private static long parameters(Layer layer, Shape input, Shape output) {
        return switch (layer) {
            case Linear linear -> (input.size() + 1L) * linear.outputs();
            case Conv2d conv -> ((long) input.channels() * conv.kernel() * conv.kernel() + 1) * conv.channels();
            case BatchNorm _ -> 2L * output.channels();
            case Relu _, MaxPool _, Flatten _, Dropout _ -> 0;
        };
    }

    private static Shape image(Model model, String name, Shape input) {
        require(input.isImage(), model, name, "needs an image", 0, input);
        return input;
    }

    private static void require(boolean fits, Model model, String name, String need, int least, Shape input) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "layer %s of model %s %s, but its input is %s; choose another model or data"
                            .formatted(name, model.name(), need.formatted(least), input));
        }
    }
}
