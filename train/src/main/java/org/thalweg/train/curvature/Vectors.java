package org.thalweg.train.curvature;

import java.util.Arrays;

/** What is done with vectors of double precision. */
final class Vectors {
    private Vectors() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    static double[] negated(double[] a) {
        return Arrays.stream(a).map(x -> -x).toArray();
    }

    /** {@code a <- a + factor * b}. */
    static void add(double[] a, double factor, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += factor * b[i];
        }
    }
}
