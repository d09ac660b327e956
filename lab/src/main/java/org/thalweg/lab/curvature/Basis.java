package org.thalweg.lab.curvature;

import java.util.Arrays;
import org.thalweg.train.data.SplitMix64;

/**
 * Orthonormal vectors in float32, which takes half the memory of double precision; what is orthogonal to them is computed in
 * double precision, and once again, since the first time leaves a rest (Parlett's "twice is enough").
 */
final class Basis {
    private final float[][] vectors;
    private int count;

    /**
     * Room for vectors.
     *
     * @throws IllegalArgumentException if Java has not enough memory for them
     */
    Basis(int most, int size) {
        long bytes = (long) most * size * Float.BYTES;
        long room = Runtime.getRuntime().maxMemory() / 10 * 7;
        if (bytes > room) {
            throw new IllegalArgumentException(
                    ("%d vectors of %,d weights take %,d MB and Java has room for %,d MB: ask for fewer eigenvalues, or give it"
                                    + " more with THALWEG_JAVA_OPTS=-Xmx%dg")
                            .formatted(most, size, bytes >> 20, room >> 20, 1 + (bytes >> 30) * 10 / 7 + 1));
        }
        this.vectors = new float[most][];
    }

    int count() {
        return count;
    }

    float[] get(int i) {
        return vectors[i];
    }

    /** Adds a vector of length 1. */
    void add(float[] unit) {
        vectors[count++] = unit;
    }

    /** Forgets all vectors. */
    void clear() {
        Arrays.fill(vectors, 0, count, new float[0]);
        count = 0;
    }

    /** The product with one of the vectors. */
    double dot(int i, double[] vector) {
        float[] unit = vectors[i];
        double even = 0;
        double odd = 0;
        int last = unit.length & ~1;
        for (int j = 0; j < last; j += 2) {
            even += unit[j] * vector[j];
            odd += unit[j + 1] * vector[j + 1];
        }
        return last < unit.length ? even + odd + unit[last] * vector[last] : even + odd;
    }

    /** Takes out of a vector what lies along the basis, and gives the products with each of its vectors. */
    double[] orthogonalise(double[] vector) {
        double[] products = new double[count];
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < count; i++) {
                double along = dot(i, vector);
                products[i] += along;
                float[] unit = vectors[i];
                for (int j = 0; j < unit.length; j++) {
                    vector[j] -= along * unit[j];
                }
            }
        }
        return products;
    }

    /** A vector of normal random numbers that is orthogonal to all, and of length 1. */
    float[] random(int size, SplitMix64 random) {
        double[] drawn = new double[size];
        for (int j = 0; j < size; j++) {
            drawn[j] = random.gaussian();
        }
        orthogonalise(drawn);
        return unit(drawn, norm(drawn));
    }

    /** The combination of the vectors with some weights. */
    float[] combine(double[] weights) {
        double[] sum = new double[vectors[0].length];
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < sum.length; j++) {
                sum[j] += weights[i] * vectors[i][j];
            }
        }
        return unit(sum, norm(sum));
    }

    static double norm(double[] vector) {
        double sum = 0;
        for (double x : vector) {
            sum += x * x;
        }
        return Math.sqrt(sum);
    }

    static float[] unit(double[] vector, double norm) {
        float[] unit = new float[vector.length];
        for (int j = 0; j < unit.length; j++) {
            unit[j] = (float) (vector[j] / norm);
        }
        return unit;
    }

    static double[] widened(float[] vector) {
        double[] wide = new double[vector.length];
        for (int j = 0; j < wide.length; j++) {
            wide[j] = vector[j];
        }
        return wide;
    }
}
