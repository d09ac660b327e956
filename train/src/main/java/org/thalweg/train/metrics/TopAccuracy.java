package org.thalweg.train.metrics;

/**
 * The share of rows whose right class is among the k highest outputs, 0 to 1. Of equal outputs the first counts as the
 * higher; an output that is no number beats every other, so that a model that broke down is never right.
 */
public final class TopAccuracy implements Metric {
    private final int k;
    private long rows;
    private long hits;

    /** @param k at least 1, which is plain accuracy */
    public TopAccuracy(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("top-k accuracy needs a k of at least 1, not " + k);
        }
        this.k = k;
    }

    @Override
    public String name() {
        return k == 1 ? "accuracy" : "top" + k;
    }

    @Override
    public void add(Answers answers) {
        for (int row = 0; row < answers.rows(); row++) {
            if (better(answers, row) < k) {
                hits++;
            }
        }
        rows += answers.rows();
    }

    /** How many classes stand before the right one. */
    private static int better(Answers answers, int row) {
        int label = answers.label(row);
        float right = answers.output(row, label);
        int better = Float.isNaN(right) ? answers.width() : 0;
        for (int column = 0; column < answers.width(); column++) {
            float other = answers.output(row, column);
            if (!(other <= right) || (other == right && column < label)) {
                better++;
            }
        }
        return better;
    }

    @Override
    public double value() {
        return (double) hits / rows;
    }
}
