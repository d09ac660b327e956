package org.thalweg.train.data;

/**
 * How examples are put into batches.
 *
 * @param size examples in a batch, at least 1; all of them for gradient descent on the full batch
 * @param dropLast whether examples that do not fill a last batch are left out of a shuffled epoch; otherwise that batch is
 *     smaller
 * @param ahead batches to fill on another thread while one is in use, from 0, which fills each when it is asked for, to 64
 */
public record Batching(int size, boolean dropLast, int ahead) {
    private static final int MOST_AHEAD = 64;

    public Batching {
        if (size < 1) {
            throw new IllegalArgumentException("the batch size must be at least 1, but is %,d".formatted(size));
        }
        if (ahead < 0 || ahead > MOST_AHEAD) {
            throw new IllegalArgumentException(
                    "from 0 to %d batches can be filled ahead, not %d".formatted(MOST_AHEAD, ahead));
        }
    }

    /** Whole batches alone, two of them filled ahead. */
    public Batching(int size) {
        this(size, true);
    }

    /** Two batches filled ahead. */
    public Batching(int size, boolean dropLast) {
        this(size, dropLast, 2);
    }

    /**
     * Batches in a shuffled epoch.
     *
     * @throws IllegalArgumentException if a batch is larger than all the examples
     */
    public long perEpoch(Examples examples) {
        checkFits(examples);
        return dropLast ? examples.count() / size : inAll(examples);
    }

    /** Batches that hold every example once. */
    int inAll(Examples examples) {
        return (int) (((long) examples.count() + size - 1) / size);
    }

    void checkFits(Examples examples) {
        Batches.checkSize(size, examples.count());
    }
}
