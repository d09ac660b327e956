package org.thalweg.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.optim.schedule.PlateauWatch;
import org.thalweg.optim.schedule.ReduceOnPlateau;
import org.thalweg.optim.schedule.ReduceOnPlateau.Aim;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.run.Document;

/** The schedule of a run that goes on: one that watches for plateaus is fed after each epoch, and setbacks lower it. */
final class LiveSchedule implements Schedule {
    private final Schedule schedule;
    private double factor = 1;

    private LiveSchedule(Schedule schedule) {
        this.schedule = schedule;
    }

    /**
     * The schedule to give to the optimizer of one run.
     *
     * @throws IllegalArgumentException if it watches the accuracy and there is no validation part to measure it on
     */
    static LiveSchedule of(Schedule asked, Dataset data) {
        if (!(asked instanceof ReduceOnPlateau plateau)) {
            return new LiveSchedule(asked);
        }
        if (plateau.aim() == Aim.MAX && data.validation().isEmpty()) {
            throw new IllegalArgumentException(
                    "a plateau of the accuracy (max) is seen on validation examples: set some aside,"
                            + " or watch the training loss (min)");
        }
        return new LiveSchedule(plateau.watch());
    }

    @Override
    public double at(long step) {
        return factor * schedule.at(step);
    }

    /** Multiplies all values from now on. */
    void lower(double by) {
        factor *= by;
    }

    double factor() {
        return factor;
    }

    /** Tells what was measured: with min the loss, on the validation part if there is one; with max the accuracy there. */
    void epochEnded(EpochMetrics metrics) {
        if (schedule instanceof PlateauWatch watch) {
            double loss = metrics.validation().map(Score::loss).orElse(metrics.trainLoss());
            watch.observe(
                    watch.aim() == Aim.MAX
                            ? metrics.validation().map(Score::accuracy).orElse(Double.NaN)
                            : loss);
        }
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("factor", factor);
        if (schedule instanceof PlateauWatch watch) {
            PlateauWatch.State state = watch.state();
            json.put(
                    "plateau",
                    Document.fields(
                            "best", state.best(),
                            "bad", state.bad(),
                            "cooling", state.cooling(),
                            "reductions", state.reductions()));
        }
        return json;
    }

    void restore(Document json) {
        factor = json.number("factor");
        if (schedule instanceof PlateauWatch watch) {
            watch.restore(json.object("plateau")
                    .made(it -> new PlateauWatch.State(
                            it.number("best"), it.count("bad"), it.count("cooling"), it.count("reductions"))));
        }
    }
}
