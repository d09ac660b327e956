package org.thalweg.train.model;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.train.data.Shape;
import org.thalweg.train.model.Plan.Step;
import org.thalweg.train.model.layer.Composite;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.Misfit;
import org.thalweg.train.model.layer.Plain;
import org.thalweg.train.model.layer.TorchScript;

/** Works out a model's shapes, layer by layer. */
record Planner(Model model) {
    /** As the steps of a list of layers. */
    List<Step> steps(String path, List<Layer> layers, Shape input) {
        List<Step> steps = new ArrayList<>();
        Paths paths = new Paths(path);
        for (Layer layer : layers) {
            steps.add(step(paths.next(layer), layer, output(steps, input)));
        }
        return steps;
    }

    /** What a list of steps ends with. */
    static Shape output(List<Step> steps, Shape input) {
        return steps.isEmpty() ? input : steps.getLast().output();
    }

    private Step step(String name, Layer layer, Shape input) {
        try {
            return switch (layer) {
                case Plain plain -> plain(name, plain, input);
                case Composite composite -> composite(name, composite, input);
                case TorchScript script ->
                    new Step(name, script, input, script.output(input), script.weights(), List.of());
            };
        } catch (Misfit misfit) {
            throw new IllegalArgumentException(
                    "layer %s of model %s %s, but its input is %s; choose another model or data"
                            .formatted(name, model.name(), misfit.getMessage(), input),
                    misfit);
        }
    }

    private static Step plain(String name, Plain layer, Shape input) {
        if (input.kind() == Shape.Kind.TOKENS && !layer.takesTokens()) {
            throw new Misfit("needs numbers, as an embedding makes them of tokens");
        }
        return new Step(name, layer, input, layer.output(input), layer.weights(input), List.of());
    }

    private Step composite(String name, Composite layer, Shape input) {
        List<List<Step>> branches = new ArrayList<>();
        layer.branches().forEach((branch, layers) -> branches.add(steps(Paths.within(name, branch), layers, input)));
        List<Shape> outputs =
                branches.stream().map(steps -> output(steps, input)).toList();
        return new Step(name, layer, input, layer.output(outputs), List.of(), branches);
    }
}
