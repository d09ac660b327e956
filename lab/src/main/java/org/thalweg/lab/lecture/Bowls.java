package org.thalweg.lab.lecture;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.descent.Descent;
import org.thalweg.lab.descent.RatedRule;
import org.thalweg.lab.descent.Trajectory;
import org.thalweg.lab.problem.Quadratic;

/** Descents into quadratic bowls of many condition numbers, from a point that a seed draws. */
final class Bowls {
    /** Of the first loss, where a descent counts as done. */
    static final double NEAR = 1e-6;

    private static final int DIMENSION = 10;
    /** Gradient descent takes {@code ln(1 / NEAR) / 4} in its slowest direction, as theory has it. */
    private static final int STEPS_FOR_EACH_CONDITION = 10;

    private Bowls() {}

    static List<Double> conditions(Trial trial) {
        return trial.pick(List.of(10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0, 10_000.0), List.of(10.0, 30.0, 100.0));
    }

    /** Until the loss is near nothing; one more than were tried where it does not come there. */
    static int steps(double condition, long seed, RatedRule rule) {
        Quadratic bowl = new Quadratic(DIMENSION, condition, 30);
        Trajectory way = way(bowl, seed, (int) (STEPS_FOR_EACH_CONDITION * condition) + 100, rule);
        return way.stepsToLoss(NEAR * way.losses()[0]).orElse(way.steps() + 1);
    }

    static Trajectory way(Quadratic bowl, long seed, int steps, RatedRule rule) {
        double[] start = bowl.start(new SplittableRandom(seed));
        return new Descent(bowl, Arrays.stream(start).boxed().toList())
                .steps(steps)
                .run(rule);
    }
}
