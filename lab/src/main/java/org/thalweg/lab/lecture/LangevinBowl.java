package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.lab.descent.RatedRule;
import org.thalweg.lab.problem.Quadratic;
import org.thalweg.optim.rule.Langevin;

/**
 * Langevin dynamics in a bowl.
 *
 * @param curvatures mean of each group of directions
 * @param variances of the same, their geometric means being {@code temperature / curvature} in theory
 */
public record LangevinBowl(double temperature, List<Double> curvatures, List<Double> variances) {
    static final double RATE = 0.005;
    private static final double TIME = 600;
    private static final Quadratic BOWL = new Quadratic(100, 10, 0);
    private static final int GROUP = 10;

    double off() {
        return IntStream.range(0, curvatures.size())
                .mapToDouble(i -> Math.abs(variances.get(i) * curvatures.get(i) / temperature - 1))
                .max()
                .orElseThrow();
    }

    /**
     * Lets Langevin dynamics go from the minimum.
     *
     * @param share of the steps of a full trial
     */
    static LangevinBowl of(double temperature, long seed, double share) {
        double[] variances = StationaryVariance.of(
                BOWL,
                new RatedRule(new Langevin(temperature, seed), RATE),
                new double[BOWL.dimension()],
                10,
                TIME * share,
                seed);
        List<Double> curvatures = new ArrayList<>();
        List<Double> groups = new ArrayList<>();
        for (int from = 0; from < variances.length; from += GROUP) {
            int first = from;
            curvatures.add(
                    BOWL.eigenvalue(from) * Math.sqrt(BOWL.eigenvalue(from + GROUP - 1) / BOWL.eigenvalue(from)));
            double product = IntStream.range(0, GROUP)
                    .mapToDouble(i -> BOWL.eigenvalue(first + i) * variances[first + i])
                    .average()
                    .orElseThrow();
            groups.add(product / curvatures.getLast());
        }
        return new LangevinBowl(temperature, curvatures, groups);
    }
}
