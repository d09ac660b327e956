package org.thalweg.lab.problem;

/**
 * A number together with its exact derivatives by two variables: forward differentiation. Where a function has a kink
 * ({@link #abs} at 0) the derivative is 0; where it has none at all it is not finite.
 *
 * <p>Source: Griewank and Walther, Evaluating Derivatives, 2nd edition, 2008, chapter 3.
 *
 * @param value the number
 * @param dx its derivative by the first variable
 * @param dy its derivative by the second
 */
public record Dual(double value, double dx, double dy) {
    /** A number that depends on neither variable. */
    public static Dual constant(double value) {
        return new Dual(value, 0, 0);
    }

    /** The first variable. */
    public static Dual x(double value) {
        return new Dual(value, 1, 0);
    }

    /** The second variable. */
    public static Dual y(double value) {
        return new Dual(value, 0, 1);
    }

    public Dual plus(Dual other) {
        return new Dual(value + other.value, dx + other.dx, dy + other.dy);
    }

    public Dual plus(double other) {
        return new Dual(value + other, dx, dy);
    }

    public Dual minus(Dual other) {
        return new Dual(value - other.value, dx - other.dx, dy - other.dy);
    }

    public Dual minus(double other) {
        return plus(-other);
    }

    public Dual times(Dual other) {
        return new Dual(value * other.value, dx * other.value + value * other.dx, dy * other.value + value * other.dy);
    }

    public Dual times(double factor) {
        return new Dual(value * factor, dx * factor, dy * factor);
    }

    public Dual over(Dual other) {
        double quotient = value / other.value;
        return new Dual(quotient, (dx - quotient * other.dx) / other.value, (dy - quotient * other.dy) / other.value);
    }

    public Dual negated() {
        return times(-1);
    }

    public Dual squared() {
        return times(this);
    }

    /** This to a fixed power. */
    public Dual pow(double exponent) {
        double slope = exponent == 0 ? 0 : exponent * Math.pow(value, exponent - 1);
        return chained(Math.pow(value, exponent), slope);
    }

    /** This to a power; one that is not constant needs this to be positive. */
    public Dual pow(Dual exponent) {
        boolean fixed = exponent.dx == 0 && exponent.dy == 0;
        return fixed ? pow(exponent.value) : log().times(exponent).exp();
    }

    public Dual sin() {
        return chained(Math.sin(value), Math.cos(value));
    }

    public Dual cos() {
        return chained(Math.cos(value), -Math.sin(value));
    }

    public Dual exp() {
        double exp = Math.exp(value);
        return chained(exp, exp);
    }

    /** The natural logarithm. */
    public Dual log() {
        return chained(Math.log(value), 1 / value);
    }

    public Dual sqrt() {
        double root = Math.sqrt(value);
        return chained(root, 0.5 / root);
    }

    public Dual abs() {
        return chained(Math.abs(value), Math.signum(value));
    }

    public Dual tanh() {
        double tanh = Math.tanh(value);
        return chained(tanh, 1 - tanh * tanh);
    }

    private Dual chained(double outer, double slope) {
        return new Dual(outer, slope * dx, slope * dy);
    }
}
