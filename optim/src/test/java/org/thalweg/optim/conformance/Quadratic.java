package org.thalweg.optim.conformance;

import java.util.List;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;

/** A quadratic bowl around zero with curvatures from 0.3 to 1. */
final class Quadratic {
    private static final int SIZE = 24;

    private Quadratic() {}

    /** The distance that is left of the one at the start. */
    static double distanceAfter(Rule rule, double rate, int steps) {
        float[] p = new float[SIZE];
        float[] g = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            p[i] = (float) Math.sin(1 + i);
        }
        double start = norm(p);
        List<Parameter> parameters = List.of(Parameter.of("p", p, g, 4, 6));
        try (Optimizer optimizer = Optimizer.of(rule, Schedule.cosine(rate, steps), parameters)) {
            for (int step = 0; step < steps; step++) {
                for (int i = 0; i < SIZE; i++) {
                    g[i] = (0.3f + 0.7f * i / SIZE) * p[i];
                }
                optimizer.step();
            }
        }
        return norm(p) / start;
    }

    private static double norm(float[] x) {
        double sum = 0;
        for (float xi : x) {
            sum += (double) xi * xi;
        }
        return Math.sqrt(sum);
    }
}
