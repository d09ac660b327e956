package org.thalweg.lab.problem;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.lab.figure.Window;

/**
 * A function to be made small, of which everything is known that a look at optimizers needs. The ready ones are listed by
 * {@link Problems}; a function of two variables of your own is easiest as {@link PlaneFunction}.
 *
 * <p>Values and gradients are in double precision. Problems are immutable, and leave the arrays that they are given alone.
 */
public interface Problem {
    /** The name and its options, or the function as an expression: what {@link Problems#parse} reads. */
    String name();

    /** How many variables there are, at least 1. */
    int dimension();

    /**
     * The value at a point; for a stochastic problem the expected one.
     *
     * @param w as many numbers as the problem has dimensions
     */
    double value(double[] w);

    /** The gradient at a point, in closed form or by exact differentiation; for a stochastic problem the expected one. */
    double[] gradient(double[] w);

    /** The gradient that step {@code step}, from 0, sees: the same for the same seed. */
    default double[] gradient(double[] w, long seed, long step) {
        return gradient(w);
    }

    /** Whether a step sees another gradient than the expected one. */
    default boolean stochastic() {
        return false;
    }

    /** The usual place to start. */
    double[] start();

    /** The global minima, where they are single points that are known. */
    default List<double[]> minima() {
        return List.of();
    }

    /** The least value, or the one that is approached, minus infinity where it falls without end; empty where it is not known. */
    default OptionalDouble least() {
        return minima().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(value(minima().getFirst()));
    }

    /** How far it is from a point to the nearest global minimum, where that is known. */
    default OptionalDouble distance(double[] w) {
        return minima().stream()
                .map(minimum -> distance(minimum, w))
                .min(Comparator.naturalOrder())
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    /** The part of the plane that is worth looking at, of a function of two variables. */
    default Optional<Window> window() {
        return dimension() == 2 ? Optional.of(Window.around(2)) : Optional.empty();
    }

    /** The nearest point that is allowed: all are, unless the problem says otherwise. */
    default double[] projected(double[] w) {
        return w;
    }

    private static double distance(double[] from, double[] to) {
        double sum = 0;
        for (int i = 0; i < from.length; i++) {
            sum += (from[i] - to[i]) * (from[i] - to[i]);
        }
        return Math.sqrt(sum);
    }
}
