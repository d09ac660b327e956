package org.thalweg.train;

import java.nio.file.Path;
import java.util.List;
import org.thalweg.train.metrics.LayerStatistics;
import org.thalweg.train.model.Plan;
import org.thalweg.train.noise.NoiseScale;

/** Hears of a run's progress, on the training thread: what takes long here slows training. */
public interface TrainingListener {
    /** A listener that does nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /** A listener that passes on everything to others, in their order; one of them is enough to ask for a stop. */
    static TrainingListener all(List<TrainingListener> listeners) {
        return new TrainingListener() {
            @Override
            public void started(Path run, Plan plan, long steps) {
                listeners.forEach(listener -> listener.started(run, plan, steps));
            }

            @Override
            public void resumed(long steps) {
                listeners.forEach(listener -> listener.resumed(steps));
            }

            @Override
            public void stepped(StepMetrics metrics) {
                listeners.forEach(listener -> listener.stepped(metrics));
            }

            @Override
            public void epochEnded(EpochMetrics metrics) {
                listeners.forEach(listener -> listener.epochEnded(metrics));
            }

            @Override
            public void looked(LayerStatistics statistics) {
                listeners.forEach(listener -> listener.looked(statistics));
            }

            @Override
            public void noise(long step, NoiseScale scale) {
                listeners.forEach(listener -> listener.noise(step, scale));
            }

            @Override
            public void remark(String sentence) {
                listeners.forEach(listener -> listener.remark(sentence));
            }

            @Override
            public boolean stopAsked() {
                return listeners.stream().anyMatch(TrainingListener::stopAsked);
            }
        };
    }

    /** Before the first step. */
    default void started(Path run, Plan plan, long steps) {}

    /** After {@link #started}, where a run goes on: so many steps are made. */
    default void resumed(long steps) {}

    /** After each step. */
    default void stepped(StepMetrics metrics) {}

    /** After each epoch. */
    default void epochEnded(EpochMetrics metrics) {}

    /** After a step that the layers were looked at in. */
    default void looked(LayerStatistics statistics) {}

    /** After a step whose gradient's noise was measured: the scale so far. */
    default void noise(long step, NoiseScale scale) {}

    /** Something that the user should know, in a sentence. */
    default void remark(String sentence) {}

    /** Asked after each step: whether to save and stop. */
    default boolean stopAsked() {
        return false;
    }
}
