package org.thalweg.lab.problem;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * A linear classifier or regression on given data: the mean of a loss of {@code x'w} and {@code y}, and an L2 term. There is no bias
 * but a feature that is always 1. Where the L2 term makes it one point, the minimum is known by Newton's method.
 */
public final class LinearModel implements Problem {
    private static final long MOST_NUMBERS = 20_000_000;
    /** Solving for the minimum takes the cube of this at each of a few steps. */
    private static final int MOST_SOLVED = 400;

    private static final int NEWTON_STEPS = 60;
    private static final int HALVINGS = 40;

    private final String name;
    private final Loss loss;
    private final double[][] x;
    private final double[] y;
    private final double l2;
    private final int batch;
    private final List<double[]> minima;

    /** What is taken of a score and a label. */
    public enum Loss {
        /** {@code log(1 + exp(-y score))} with labels of 1 and -1. */
        LOGISTIC {
            @Override
            double value(double score, double y) {
                double margin = y * score;
                return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
            }

            @Override
            double slope(double score, double y) {
                return -y / (1 + Math.exp(y * score));
            }

            @Override
            double curvature(double score, double y) {
                double chance = 1 / (1 + Math.exp(-score));
                return chance * (1 - chance);
            }
        },
        /** {@code (score - y)^2 / 2}. */
        SQUARE {
            @Override
            double value(double score, double y) {
                return (score - y) * (score - y) / 2;
            }

            @Override
            double slope(double score, double y) {
                return score - y;
            }

            @Override
            double curvature(double score, double y) {
                return 1;
            }
        };

        abstract double value(double score, double y);

        abstract double slope(double score, double y);

        abstract double curvature(double score, double y);
    }

    /**
     * A model on data.
     *
     * @param x a row of features for each example
     * @param y one for each
     * @param l2 at least 0
     * @param batch examples that a step sees, drawn with replacement; 0 for all of them
     * @throws IllegalArgumentException if there are not as many labels as rows, rows differ in length, a label does not fit the loss,
     *     or there are too many numbers
     */
    public LinearModel(String name, Loss loss, double[][] x, double[] y, double l2, int batch) {
        Require.atLeast("l2", l2, 0);
        Require.count("batch", batch, 0);
        if (x.length == 0 || x.length != y.length || x[0].length == 0) {
            throw new IllegalArgumentException(
                    "a model needs as many labels as rows of features, and one of each at least");
        }
        checkSize(x.length, x[0].length);
        this.name = name;
        this.loss = loss;
        this.x = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
        this.y = y.clone();
        this.l2 = l2;
        this.batch = batch;
        if (Arrays.stream(x).anyMatch(row -> row.length != x[0].length)) {
            throw new IllegalArgumentException("every example needs as many features as the first one, " + x[0].length);
        }
        if (loss == Loss.LOGISTIC && Arrays.stream(y).anyMatch(label -> Math.abs(label) != 1)) {
            throw new IllegalArgumentException("labels of a logistic loss are 1 and -1");
        }
        this.minima = l2 > 0 && dimension() <= MOST_SOLVED ? List.of(solved()) : List.of();
    }

    static void checkSize(int examples, int features) {
        if ((long) examples * features > MOST_NUMBERS) {
            throw new IllegalArgumentException(
                    "%,d examples of %,d features are more than the %,d numbers that a problem may have"
                            .formatted(examples, features, MOST_NUMBERS));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int dimension() {
        return x[0].length;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Override
    public double value(double[] w) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += loss.value(dot(x[i], w), y[i]);
        }
        return sum / x.length + l2 / 2 * dot(w, w);
    }

    @Override
    public double[] gradient(double[] w) {
        double[] gradient = penalty(w);
        for (int i = 0; i < x.length; i++) {
            add(gradient, i, w, 1.0 / x.length);
        }
        return gradient;
    }

    @Override
    public double[] gradient(double[] w, long seed, long step) {
        if (batch == 0) {
            return gradient(w);
        }
        double[] gradient = penalty(w);
        RandomGenerator random = Draws.at(seed, step);
        for (int i = 0; i < batch; i++) {
            add(gradient, random.nextInt(x.length), w, 1.0 / batch);
        }
        return gradient;
    }

    private double[] penalty(double[] w) {
        return Arrays.stream(w).map(weight -> l2 * weight).toArray();
    }

    private void add(double[] gradient, int example, double[] w, double share) {
        double slope = share * loss.slope(dot(x[example], w), y[example]);
        for (int j = 0; j < gradient.length; j++) {
            gradient[j] += slope * x[example][j];
        }
    }

    @Override
    public boolean stochastic() {
        return batch > 0;
    }

    /** The share of the data whose score has the sign of its label. */
    public double accuracy(double[] w) {
        int right = 0;
        for (int i = 0; i < x.length; i++) {
            right += dot(x[i], w) * y[i] > 0 ? 1 : 0;
        }
        return (double) right / x.length;
    }

    @Override
    public double[] start() {
        return new double[dimension()];
    }

    @Override
    public List<double[]> minima() {
        return minima;
    }

    /** That of the minimum; 0, which no loss is below, where the minimum is not known. */
    @Override
    public OptionalDouble least() {
        return minima.isEmpty() ? OptionalDouble.of(0) : OptionalDouble.of(value(minima.getFirst()));
    }

    /** Newton's method from 0, each step halved until it leads down: a convex function with an L2 term has one minimum. */
    private double[] solved() {
        double[] w = new double[dimension()];
        for (int step = 0; step < NEWTON_STEPS; step++) {
            double[] direction = Cholesky.solve(hessian(w), gradient(w));
            double[] next = w;
            double length = 1;
            for (int i = 0; i < HALVINGS && !(value(next) < value(w)); i++) {
                next = stepped(w, direction, length);
                length /= 2;
            }
            if (!(value(next) < value(w))) {
                return w;
            }
            w = next;
        }
        return w;
    }

    private static double[] stepped(double[] w, double[] direction, double length) {
        double[] next = w.clone();
        for (int i = 0; i < w.length; i++) {
            next[i] -= length * direction[i];
        }
        return next;
    }

    private double[][] hessian(double[] w) {
        double[][] hessian = new double[dimension()][dimension()];
        for (int i = 0; i < x.length; i++) {
            double curvature = loss.curvature(dot(x[i], w), y[i]) / x.length;
            for (int j = 0; j < w.length; j++) {
                for (int k = 0; k <= j; k++) {
                    hessian[j][k] += curvature * x[i][j] * x[i][k];
                }
            }
        }
        for (int j = 0; j < w.length; j++) {
            hessian[j][j] += l2;
        }
        return hessian;
    }
}
