package org.thalweg.lab.lecture;

import org.thalweg.lab.problem.DesignMatrix;
import org.thalweg.lab.problem.LinearModel;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;

/** Logistic regression on the breast-cancer data: real, convex, and with a minimum that is known. */
final class CancerRegression {
    /** In words, for set-ups. */
    static final String WORDS =
            "Logistic regression on breast-cancer: 455 of the 569 examples, 30 standardised features and a constant, an L2 term of 0.01, whose minimum Newton's method finds";

    private static final double L2 = 0.01;

    private CancerRegression() {}

    /**
     * The problem.
     *
     * @param seed draws which examples are in it
     * @param batch examples that a step sees; 0 for all
     */
    static LinearModel of(long seed, int batch) {
        Dataset data = Dataset.of(Corpus.load("breast-cancer"), new Split(seed));
        DesignMatrix matrix = DesignMatrix.of(data.train()).withConstant();
        return new LinearModel("breast-cancer", LinearModel.Loss.LOGISTIC, matrix.x(), matrix.y(), L2, batch);
    }
}
