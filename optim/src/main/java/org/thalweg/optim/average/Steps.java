package org.thalweg.optim.average;

/** The check that counts of steps share. */
final class Steps {
    private Steps() {}

    static void atLeastOne(String name, long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("%s must be at least 1 step, not %d".formatted(name, steps));
        }
    }
}
