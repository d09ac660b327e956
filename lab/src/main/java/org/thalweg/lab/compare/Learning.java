package org.thalweg.lab.compare;

import org.thalweg.train.Score;

/** One training of a trial, step by step. Used by one thread. */
public interface Learning extends AutoCloseable {
    /**
     * Makes a step.
     *
     * @return the loss of what it saw, before its update; no finite number if nothing could be updated, after which no more steps are made
     */
    double step();

    /** The score that choices are made by. */
    Score validation();

    /** The score that the result is judged by. */
    Score test();

    @Override
    void close();
}
