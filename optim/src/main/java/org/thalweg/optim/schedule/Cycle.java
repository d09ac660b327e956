package org.thalweg.optim.schedule;

/**
 * The triangle that Smith's cyclical schedules have in common: up from 0 to 1 and down again.
 *
 * @param number of the cycle, from 0
 * @param height from 0 to 1
 */
record Cycle(long number, double height) {
    static void require(double low, double high, long up, long down) {
        Arguments.requireNotNegative("low", low);
        Arguments.requireNotNegative("high", high);
        Arguments.require(low <= high, "low", "at most high", low);
        Arguments.requireAtLeast("up", 1, up);
        Arguments.requireAtLeast("down", 1, down);
    }

    static Cycle of(long step, long up, long down) {
        long length = up > Long.MAX_VALUE - down ? Long.MAX_VALUE : up + down;
        long own = Arguments.step(step) % length;
        double height = own <= up ? (double) own / up : (double) (length - own) / down;
        return new Cycle(step / length, height);
    }

    /** So far from low to high. */
    static double between(double low, double high, double share) {
        return low * (1 - share) + high * share; // exactly high at the top
    }
}
