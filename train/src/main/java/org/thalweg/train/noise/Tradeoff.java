package org.thalweg.train.noise;

/**
 * What a batch size costs in steps and in examples on the way to the same loss:
 * {@code (S / S_min - 1) (E / E_min - 1) = 1} (McCandlish, Kaplan and Amodei, arXiv:1812.06162, eq. 2.11), where {@code S_min}
 * are the fewest steps, with batches without end, and {@code E_min} the fewest examples, with batches of one.
 *
 * <p>It presumes that the rate is tuned for each batch size, and one noise scale for the whole way.
 *
 * @param critical the critical batch size {@code E_min / S_min}, for which the noise scale stands; above 0
 */
public record Tradeoff(double critical) {
    public Tradeoff {
        if (!(critical > 0)) {
            throw new IllegalArgumentException("a critical batch size is above 0, not " + critical);
        }
    }

    /** {@code S / S_min}, above 1. */
    public double steps(double batch) {
        return 1 + critical / batch;
    }

    /** {@code E / E_min}, above 1. */
    public double examples(double batch) {
        return 1 + batch / critical;
    }

    /** How many steps another batch size takes to where one took so many. */
    public double steps(double to, double from, double steps) {
        return steps * steps(to) / steps(from);
    }
}
