package org.thalweg.lab.problem;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.lab.figure.Window;

/**
 * The deep linear network with one number a layer: a saddle at the origin, and minima wherever the product is 1, all of
 * them global. Those where the layers are equally large are the flattest.
 *
 * <pre>{@code
 * f(w) = (w[1] w[2] ... w[layers] - 1)^2
 * }</pre>
 *
 * <p>With two layers the Hessian's eigenvalues at a minimum are 0 and {@code 2 (w[1]^2 + w[2]^2)}.
 *
 * @param layers at least 2
 */
@About(
        summary = "a saddle at 0 and a whole curve of minima, sharp and flat ones",
        formula = "(w[1] w[2] ... w[layers] - 1)^2",
        source = "Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of learning in deep linear"
                + " networks, ICLR 2014",
        lectures = "Ginsburg CS217")
public record DeepLinear(int layers) implements Problem {
    /** @throws IllegalArgumentException if there are not two layers at least */
    public DeepLinear {
        Require.count("layers", layers, 2);
    }

    /** Two layers. */
    public DeepLinear() {
        this(2);
    }

    @Override
    public String name() {
        return Problems.text(this);
    }

    @Override
    public int dimension() {
        return layers;
    }

    @Override
    public double value(double[] w) {
        double error = Arrays.stream(w).reduce(1, (a, b) -> a * b) - 1;
        return error * error;
    }

    /** By products from both ends, for a quotient would fail where a layer is 0. */
    @Override
    public double[] gradient(double[] w) {
        double[] others = new double[layers];
        double before = 1;
        for (int i = 0; i < layers; i++) {
            others[i] = before;
            before *= w[i];
        }
        double error = before - 1;
        double after = 1;
        for (int i = layers - 1; i >= 0; i--) {
            others[i] *= 2 * error * after;
            after *= w[i];
        }
        return others;
    }

    /** Near the saddle, with the layers unequal. */
    @Override
    public double[] start() {
        double[] start = new double[layers];
        Arrays.setAll(start, i -> i == 0 ? -0.4 : 0.6);
        return start;
    }

    @Override
    public OptionalDouble least() {
        return OptionalDouble.of(0);
    }

    /** With two layers, to the nearest point of the hyperbola; not known with more. */
    @Override
    public OptionalDouble distance(double[] w) {
        return layers == 2 ? OptionalDouble.of(Hyperbola.distance(w[0], w[1])) : OptionalDouble.empty();
    }

    @Override
    public Optional<Window> window() {
        return layers == 2 ? Optional.of(new Window(-2.5, 2.5, -2.5, 2.5)) : Optional.empty();
    }
}
