package org.thalweg.train.metrics;

/**
 * How many equally likely tokens would be as hard to tell from each other as the next one was: e to the mean of minus the
 * logarithm of the right token's probability, whatever loss the run trained with.
 */
public final class Perplexity implements Metric {
    private long rows;
    private double nats;

    @Override
    public String name() {
        return "perplexity";
    }

    @Override
    public void add(Answers answers) {
        for (int row = 0; row < answers.rows(); row++) {
            nats -= answers.logProbability(row, answers.label(row));
        }
        rows += answers.rows();
    }

    @Override
    public double value() {
        return Math.exp(nats / rows);
    }
}
