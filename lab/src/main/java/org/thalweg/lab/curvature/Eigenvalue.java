package org.thalweg.lab.curvature;

/**
 * An eigenvalue as well as it is known.
 *
 * @param value about where it is
 * @param residual {@code |H v - value v|} with its vector of length 1: there is an eigenvalue no further than that
 */
public record Eigenvalue(double value, double residual) {
    /** The residual as a share of the eigenvalue's size. */
    public double relativeResidual() {
        return residual / Math.abs(value);
    }

    Eigenvalue negated() {
        return new Eigenvalue(-value, residual);
    }
}
