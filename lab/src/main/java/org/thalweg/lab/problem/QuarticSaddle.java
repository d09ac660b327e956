package org.thalweg.lab.problem;

import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.lab.figure.Window;

/**
 * A flat saddle: near it the gradient is of the third order. There is no minimum.
 *
 * <pre>{@code
 * f(x, y) = y^4 - x^4
 * }</pre>
 *
 * <p>It falls without end along x; the CMU lecture's slide says "minimized at (0, infinity)", with the variables the other way
 * round.
 */
@About(
        summary = "a flat saddle, left along x; no minimum",
        formula = "y^4 - x^4",
        source = "Cohen, Optimization for deep learning, CMU 10-605",
        lectures = "CMU 10-605")
public record QuarticSaddle() implements Problem {
    @Override
    public String name() {
        return "quartic-saddle";
    }

    @Override
    public int dimension() {
        return 2;
    }

    @Override
    public double value(double[] w) {
        return Math.pow(w[1], 4) - Math.pow(w[0], 4);
    }

    @Override
    public double[] gradient(double[] w) {
        return new double[] {-4 * Math.pow(w[0], 3), 4 * Math.pow(w[1], 3)};
    }

    @Override
    public double[] start() {
        return new double[] {0.1, 1};
    }

    @Override
    public Optional<Window> window() {
        return Optional.of(Window.around(1.5));
    }

    @Override
    public OptionalDouble least() {
        return OptionalDouble.of(Double.NEGATIVE_INFINITY);
    }
}
