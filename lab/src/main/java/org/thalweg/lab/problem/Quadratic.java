package org.thalweg.lab.problem;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.thalweg.lab.figure.Window;

/**
 * A quadratic bowl of chosen condition number and orientation.
 *
 * <pre>{@code
 * f(w) = w' R diag(1 ... condition) R' w / 2
 * }</pre>
 *
 * <p>The Hessian's eigenvalues go in equal factors from 1 to {@code condition}. {@code R} turns each axis after the other towards
 * the next one by the angle {@code rotation}. Gradient descent multiplies the error along an eigenvector of value {@code h} by
 * {@code 1 - rate h} at each step. The minimum is 0 at the origin.
 *
 * @param dimension at least 1
 * @param condition the largest eigenvalue over the smallest, at least 1
 * @param rotation in degrees
 */
@About(
        summary = "a bowl of chosen condition number and orientation",
        formula = "w' R diag(1 ... condition) R' w / 2",
        source = "Goh, Why momentum really works, Distill 2017",
        lectures = "NTU CE7454")
public record Quadratic(int dimension, double condition, double rotation) implements Problem {
    /** @throws IllegalArgumentException if there is no such bowl */
    public Quadratic {
        Require.dimension(dimension, 1);
        Require.atLeast("condition", condition, 1);
        Require.finite("rotation", rotation);
    }

    /** In the plane, 20 times as steep in one direction as in the other, turned by 30 degrees. */
    public Quadratic() {
        this(2, 20, 30);
    }

    @Override
    public String name() {
        return Problems.text(this);
    }

    /** The Hessian's eigenvalue with that number, from 0, the smallest. */
    public double eigenvalue(int number) {
        return dimension == 1 ? condition : Math.pow(condition, number / (dimension - 1.0));
    }

    /** A point's coordinates along the eigenvectors. */
    public double[] alongEigenvectors(double[] w) {
        double[] turned = w.clone();
        for (int i = 0; i + 1 < dimension; i++) {
            turn(turned, i, -Math.toRadians(rotation));
        }
        return turned;
    }

    private double[] back(double[] turned) {
        double[] w = turned.clone();
        for (int i = dimension - 2; i >= 0; i--) {
            turn(w, i, Math.toRadians(rotation));
        }
        return w;
    }

    /** Turns in the plane of a variable and the next one. */
    private static void turn(double[] w, int first, double angle) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double along = cos * w[first] - sin * w[first + 1];
        w[first + 1] = sin * w[first] + cos * w[first + 1];
        w[first] = along;
    }

    @Override
    public double value(double[] w) {
        double[] turned = alongEigenvectors(w);
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            sum += eigenvalue(i) * turned[i] * turned[i];
        }
        return sum / 2;
    }

    @Override
    public double[] gradient(double[] w) {
        double[] turned = alongEigenvectors(w);
        Arrays.setAll(turned, i -> eigenvalue(i) * turned[i]);
        return back(turned);
    }

    /** As far along each eigenvector, so that no direction is spared: at distance 2. */
    @Override
    public double[] start() {
        double[] turned = new double[dimension];
        Arrays.fill(turned, 2 / Math.sqrt(dimension));
        return back(turned);
    }

    /** A start as far, up to a factor of three, along each eigenvector: between 0.5 and 1.5 of either sign. */
    public double[] start(RandomGenerator random) {
        double[] turned = new double[dimension];
        Arrays.setAll(turned, _ -> (random.nextBoolean() ? 1 : -1) * random.nextDouble(0.5, 1.5));
        return back(turned);
    }

    /** The matrix of second derivatives, the same everywhere. */
    public double[][] hessian() {
        double[][] columns = new double[dimension][];
        for (int i = 0; i < dimension; i++) {
            double[] unit = new double[dimension];
            unit[i] = 1;
            columns[i] = gradient(unit);
        }
        return columns; // symmetric
    }

    @Override
    public List<double[]> minima() {
        return List.of(new double[dimension]);
    }

    @Override
    public Optional<Window> window() {
        return dimension == 2 ? Optional.of(new Window(-2.4, 2.4, -2.4, 2.4)) : Optional.empty();
    }
}
