package org.thalweg.lab.compare;

import java.util.List;
import org.thalweg.lab.problem.Problem;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Score;

/**
 * A test problem, from its usual start. Nothing generalises there: validation and test are the problem's expected value, so settings
 * are chosen by what they are judged by, with other draws.
 *
 * @param problem of which each step sees another gradient if it is stochastic
 */
public record ProblemWorkload(Problem problem) implements Workload {
    private static final int MOST_STEPS = 2_000;
    /** One thread and no vectors: a problem has a handful of numbers. */
    private static final Execution PLAIN = new Execution(1, Execution.Kernels.SCALAR);

    @Override
    public String name() {
        return problem.name();
    }

    @Override
    public String words() {
        return "the test problem %s in %d variables; validation and test are its expected value"
                .formatted(problem.name(), problem.dimension());
    }

    @Override
    public Measure measure() {
        return Measure.LOSS;
    }

    @Override
    public long mostSteps() {
        return MOST_STEPS;
    }

    @Override
    public Learning begin(Rule rule, Schedule rate, long seed) {
        return new Way(rule, rate, seed);
    }

    /** One way down. */
    private final class Way implements Learning {
        private final long seed;
        private final float[] w = floats(problem.start());
        private final float[] gradient = new float[w.length];
        private final Optimizer optimizer;
        private long steps;

        Way(Rule rule, Schedule rate, long seed) {
            this.seed = seed;
            this.optimizer = Optimizer.of(
                    List.of(new ParameterGroup("all", rule, List.of(Parameter.of("w", w, gradient)))), rate, PLAIN);
        }

        @Override
        public double step() {
            double[] point = point();
            double value = problem.value(point);
            double[] seen = problem.gradient(point, seed, steps);
            boolean finite = Double.isFinite(value);
            for (int i = 0; i < seen.length; i++) {
                gradient[i] = (float) seen[i];
                finite &= Float.isFinite(gradient[i]);
            }
            if (!finite) {
                return Double.NaN;
            }
            optimizer.step();
            steps++;
            float[] allowed = floats(problem.projected(point()));
            System.arraycopy(allowed, 0, w, 0, w.length);
            return value;
        }

        private double[] point() {
            double[] point = new double[w.length];
            for (int i = 0; i < w.length; i++) {
                point[i] = w[i];
            }
            return point;
        }

        @Override
        public Score validation() {
            return new Score(problem.value(point()), Double.NaN);
        }

        @Override
        public Score test() {
            return validation();
        }

        @Override
        public void close() {
            optimizer.close();
        }
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
