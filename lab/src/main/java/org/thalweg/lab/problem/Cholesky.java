package org.thalweg.lab.problem;

/** Linear equations with a symmetric positive definite matrix, by some n^3 / 6 multiplications: Cholesky's factorisation. */
public final class Cholesky {
    private Cholesky() {}

    /**
     * The solution of {@code a z = b}; not a number where the matrix is not positive definite.
     *
     * @param a n rows of n numbers, of which only the lower triangle counts, and is overwritten
     * @param b n numbers
     */
    public static double[] solve(double[][] a, double[] b) {
        int n = b.length;
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i][k] * a[j][k];
                }
                a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
            }
        }
        double[] z = b.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                z[i] -= a[i][k] * z[k];
            }
            z[i] /= a[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                z[i] -= a[k][i] * z[k];
            }
            z[i] /= a[i][i];
        }
        return z;
    }
}
