package org.thalweg.lab.problem;

import java.util.OptionalDouble;

/**
 * The plainest saddle. There is no minimum: a rule that leaves the saddle goes down for ever.
 *
 * <pre>{@code
 * f(x, y) = x^2 - y^2
 * }</pre>
 *
 * <p>The start is almost on the ridge, where only the second variable's small slope leads away.
 */
@About(
        summary = "the plainest saddle; no minimum",
        formula = "x^2 - y^2",
        source = "Dauphin et al., Identifying and attacking the saddle point problem, NeurIPS 2014",
        lectures = "KAIST AI602, NTU CE7454")
public record Saddle() implements Problem {
    @Override
    public String name() {
        return "saddle";
    }

    @Override
    public int dimension() {
        return 2;
    }

    @Override
    public double value(double[] w) {
        return w[0] * w[0] - w[1] * w[1];
    }

    @Override
    public double[] gradient(double[] w) {
        return new double[] {2 * w[0], -2 * w[1]};
    }

    @Override
    public double[] start() {
        return new double[] {1.5, 1e-3};
    }

    @Override
    public OptionalDouble least() {
        return OptionalDouble.of(Double.NEGATIVE_INFINITY);
    }
}
