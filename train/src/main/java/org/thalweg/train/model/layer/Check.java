package org.thalweg.train.model.layer;

/** Ranges of what layers are made with. */
final class Check {
    private Check() {}

    static void atLeast(int least, int value, String what) {
        require(value >= least, "%s must be at least %d, but is %d".formatted(what, least, value));
    }

    static void probability(double value, String what) {
        require(value >= 0 && value < 1, "%s must be in [0, 1), but is %s".formatted(what, value));
    }

    static void positive(double value, String what) {
        require(value > 0 && Double.isFinite(value), "%s must be above 0 and finite, but is %s".formatted(what, value));
    }

    static void finite(double value, String what) {
        require(Double.isFinite(value), "%s must be finite, but is %s".formatted(what, value));
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
