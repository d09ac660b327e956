package org.thalweg.train.metrics;

/** A number that says how good answers are, gathered batch after batch. */
public interface Metric {
    /** What it is called in files and on the screen. */
    String name();

    /** Takes a batch into account. */
    void add(Answers answers);

    /** The value over all that was added; NaN before anything was. */
    double value();
}
