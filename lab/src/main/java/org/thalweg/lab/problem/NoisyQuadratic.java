package org.thalweg.lab.problem;

import java.util.List;

/**
 * The least mean square of one number: each step sees one sample {@code w_n} and the gradient of {@code (w - w_n)^2}. Gradient
 * descent on the mean is exact; a constant rate on samples stays at a distance from the minimum.
 *
 * <pre>{@code
 * f(w) = E (w - w_n)^2 = w^2 + noise^2    w_n ~ N(0, noise^2)
 * }</pre>
 *
 * @param noise the samples' standard deviation, at least 0
 */
@About(
        summary = "the mean of noisy samples, in one dimension",
        formula = "E (w - w_n)^2, w_n ~ N(0, noise^2)",
        source = "Robbins and Monro, A stochastic approximation method, 1951",
        lectures = "Ginsburg CS217")
public record NoisyQuadratic(double noise) implements Problem {
    /** @throws IllegalArgumentException if the deviation is negative or not finite */
    public NoisyQuadratic {
        Require.atLeast("noise", noise, 0);
    }

    /** Samples of standard deviation 1. */
    public NoisyQuadratic() {
        this(1);
    }

    @Override
    public String name() {
        return Problems.text(this);
    }

    @Override
    public int dimension() {
        return 1;
    }

    @Override
    public double value(double[] w) {
        return w[0] * w[0] + noise * noise;
    }

    @Override
    public double[] gradient(double[] w) {
        return new double[] {2 * w[0]};
    }

    @Override
    public double[] gradient(double[] w, long seed, long step) {
        return new double[] {2 * (w[0] - noise * Draws.at(seed, step).nextGaussian())};
    }

    @Override
    public boolean stochastic() {
        return noise > 0;
    }

    @Override
    public double[] start() {
        return new double[] {5};
    }

    @Override
    public List<double[]> minima() {
        return List.of(new double[1]);
    }
}
