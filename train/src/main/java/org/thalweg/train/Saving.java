package org.thalweg.train;

/**
 * When a run saves checkpoints, and how many stay. There is one at each epoch's end, and where the run is stopped.
 *
 * @param every steps between two more of them, 0 for none
 * @param keep how many of the latest stay, at least 1; that of the best epoch stays as well
 */
public record Saving(long every, int keep) {
    private static final int KEPT = 3;

    public Saving {
        if (every < 0) {
            throw new IllegalArgumentException(
                    "checkpoints are at least 1 step apart, or 0 for each epoch's end alone, but not " + every);
        }
        if (keep < 1) {
            throw new IllegalArgumentException("at least 1 checkpoint stays, not " + keep);
        }
    }

    /** At each epoch's end, three of them. */
    public Saving() {
        this(0, KEPT);
    }

    boolean isDue(long step) {
        return every > 0 && step % every == 0;
    }
}
