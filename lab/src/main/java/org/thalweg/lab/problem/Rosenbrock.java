package org.thalweg.lab.problem;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thalweg.lab.figure.Window;

/**
 * Rosenbrock's function: a narrow curved valley, easy to find and slow to follow.
 *
 * <pre>{@code
 * f(w) = sum over i of 100 (w[i+1] - w[i]^2)^2 + (1 - w[i])^2
 * }</pre>
 *
 * <p>Its minimum is 0, where all variables are 1; with four or more there is a second, local one near (-1, 1, ..., 1).
 *
 * @param dimension at least 2
 */
@About(
        summary = "a narrow curved valley, easy to find and slow to follow",
        formula = "sum of 100 (w[i+1] - w[i]^2)^2 + (1 - w[i])^2",
        source = "Rosenbrock, An automatic method for finding the greatest or least value of a function, 1960")
public record Rosenbrock(int dimension) implements Problem {
    private static final double STEEPNESS = 100;

    /** @throws IllegalArgumentException if there are not two variables at least */
    public Rosenbrock {
        Require.dimension(dimension, 2);
    }

    /** In the plane. */
    public Rosenbrock() {
        this(2);
    }

    @Override
    public String name() {
        return Problems.text(this);
    }

    @Override
    public double value(double[] w) {
        double sum = 0;
        for (int i = 0; i + 1 < dimension; i++) {
            double bend = w[i + 1] - w[i] * w[i];
            sum += STEEPNESS * bend * bend + (1 - w[i]) * (1 - w[i]);
        }
        return sum;
    }

    @Override
    public double[] gradient(double[] w) {
        double[] gradient = new double[dimension];
        for (int i = 0; i + 1 < dimension; i++) {
            double bend = w[i + 1] - w[i] * w[i];
            gradient[i] += -4 * STEEPNESS * w[i] * bend - 2 * (1 - w[i]);
            gradient[i + 1] += 2 * STEEPNESS * bend;
        }
        return gradient;
    }

    /** Rosenbrock's own: -1.2 and 1 in turns. */
    @Override
    public double[] start() {
        double[] start = new double[dimension];
        Arrays.setAll(start, i -> i % 2 == 0 ? -1.2 : 1);
        return start;
    }

    @Override
    public List<double[]> minima() {
        double[] ones = new double[dimension];
        Arrays.fill(ones, 1);
        return List.of(ones);
    }

    @Override
    public Optional<Window> window() {
        return dimension == 2 ? Optional.of(new Window(-2, 2, -1, 3)) : Optional.empty();
    }
}
