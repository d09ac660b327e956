package org.thalweg.lab.compare;

import java.util.Locale;
import org.thalweg.train.Score;
import org.thalweg.train.data.Task;

/** What a network is judged by: the smaller, the better. */
public enum Measure {
    /** The share of examples that are answered wrong, 0 to 1. */
    ERROR,
    /** The mean loss. */
    LOSS;

    /** The error where classes are told apart, else the loss. */
    public static Measure of(Task task) {
        return task instanceof Task.Classification ? ERROR : LOSS;
    }

    /** The figure that a score has; not a finite number where the network has diverged. */
    public double of(Score score) {
        if (!Double.isFinite(score.loss())) {
            return Double.POSITIVE_INFINITY;
        }
        return this == ERROR ? 1 - score.accuracy() : score.loss();
    }

    /** The name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A figure as people read it. */
    public String text(double figure) {
        if (!Double.isFinite(figure)) {
            return "none";
        }
        return this == ERROR
                ? String.format(Locale.ROOT, "%.2f %%", 100 * figure)
                : String.format(Locale.ROOT, "%.4g", figure);
    }
}
