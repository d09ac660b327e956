package org.thalweg.optim.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.optim.conformance.Paper.Weights;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.TorchRules;
import org.thalweg.optim.rule.TorchRules.Twin;

/**
 * Where a rule must get to along a course, according to an oracle.
 *
 * @param values after each step, by step, tensor, element
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data, read only
record Trajectory(Course course, double[][][] values) {
    private static final int STEPS = 50;
    private static final List<Twin> TWINS = TorchRules.twins(Course.TORCH);

    /** Says where a rule must get to. */
    @FunctionalInterface
    interface Oracle {
        List<Trajectory> of(Rule rule);
    }

    /** PyTorch, wherever it ran this very rule. */
    static Oracle torch() {
        return rule -> TWINS.stream()
                .filter(twin -> twin.rule().equals(rule))
                .map(twin -> new Trajectory(
                        Course.torch(Arrays.copyOf(twin.rates(), STEPS)),
                        twin.torch().values()))
                .toList();
    }

    /** The rules that PyTorch ran. */
    static List<Rule> torchRules() {
        return TWINS.stream().map(Twin::rule).distinct().toList();
    }

    /** The paper's loop under a rate that warms up, decays and jumps around a given size. */
    static Oracle paper(double rate, Paper paper) {
        double[] rates = new double[STEPS];
        Arrays.setAll(rates, step -> step == 30 ? 0 : rate * Math.min(1, (step + 1) / 10.0) * (step > 40 ? 3 : 1));
        return _ -> List.of(follow(Course.torch(rates), paper));
    }

    /** Where the paper's loop gets to. */
    static Trajectory follow(Course course, Paper paper) {
        List<Weights> all = new ArrayList<>();
        for (int t = 0; t < course.initial().length; t++) {
            all.add(Weights.of(course.names().get(t), doubles(course.initial()[t]), course.rows(t)));
        }
        double[][][] values = new double[course.steps()][][];
        for (int step = 0; step < values.length; step++) {
            for (int t = 0; t < all.size(); t++) {
                double[] gradient = doubles(course.gradients()[step][t]);
                System.arraycopy(gradient, 0, all.get(t).u(), 0, gradient.length);
            }
            paper.run(all, course.rates()[step], step + 1);
            values[step] = all.stream().map(w -> w.p().clone()).toArray(double[][]::new);
        }
        return new Trajectory(course, values);
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
