package org.thalweg.lab.curvature;

import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.thalweg.train.curvature.SymmetricOperator;

/** Symmetric matrices whose eigenvalues are known. */
final class Matrices {
    private Matrices() {}

    static SymmetricOperator operator(int size, UnaryOperator<double[]> times) {
        return new SymmetricOperator() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public double[] times(double[] vector) {
                return times.apply(vector);
            }
        };
    }

    /** With these eigenvalues, turned by two reflections, so that no eigenvector is a unit vector. */
    static SymmetricOperator withEigenvalues(double... values) {
        double[] one = unit(values.length, 1);
        double[] other = unit(values.length, 2);
        return operator(values.length, vector -> {
            double[] turned = reflected(other, reflected(one, vector));
            for (int i = 0; i < turned.length; i++) {
                turned[i] *= values[i];
            }
            return reflected(one, reflected(other, turned));
        });
    }

    static SymmetricOperator of(double[][] rows) {
        return operator(
                rows.length,
                vector ->
                        Arrays.stream(rows).mapToDouble(row -> dot(row, vector)).toArray());
    }

    private static double[] reflected(double[] mirror, double[] vector) {
        double along = 2 * dot(mirror, vector);
        double[] reflected = vector.clone();
        for (int i = 0; i < reflected.length; i++) {
            reflected[i] -= along * mirror[i];
        }
        return reflected;
    }

    private static double[] unit(int size, long seed) {
        Random random = new Random(seed);
        double[] drawn = random.doubles(size, -1, 1).toArray();
        double norm = Math.sqrt(dot(drawn, drawn));
        return Arrays.stream(drawn).map(x -> x / norm).toArray();
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
