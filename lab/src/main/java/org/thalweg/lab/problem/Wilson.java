package org.thalweg.lab.problem;

import java.util.random.RandomGenerator;
import org.thalweg.lab.problem.LinearModel.Loss;

/**
 * Wilson and others' separable construction: least squares on labels of 1 and -1, where the first feature tells the label, the next
 * two are always 1, and each example has features that no other one has. Gradient descent and its kin come to the solution of
 * least norm, which is right on new examples; adaptive rules come to one of equally large weights, which is not. A new example's
 * own features were never seen, so that the weights of the first three alone decide on it: {@link #accuracy}.
 *
 * <pre>{@code
 * x[1] = y;  x[2] = x[3] = 1;  x[4 + 5(i-1) ... 4 + 5(i-1) + 2(1-y)] = 1 for example i;  all others 0
 * }</pre>
 *
 * @param examples at least 2
 * @param positive the share of the label 1, above a half and below 1
 * @param seed of the labels
 */
@About(
        summary = "separable least squares where adaptive rules learn what does not generalise",
        formula = "mean of (x'w - y)^2 / 2, 3 + 5 examples features",
        source =
                "Wilson et al., The marginal value of adaptive gradient methods in machine learning, NeurIPS 2017, section 3.3",
        lectures = "CMU 10-605, Ginsburg CS217, KAIST AI602")
public record Wilson(int examples, double positive, long seed) implements Drawn {
    private static final int SHARED = 3;
    private static final int OWN = 5;

    /** @throws IllegalArgumentException if an option is out of range */
    public Wilson {
        Require.count("examples", examples, 2);
        if (!(positive > 0.5 && positive < 1)) {
            throw new IllegalArgumentException("positive must be above 0.5 and below 1, not %s".formatted(positive));
        }
    }

    /** 60 examples, two thirds of them positive. */
    public Wilson() {
        this(60, 2 / 3.0, 1);
    }

    @Override
    public LinearModel draw() {
        int features = SHARED + OWN * examples;
        LinearModel.checkSize(examples, features);
        double[][] x = new double[examples][features];
        double[] y = new double[examples];
        RandomGenerator random = Draws.at(seed, -1);
        for (int i = 0; i < examples; i++) {
            y[i] = random.nextDouble() < positive ? 1 : -1;
            x[i][0] = y[i];
            x[i][1] = 1;
            x[i][2] = 1;
            int own = y[i] > 0 ? 1 : OWN;
            for (int j = 0; j < own; j++) {
                x[i][SHARED + OWN * i + j] = 1;
            }
        }
        return new LinearModel(Problems.text(this), Loss.SQUARE, x, y, 0, 0);
    }

    /** The share of new examples that weights classify rightly, exactly; a tie counts as wrong. */
    public double accuracy(double[] w) {
        double right = w[0] + w[1] + w[2] > 0 ? positive : 0;
        return w[1] + w[2] - w[0] < 0 ? right + 1 - positive : right;
    }
}
