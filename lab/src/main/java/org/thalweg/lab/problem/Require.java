package org.thalweg.lab.problem;

/** Checks of options, with the sentence that says what they may be. */
final class Require {
    /** More numbers than a look at an optimizer takes. */
    private static final int MOST = 100_000;

    private Require() {}

    static void dimension(int value, int least) {
        count("dimension", value, least);
    }

    static void count(String name, int value, int least) {
        if (value < least || value > MOST) {
            throw new IllegalArgumentException("%s must be from %d to %d, not %d".formatted(name, least, MOST, value));
        }
    }

    static void atLeast(String name, double value, double least) {
        if (!(value >= least) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "%s must be a finite number of at least %s, not %s".formatted(name, least, value));
        }
    }

    static void finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("%s must be a finite number, not %s".formatted(name, value));
        }
    }
}
