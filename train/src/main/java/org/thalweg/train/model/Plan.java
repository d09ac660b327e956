package org.thalweg.train.model;

import java.util.List;
import java.util.stream.Stream;
import org.thalweg.train.data.Shape;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.Plain;
import org.thalweg.train.model.layer.Weight;

/**
 * A model with every size worked out.
 *
 * @param model the model
 * @param input the shape of one example
 * @param output the shape of what the model answers for one example
 * @param steps one for each layer of the model, in order
 */
public record Plan(Model model, Shape input, Shape output, List<Step> steps) {
    public Plan {
        steps = List.copyOf(steps);
    }

    /**
     * One layer in its place.
     *
     * @param name the path to it: kinds, numbered within their list, and branches, such as {@code residual1.body.conv1}
     * @param layer the layer
     * @param input shape of what goes in, one example
     * @param output shape of what comes out, one example
     * @param weights the layer's own tensors
     * @param branches the layers within it
     */
    public record Step(
            String name, Layer layer, Shape input, Shape output, List<Weight> weights, List<List<Step>> branches) {
        public Step {
            weights = List.copyOf(weights);
            branches = branches.stream().map(List::copyOf).toList();
        }

        /** Trainable numbers in the layer and those within it. */
        public long parameters() {
            long own = weights.stream()
                    .filter(Weight::trained)
                    .mapToLong(Weight::size)
                    .sum();
            return own
                    + branches.stream()
                            .flatMap(List::stream)
                            .mapToLong(Step::parameters)
                            .sum();
        }

        /** As {@link Plan#multiplications()}, without the layers within it. */
        private long multiplications() {
            return weights.stream()
                    .filter(weight -> weight.shape().size() > 1)
                    .mapToLong(weight -> weight.size() / weight.shape().getFirst() * output.size())
                    .sum();
        }

        /** This layer and all within it, each before what is inside it. */
        public Stream<Step> all() {
            return Stream.concat(
                    Stream.of(this), branches.stream().flatMap(List::stream).flatMap(Step::all));
        }
    }

    static Plan of(Model model, Shape input) {
        List<Step> steps = new Planner(model).steps("", model.layers(), input);
        return new Plan(model, input, Planner.output(steps, input), steps);
    }

    /** Every layer, at whatever depth, each before what is inside it. */
    public Stream<Step> all() {
        return steps.stream().flatMap(Step::all);
    }

    /** Trainable numbers in all layers. */
    public long parameters() {
        return steps.stream().mapToLong(Step::parameters).sum();
    }

    /**
     * Multiplications that one example takes on the way forward: every matrix's and kernel's, once for each place of its layer's output. The
     * order of magnitude, since attention, recurrence's inner width and what is done number by number are left out.
     */
    public long multiplications() {
        return all().mapToLong(Step::multiplications).sum();
    }

    /** The fewest examples that a batch in training may have: 2 where a layer takes the variance of single numbers. */
    public int smallestBatch() {
        return all().mapToInt(step -> step.layer() instanceof Plain plain ? plain.smallestBatch(step.input()) : 1)
                .max()
                .orElse(1);
    }

    /** A table for people: layer, output shape, parameters. */
    public String table() {
        return PlanTable.of(this);
    }
}
