package org.thalweg.lab.statistics;

/**
 * Where a number lies, as far as a sample tells.
 *
 * @param low may be minus infinity
 * @param high not below
 * @param level the share of such intervals that hold the number, above 0 and below 1
 */
public record Interval(double low, double high, double level) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    "an interval goes from low to high, not from %s to %s".formatted(low, high));
        }
        checkLevel(level);
    }

    static double checkLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a level lies between 0 and 1, but is " + level);
        }
        return level;
    }

    /** Whether the number lies in it, its ends included. */
    public boolean holds(double number) {
        return low <= number && number <= high;
    }

    /** Whether no difference may be what it is about. */
    public boolean holdsZero() {
        return holds(0);
    }
}
