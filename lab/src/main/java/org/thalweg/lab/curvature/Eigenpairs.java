package org.thalweg.lab.curvature;

import java.util.List;

/**
 * Eigenvalues of a matrix with their vectors, and what is left to be desired of each.
 *
 * @param pairs the largest first
 * @param products of the matrix with vectors that it took
 * @param converged whether every residual is as small as was asked for
 */
public record Eigenpairs(List<Pair> pairs, int products, boolean converged) {
    public Eigenpairs {
        pairs = List.copyOf(pairs);
    }

    /**
     * One eigenvalue.
     *
     * @param value with what is known of it
     * @param vector of length 1
     */
    @SuppressWarnings("ArrayRecordComponent") // millions of numbers
    public record Pair(Eigenvalue value, float[] vector) {}

    /** The eigenvalues alone, the largest first. */
    public List<Eigenvalue> values() {
        return pairs.stream().map(Pair::value).toList();
    }
}
