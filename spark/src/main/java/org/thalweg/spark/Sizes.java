package org.thalweg.spark;

import java.io.Serializable;
import org.thalweg.train.data.Split;

/**
 * How many rows become what: by their numbers first the test part, then the validation part, then what is trained on, which goes
 * round among the workers.
 */
record Sizes(int test, int validation, int train, int workers) implements Serializable {
    /**
     * Divides rows as asked.
     *
     * @throws IllegalArgumentException if a part would be empty, a worker have no row, or there are too many rows
     */
    static Sizes of(long rows, Split split, int workers) {
        if (rows > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "%,d rows are more than the %,d that can be trained on".formatted(rows, Integer.MAX_VALUE));
        }
        int test = share(split.test(), rows, "test");
        int validation = split.validation() == 0 ? 0 : share(split.validation(), rows, "validation");
        long train = rows - test - validation;
        if (train < workers) {
            throw new IllegalArgumentException("of %,d rows %,d are left to train on, but each of %,d workers needs one"
                    .formatted(rows, Math.max(0, train), workers));
        }
        return new Sizes(test, validation, (int) train, workers);
    }

    private static int share(double share, long rows, String part) {
        int count = (int) Math.round(rows * share);
        if (count == 0) {
            throw new IllegalArgumentException(
                    "a %s part of %s of %,d rows is empty; ask for a larger one".formatted(part, share, rows));
        }
        return count;
    }

    int aside() {
        return test + validation;
    }

    /** Who gets the row of a number. */
    int worker(long number) {
        return number < aside() ? 0 : (int) ((number - aside()) % workers);
    }

    /** How many rows a worker trains on. */
    int train(int rank) {
        return (int) (((long) train - rank + workers - 1) / workers);
    }
}
