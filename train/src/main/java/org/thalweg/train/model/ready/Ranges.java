package org.thalweg.train.model.ready;

/** Ranges of the options of ready models. */
final class Ranges {
    /** Layers or blocks beyond which nobody means it. */
    static final int DEEPEST = 1000;

    private Ranges() {}

    static void atLeast(int least, int value, String option) {
        if (value < least) {
            throw new IllegalArgumentException("%s must be at least %d, but is %d".formatted(option, least, value));
        }
    }

    static void between(int least, int most, int value, String option) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s must be from %d to %d, but is %d".formatted(option, least, most, value));
        }
    }

    static void share(double value, String option) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("%s must be in [0, 1), but is %s".formatted(option, value));
        }
    }
}
