package org.thalweg.train;

import org.thalweg.optim.schedule.PlateauWatch;
import org.thalweg.optim.schedule.ReduceOnPlateau;
import org.thalweg.optim.schedule.ReduceOnPlateau.Aim;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Dataset;

/** The schedule of a run that goes on: one that watches for plateaus is fed after each epoch. */
final class LiveSchedule {
    private LiveSchedule() {}

    /**
     * The schedule to give to the optimizer of one run.
     *
     * @throws IllegalArgumentException if it watches the accuracy and there is no validation part to measure it on
     */
    static Schedule of(Schedule asked, Dataset data) {
        if (!(asked instanceof ReduceOnPlateau plateau)) {
            return asked;
        }
        if (plateau.aim() == Aim.MAX && data.validation().isEmpty()) {
            throw new IllegalArgumentException(
                    "a plateau of the accuracy (max) is seen on validation examples: set some aside,"
                            + " or watch the training loss (min)");
        }
        return plateau.watch();
    }

    /** Tells what was measured: with min the loss, on the validation part if there is one; with max the accuracy there. */
    static void epochEnded(Schedule live, EpochMetrics metrics) {
        if (live instanceof PlateauWatch watch) {
            double loss = metrics.validation().map(Score::loss).orElse(metrics.trainLoss());
            watch.observe(
                    watch.aim() == Aim.MAX
                            ? metrics.validation().map(Score::accuracy).orElse(Double.NaN)
                            : loss);
        }
    }
}
