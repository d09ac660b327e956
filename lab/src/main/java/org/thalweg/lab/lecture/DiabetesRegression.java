package org.thalweg.lab.lecture;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thalweg.lab.problem.DesignMatrix;
import org.thalweg.lab.problem.LinearModel;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Fitting;
import org.thalweg.train.data.Split;

/**
 * Least squares on the diabetes data, with inputs whitened: the Hessian is the identity, and how SGD on sampled examples is spread in the long
 * run has a closed form.
 */
final class DiabetesRegression {
    /** In words, for set-ups. */
    static final String WORDS =
            "linear regression on diabetes, 353 of the 442 examples, the ten inputs whitened (principal components of variance 1) and a constant";

    private static final int ROUNDS = 200;

    private final double[][] x;
    private final double[] y;
    private final int batch;

    /**
     * The problem.
     *
     * @param seed draws which examples are in it
     * @param batch examples that a step sees, drawn with replacement
     */
    DiabetesRegression(long seed, int batch) {
        Dataset data = Dataset.of(
                Corpus.load("diabetes", Optional.empty()),
                new Split(seed),
                Optional.of(new Fitting.Pca(0, 0)),
                List.of());
        DesignMatrix matrix = DesignMatrix.of(data.train()).withConstant();
        this.x = matrix.x();
        this.y = matrix.y();
        this.batch = batch;
    }

    LinearModel problem() {
        return new LinearModel("diabetes", LinearModel.Loss.SQUARE, x, y, 0, batch);
    }

    /** The weights of least loss: {@code X'y / n}, since {@code X'X / n} is the identity. */
    double[] minimum() {
        double[] minimum = new double[x[0].length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < minimum.length; j++) {
                minimum[j] += x[i][j] * y[i] / x.length;
            }
        }
        return minimum;
    }

    /**
     * The stationary variance along each input of SGD at a constant rate: with S the covariance, r an example's residual at the minimum and
     * E a mean over examples, {@code S = rate / (2 batch - rate (batch - 1)) E[(r^2 + x'Sx) xx']}.
     */
    double[] variances(double rate) {
        double[] minimum = minimum();
        double[] squares = new double[x.length];
        Arrays.setAll(squares, i -> Math.pow(dot(x[i], minimum) - y[i], 2));
        double[][] covariance = new double[minimum.length][minimum.length];
        double factor = rate / (2 * batch - rate * (batch - 1));
        for (int round = 0; round < ROUNDS; round++) {
            covariance = next(covariance, squares, factor);
        }
        double[][] found = covariance;
        double[] variances = new double[minimum.length];
        Arrays.setAll(variances, i -> found[i][i]);
        return variances;
    }

    private double[][] next(double[][] covariance, double[] squares, double factor) {
        double[][] next = new double[covariance.length][covariance.length];
        for (int i = 0; i < x.length; i++) {
            double form = 0;
            for (int j = 0; j < next.length; j++) {
                form += x[i][j] * dot(covariance[j], x[i]);
            }
            double weight = factor * (squares[i] + form) / x.length;
            for (int j = 0; j < next.length; j++) {
                for (int k = 0; k < next.length; k++) {
                    next[j][k] += weight * x[i][j] * x[i][k];
                }
            }
        }
        return next;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
