package org.thalweg.train.run;

import java.util.List;
import java.util.Set;
import org.thalweg.train.data.DataException;

/** Where a run's checkpoints are. */
public sealed interface CheckpointStore permits Checkpoints, SharedCheckpoints {
    /**
     * The steps of which there are checkpoints, the latest first; whether they are whole, only {@link #load} says.
     *
     * @throws RunException if the folder cannot be read
     */
    List<Long> steps();

    /**
     * Saves a checkpoint, in place of one of the same step.
     *
     * @throws RunException if that fails; the others are untouched then
     */
    void save(Checkpoint checkpoint);

    /**
     * Reads a checkpoint and proves it against its checksums.
     *
     * @throws DataException if it is not there whole; the message is a sentence about where and what
     */
    Checkpoint load(long step);

    /**
     * Removes all but some.
     *
     * @param newest how many of the latest stay
     * @param kept steps that stay as well
     */
    void prune(int newest, Set<Long> kept);

    /** Removes those after a step: what a run that goes on from there makes anew. */
    void removeAfter(long step);
}
