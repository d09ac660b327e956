package org.thalweg.train.metrics;

/** How many equally likely tokens would be as hard to tell from each other as the next one was. */
public final class Perplexity {
    /** What it is called in files and on the screen. */
    public static final String NAME = "perplexity";

    private Perplexity() {}

    /** @param nats mean cross-entropy by token, in nats */
    public static double of(double nats) {
        return Math.exp(nats);
    }
}
