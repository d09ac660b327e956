package org.thalweg.lab.problem;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A quadratic whose Hessian has the eigenvalues that deep networks have: nine in ten between 0 and 1, the others between 30 and 60, in
 * directions drawn at random. Each step sees the mean of a batch of bowls around other points.
 *
 * <pre>{@code
 * f(w) = (w - 1)' Q (w - 1) / 2      a step sees Q (w - 1 - x), x ~ N(0, noise^2 / batch)
 * }</pre>
 *
 * <p>The constant that the noise adds to the expected value is left out, so the least is 0. The minimum is where all variables are 1, and the
 * start where they are 2; DeepOBS has 0 and 1, which weight decay would know the way from.
 *
 * @param dimension at least 2
 * @param noise the standard deviation of where one bowl lies, at least 0
 * @param batch bowls in a step, at least 1
 * @param seed of the eigenvalues and directions
 */
@About(
        summary = "a stochastic quadratic with the spectrum of a deep network",
        formula = "(w - 1)' Q (w - 1) / 2, 90 % of Q's eigenvalues in (0, 1), 10 % in (30, 60)",
        source =
                "Schneider, Balles and Hennig, DeepOBS, ICLR 2019; spectrum after Chaudhari et al., Entropy-SGD, ICLR 2017",
        lectures = "")
public record DeepQuadratic(int dimension, double noise, int batch, long seed) implements Drawn {
    private static final int MOST = 1_000;
    private static final int ONE_IN = 10;

    /** @throws IllegalArgumentException if an option is out of range */
    public DeepQuadratic {
        if (dimension < 2 || dimension > MOST) {
            throw new IllegalArgumentException("dimension must be from 2 to %,d, for the Hessian is kept whole, not %,d"
                    .formatted(MOST, dimension));
        }
        Require.atLeast("noise", noise, 0);
        Require.count("batch", batch, 1);
    }

    /** DeepOBS's: 100 variables, noise 0.6, batches of 128. */
    public DeepQuadratic() {
        this(100, 0.6, 128, 42);
    }

    /** The eigenvalues, in no order. */
    double[] eigenvalues() {
        RandomGenerator random = Draws.at(seed, -1);
        double[] values = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            boolean large = i % ONE_IN == ONE_IN - 1 || (dimension < ONE_IN && i == dimension - 1);
            values[i] = large ? 30 + 30 * random.nextDouble() : random.nextDouble();
        }
        return values;
    }

    /** The problem, with a Hessian whose directions are a random orthonormal set. */
    @Override
    public Problem draw() {
        double[] eigenvalues = eigenvalues();
        double[][] directions = directions();
        double[][] hessian = new double[dimension][dimension];
        for (int k = 0; k < dimension; k++) {
            for (int i = 0; i < dimension; i++) {
                for (int j = 0; j < dimension; j++) {
                    hessian[i][j] += eigenvalues[k] * directions[k][i] * directions[k][j];
                }
            }
        }
        return new Bowl(Problems.text(this), hessian, noise / Math.sqrt(batch));
    }

    /** By Gram and Schmidt, twice, from normal numbers: uniform over all orthonormal sets. */
    private double[][] directions() {
        RandomGenerator random = Draws.at(seed, -2);
        double[][] directions = new double[dimension][dimension];
        for (int k = 0; k < dimension; k++) {
            for (int i = 0; i < dimension; i++) {
                directions[k][i] = random.nextGaussian();
            }
            for (int round = 0; round < 2; round++) {
                for (int before = 0; before < k; before++) {
                    add(directions[k], -dot(directions[k], directions[before]), directions[before]);
                }
            }
            double length = Math.sqrt(dot(directions[k], directions[k]));
            for (int i = 0; i < dimension; i++) {
                directions[k][i] /= length;
            }
        }
        return directions;
    }

    private static void add(double[] to, double factor, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * what[i];
        }
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** The problem itself. */
    @SuppressWarnings("ArrayRecordComponent") // Made here, and read only.
    private record Bowl(String name, double[][] hessian, double deviation) implements Problem {
        @Override
        public int dimension() {
            return hessian.length;
        }

        @Override
        public double value(double[] w) {
            return dot(fromMinimum(w), gradient(w)) / 2;
        }

        @Override
        public double[] gradient(double[] w) {
            double[] from = fromMinimum(w);
            return Arrays.stream(hessian).mapToDouble(row -> dot(row, from)).toArray();
        }

        private static double[] fromMinimum(double[] w) {
            return Arrays.stream(w).map(value -> value - 1).toArray();
        }

        @Override
        public double[] gradient(double[] w, long seed, long step) {
            RandomGenerator random = Draws.at(seed, step);
            double[] from = w.clone();
            for (int i = 0; i < from.length; i++) {
                from[i] -= deviation * random.nextGaussian();
            }
            return gradient(from);
        }

        @Override
        public boolean stochastic() {
            return deviation > 0;
        }

        @Override
        public double[] start() {
            return all(2);
        }

        @Override
        public List<double[]> minima() {
            return List.of(all(1));
        }

        private double[] all(double value) {
            double[] point = new double[hessian.length];
            Arrays.fill(point, value);
            return point;
        }
    }
}
