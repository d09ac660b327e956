package org.thalweg.optim.schedule;

import org.thalweg.optim.text.Values;

/** What the schedules ask of their arguments, and what they say when they do not get it. */
final class Arguments {
    private Arguments() {}

    static void requireNotNegative(String name, double value) {
        require(value >= 0 && value < Double.POSITIVE_INFINITY, name, "a finite number of at least 0", value);
    }

    static void requirePositive(String name, double value) {
        require(value > 0 && value < Double.POSITIVE_INFINITY, name, "a finite number above 0", value);
    }

    static void requireAtLeast(String name, long least, long value) {
        require(value >= least, name, "at least " + least, value);
    }

    /** Only the last in a chain may have state: whoever trains feeds it, and would not find it inside another. */
    static void requirePure(Schedule schedule) {
        if (schedule instanceof ReduceOnPlateau || schedule instanceof PlateauWatch) {
            throw new IllegalArgumentException(
                    "reduceOnPlateau must stand last, after all other parts: it follows what is measured");
        }
    }

    /** The step itself, once it is seen to be one. */
    static long step(long step) {
        requireAtLeast("step", 0, step);
        return step;
    }

    static void require(boolean fine, String name, String expected, Object value) {
        if (!fine) {
            throw new IllegalArgumentException("%s must be %s, not %s".formatted(name, expected, Values.text(value)));
        }
    }
}
