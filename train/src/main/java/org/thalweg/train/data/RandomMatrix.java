package org.thalweg.train.data;

/** Matrices of random numbers, as rows. */
final class RandomMatrix {
    private RandomMatrix() {}

    /** Independent normal numbers of mean 0. */
    static double[][] normal(SplitMix64 random, int rows, int columns, double deviation) {
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            for (int i = 0; i < columns; i++) {
                row[i] = deviation * random.gaussian();
            }
        }
        return matrix;
    }

    /** The product with a column. */
    static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int i = 0; i < vector.length; i++) {
                product[row] += matrix[row][i] * vector[i];
            }
        }
        return product;
    }
}
