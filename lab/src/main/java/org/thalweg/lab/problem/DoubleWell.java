package org.thalweg.lab.problem;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thalweg.lab.figure.Window;

/**
 * Two wells along each variable, of which the left one is the deeper.
 *
 * <pre>{@code
 * f(w) = sum over i of (w_i^2 - 1)^2 + tilt w_i
 * }</pre>
 *
 * <p>Variables know nothing of each other: many of them are as many walkers on one line.
 *
 * @param dimension at least 1
 * @param tilt by how much the left wells are the deeper ones, above 0 and below 8 / sqrt(27), where the right ones vanish
 */
@About(
        summary = "two wells along each variable, one deeper than the other",
        formula = "sum of (w_i^2 - 1)^2 + tilt w_i",
        source = "Kramers, Physica 7, 1940",
        lectures = "TTIC")
public record DoubleWell(int dimension, double tilt) implements Problem {
    private static final double STEEPEST = 8 / Math.sqrt(27);
    private static final int NEWTON_STEPS = 60;

    /** @throws IllegalArgumentException if there are no such wells */
    public DoubleWell {
        Require.dimension(dimension, 1);
        if (!(tilt > 0 && tilt < STEEPEST)) {
            throw new IllegalArgumentException("tilt must be above 0 and below %.2f, not %s".formatted(STEEPEST, tilt));
        }
    }

    /** In the plane, with a tilt of 0.3. */
    public DoubleWell() {
        this(2, 0.3);
    }

    @Override
    public String name() {
        return Problems.text(this);
    }

    /** The value of one variable. */
    public double value(double x) {
        double y = x * x - 1;
        return y * y + tilt * x;
    }

    /** The slope in one variable. */
    public double slope(double x) {
        return 4 * x * (x * x - 1) + tilt;
    }

    @Override
    public double value(double[] w) {
        return Arrays.stream(w).map(this::value).sum();
    }

    @Override
    public double[] gradient(double[] w) {
        double[] gradient = new double[w.length];
        Arrays.setAll(gradient, i -> slope(w[i]));
        return gradient;
    }

    /** On the right, from where descent ends in wells that are not the deepest. */
    @Override
    public double[] start() {
        return filled(1.2);
    }

    private double[] filled(double value) {
        double[] point = new double[dimension];
        Arrays.fill(point, value);
        return point;
    }

    /** By Newton's method from the left, where the slope bends one way. */
    @Override
    public List<double[]> minima() {
        double x = -2;
        for (int step = 0; step < NEWTON_STEPS; step++) {
            x -= slope(x) / (12 * x * x - 4);
        }
        return List.of(filled(x));
    }

    @Override
    public Optional<Window> window() {
        return dimension == 2 ? Optional.of(Window.around(1.8)) : Optional.empty();
    }
}
