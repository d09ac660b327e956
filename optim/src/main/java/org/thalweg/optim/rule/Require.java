package org.thalweg.optim.rule;

/** The checks that hyperparameters share; each throws {@link IllegalArgumentException} with a sentence. */
final class Require {
    private Require() {}

    /** A weight of an average: 0 up to but not including 1. */
    static void decay(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("%s must be at least 0 and below 1, not %s".formatted(name, value));
        }
    }

    /** A share of something, of which neither nothing nor all makes sense. */
    static void share(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException("%s must be above 0 and below 1, not %s".formatted(name, value));
        }
    }

    static void nonNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s must be 0 or more, not %s".formatted(name, value));
        }
    }

    static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s must be above 0, not %s".formatted(name, value));
        }
    }
}
