package org.thalweg.lab.problem;

import java.util.random.RandomGenerator;
import org.thalweg.lab.problem.LinearModel.Loss;

/**
 * Logistic regression on two overlapping clouds of points, unequally wide along the features, with an L2 term that makes the minimum
 * one point. Problems on your own data are {@link LinearModel}.
 *
 * @param examples at least 2
 * @param features at least 1
 * @param l2 the L2 term's factor, at least 0
 * @param batch examples that a step sees; 0 for all of them
 * @param seed of the data
 */
@About(
        summary = "logistic regression on two clouds of points, whole or in mini-batches",
        formula = "mean of log(1 + exp(-y x'w)) + l2 |w|^2 / 2",
        source = "Cox, The regression analysis of binary sequences, 1958",
        lectures = "CMU 10-605, Ginsburg CS217, NTU CE7454")
public record Logistic(int examples, int features, double l2, int batch, long seed) implements Drawn {
    private static final double APART = 1;

    /** @throws IllegalArgumentException if an option is out of range */
    public Logistic {
        Require.count("examples", examples, 2);
        Require.count("features", features, 1);
        Require.count("batch", batch, 0);
        Require.atLeast("l2", l2, 0);
    }

    /** 100 points in the plane, all of them at each step. */
    public Logistic() {
        this(100, 2, 0.01, 0, 1);
    }

    /** Points around -1 and 1; the first feature spreads by 1, the last one by 4, and those in between by equal factors. */
    @Override
    public LinearModel draw() {
        LinearModel.checkSize(examples, features);
        double[][] x = new double[examples][features];
        double[] y = new double[examples];
        RandomGenerator random = Draws.at(seed, -1);
        for (int i = 0; i < examples; i++) {
            y[i] = i % 2 == 0 ? 1 : -1;
            for (int j = 0; j < features; j++) {
                double spread = Math.pow(4, features == 1 ? 0 : j / (features - 1.0));
                x[i][j] = APART * y[i] + spread * random.nextGaussian();
            }
        }
        return new LinearModel(Problems.text(this), Loss.LOGISTIC, x, y, l2, batch);
    }
}
