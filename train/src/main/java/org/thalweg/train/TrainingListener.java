package org.thalweg.train;

import java.nio.file.Path;
import org.thalweg.train.model.Plan;

/** Hears of a run's progress, on the training thread: what takes long here slows training. */
public interface TrainingListener {
    /** A listener that does nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /** Before the first step. */
    default void started(Path run, Plan plan, long steps) {}

    /** After each step. */
    default void stepped(StepMetrics metrics) {}

    /** After each epoch. */
    default void epochEnded(EpochMetrics metrics) {}
}
