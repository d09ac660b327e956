package org.thalweg.lab.curvature;

import java.util.Arrays;
import org.thalweg.train.curvature.SymmetricOperator;
import org.thalweg.train.data.SplitMix64;

/**
 * The sum of a matrix's eigenvalues, estimated by the mean of {@code v'Hv} over random vectors of signs.
 *
 * <p>Source: Hutchinson, A Stochastic Estimator of the Trace of the Influence Matrix, Communications in Statistics 19(2), 1990.
 *
 * @param value the mean
 * @param standardError of the mean; NaN from a single vector
 * @param probes how many vectors
 */
public record Trace(double value, double standardError, int probes) {
    /**
     * Estimates it.
     *
     * @param probes vectors, each of which takes a product; at least 1
     */
    public static Trace of(SymmetricOperator matrix, int probes, long seed) {
        if (probes < 1) {
            throw new IllegalArgumentException("a trace takes at least 1 random vector, not " + probes);
        }
        double[] products = new double[probes];
        for (int i = 0; i < probes; i++) {
            double[] signs = signs(matrix.size(), SplitMix64.stream(seed, i));
            double[] image = matrix.times(signs);
            for (int j = 0; j < signs.length; j++) {
                products[i] += signs[j] * image[j];
            }
        }
        return of(products);
    }

    private static Trace of(double[] products) {
        double mean = Arrays.stream(products).average().orElseThrow();
        double squares =
                Arrays.stream(products).map(x -> (x - mean) * (x - mean)).sum();
        int count = products.length;
        return new Trace(mean, count == 1 ? Double.NaN : Math.sqrt(squares / (count - 1) / count), count);
    }

    /** Each 1 or -1. */
    static double[] signs(int size, SplitMix64 random) {
        double[] signs = new double[size];
        long bits = 0;
        for (int j = 0; j < size; j++) {
            bits = j % Long.SIZE == 0 ? random.next() : bits >>> 1;
            signs[j] = (bits & 1) == 0 ? -1 : 1;
        }
        return signs;
    }
}
