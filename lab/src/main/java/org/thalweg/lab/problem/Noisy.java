package org.thalweg.lab.problem;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.thalweg.lab.figure.Window;

/**
 * A problem whose gradients come with normal noise, independent in each variable and at each step.
 *
 * @param problem without the noise
 * @param deviation of the noise, at least 0
 */
public record Noisy(Problem problem, double deviation) implements Problem {
    /** Tells this noise from what the problem itself draws at the same step. */
    private static final long OWN = 0x6E6F697365L;

    /** @throws IllegalArgumentException if the deviation is negative or not finite */
    public Noisy {
        Require.atLeast("noise", deviation, 0);
    }

    @Override
    public String name() {
        return problem.name();
    }

    @Override
    public int dimension() {
        return problem.dimension();
    }

    @Override
    public double value(double[] w) {
        return problem.value(w);
    }

    @Override
    public double[] gradient(double[] w) {
        return problem.gradient(w);
    }

    @Override
    public double[] gradient(double[] w, long seed, long step) {
        double[] gradient = problem.gradient(w, seed, step);
        RandomGenerator random = Draws.at(seed ^ OWN, step);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += deviation * random.nextGaussian();
        }
        return gradient;
    }

    @Override
    public boolean stochastic() {
        return true;
    }

    @Override
    public double[] start() {
        return problem.start();
    }

    @Override
    public List<double[]> minima() {
        return problem.minima();
    }

    @Override
    public OptionalDouble least() {
        return problem.least();
    }

    @Override
    public OptionalDouble distance(double[] w) {
        return problem.distance(w);
    }

    @Override
    public Optional<Window> window() {
        return problem.window();
    }

    @Override
    public double[] projected(double[] w) {
        return problem.projected(w);
    }
}
