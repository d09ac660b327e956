package org.thalweg.train.data;

/**
 * How a corpus is divided.
 *
 * @param validation share set aside for validation, in [0, 1); 0 for none
 * @param test share set aside for the test where the corpus has no test part of its own, in (0, 1)
 * @param seed draws the parts
 */
public record Split(double validation, double test, long seed) {
    /** The share that is tested on unless something else is asked for. */
    public static final double DEFAULT_TEST = 0.2;

    public Split {
        if (!(validation >= 0 && validation < 1)) {
            throw new IllegalArgumentException("the validation share must be in [0, 1), but is " + validation);
        }
        if (!(test > 0 && test < 1)) {
            throw new IllegalArgumentException("the test share must be above 0 and below 1, but is " + test);
        }
    }

    /** A fifth for the test, nothing for validation. */
    public Split(long seed) {
        this(0, DEFAULT_TEST, seed);
    }
}
