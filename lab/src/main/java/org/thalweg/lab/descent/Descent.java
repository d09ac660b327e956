package org.thalweg.lab.descent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.lab.problem.Problem;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Execution.Kernels;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.PlateauWatch;
import org.thalweg.optim.schedule.ReduceOnPlateau;
import org.thalweg.optim.schedule.Schedule;

/**
 * What rules are to do: a problem, where to start, and for how long. Rules run as in training, through {@link Optimizer}: the
 * point and the state are float32, and only gradients are computed in double precision and rounded. A distance below some 1e-7 of the
 * point's size is therefore chance.
 *
 * @param start as many numbers as the problem has dimensions
 * @param steps at least 1
 * @param tolerance how near to a minimum is near enough, above 0
 * @param seed of what stochastic problems draw; every rule meets the same
 */
public record Descent(Problem problem, List<Double> start, int steps, double tolerance, long seed) {
    private static final int USUAL_STEPS = 500;
    private static final double USUAL_TOLERANCE = 0.01;
    /** More numbers than these are not kept of one way. */
    private static final long MOST_NUMBERS = 50_000_000;
    /** One thread and no vectors: a problem has a handful of numbers. The results are the same to the last bit. */
    private static final Execution PLAIN = new Execution(1, Kernels.SCALAR);

    /** @throws IllegalArgumentException if the start does not fit the problem or has no finite value, or a number is out of range */
    public Descent {
        start = List.copyOf(start);
        if (start.size() != problem.dimension()) {
            throw new IllegalArgumentException("%s has %d variables, but the start has %d numbers"
                    .formatted(problem.name(), problem.dimension(), start.size()));
        }
        if (steps < 1 || (steps + 1L) * problem.dimension() > MOST_NUMBERS) {
            throw new IllegalArgumentException("steps must be from 1 to %,d for a problem of %d variables, not %,d"
                    .formatted(MOST_NUMBERS / problem.dimension() - 1, problem.dimension(), steps));
        }
        if (!(tolerance > 0) || tolerance == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("tolerance must be a finite number above 0, not " + tolerance);
        }
        double[] point = doubles(floats(start));
        if (!Double.isFinite(problem.value(point))) {
            throw new IllegalArgumentException(
                    "%s has no finite value at the start %s: give another one".formatted(problem.name(), start));
        }
    }

    /** The problem's own start, 500 steps, a tolerance of 0.01, seed 1. */
    public Descent(Problem problem) {
        this(problem, Arrays.stream(problem.start()).boxed().toList());
    }

    /** From elsewhere: 500 steps, a tolerance of 0.01, seed 1. */
    public Descent(Problem problem, List<Double> start) {
        this(problem, start, USUAL_STEPS, USUAL_TOLERANCE, 1);
    }

    /** The same from elsewhere. */
    public Descent from(List<Double> other) {
        return new Descent(problem, other, steps, tolerance, seed);
    }

    /** The same for another time. */
    public Descent steps(int other) {
        return new Descent(problem, start, other, tolerance, seed);
    }

    /** The same with another end in view. */
    public Descent tolerance(double other) {
        return new Descent(problem, start, steps, other, seed);
    }

    /** The same with other draws. */
    public Descent seed(long other) {
        return new Descent(problem, start, steps, tolerance, other);
    }

    /** Lets a rule go at its rate, or, where it names none, at the one that {@link RateSearch} finds best. */
    public Trajectory run(RatedRule rule) {
        return rule.rate().map(rate -> run(rule, rate, false)).orElseGet(() -> RateSearch.best(this, rule));
    }

    /** Looks on. */
    @FunctionalInterface
    public interface Look {
        /**
         * At the start and after each step.
         *
         * @param step 0 at the start
         * @param point to keep or to change
         */
        void at(int step, double[] point);
    }

    /**
     * Lets a rule go at its rate while something looks on, and keeps nothing of the way: for long ones. It ends early where a number is not
     * finite.
     *
     * @throws IllegalArgumentException if the rule names no rate
     */
    public void follow(RatedRule rule, Look look) {
        Schedule rate = rule.rate()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' has to name a rate, such as lr=0.01, to be followed".formatted(rule.text())));
        go(rule.rule(), rate, (step, point) -> {
            look.at(step, point);
            return true;
        });
    }

    /** Lets a rule go at a rate. */
    Trajectory run(RatedRule rule, Schedule rate, boolean tuned) {
        List<double[]> points = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        go(rule.rule(), rate, (_, point) -> {
            double loss = problem.value(point);
            if (Double.isFinite(loss)) {
                points.add(point);
                losses.add(loss);
            }
            return Double.isFinite(loss);
        });
        double[] values = losses.stream().mapToDouble(Double::doubleValue).toArray();
        return new Trajectory(
                problem, rule.with(rate), tuned, points.toArray(double[][]::new), values, tolerance, steps);
    }

    /** Takes a point; whether to go on. */
    private interface Visit {
        boolean at(int step, double[] point);
    }

    private void go(Rule rule, Schedule rate, Visit visit) {
        float[] w = floats(start);
        float[] gradient = new float[w.length];
        Schedule live = rate instanceof ReduceOnPlateau plateau ? plateau.watch() : rate;
        var group = new ParameterGroup("all", rule, List.of(Parameter.of("w", w, gradient)));
        try (Optimizer optimizer = Optimizer.of(List.of(group), live, PLAIN)) {
            double[] point = doubles(w);
            for (int step = 0; isFinite(point) && visit.at(step, point.clone()); step++) {
                if (step == steps || !see(point, step, gradient)) {
                    break;
                }
                optimizer.step();
                if (live instanceof PlateauWatch watch) {
                    watch.observe(problem.value(point));
                }
                point = projected(w);
            }
        }
    }

    /** Writes the gradient that a step sees; whether it is finite in float32. */
    private boolean see(double[] point, int step, float[] gradient) {
        double[] seen = problem.gradient(point, seed, step);
        boolean finite = true;
        for (int i = 0; i < seen.length; i++) {
            gradient[i] = (float) seen[i];
            finite &= Float.isFinite(gradient[i]);
        }
        return finite;
    }

    private double[] projected(float[] w) {
        double[] point = doubles(w);
        double[] allowed = isFinite(point) ? problem.projected(point) : point;
        for (int i = 0; i < w.length; i++) {
            w[i] = (float) allowed[i];
        }
        return doubles(w);
    }

    private static boolean isFinite(double[] point) {
        for (double value : point) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static float[] floats(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
