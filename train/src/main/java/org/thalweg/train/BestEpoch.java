package org.thalweg.train;

import java.util.Map;
import java.util.Optional;
import org.thalweg.train.run.Document;

/** The epoch that did best on the validation part, and how long ago that was. */
final class BestEpoch {
    private final EarlyStopping stopping;
    private final boolean stops;
    private Optional<Best> best = Optional.empty();
    private int worse;

    /**
     * An epoch.
     *
     * @param cost what was watched, less is better
     * @param epoch from 1
     * @param step after which it ended, whose checkpoint is kept
     */
    record Best(double cost, int epoch, long step) {}

    BestEpoch(Optional<EarlyStopping> stopping) {
        this.stopping = stopping.orElse(new EarlyStopping(Integer.MAX_VALUE));
        this.stops = stopping.isPresent();
    }

    /** Takes an epoch's score in; without a validation part there is nothing to choose by, and no epoch is best. */
    void observe(EpochMetrics metrics) {
        metrics.validation().map(stopping::cost).ifPresent(cost -> {
            if (cost < best.map(Best::cost).orElse(Double.POSITIVE_INFINITY)) {
                best = Optional.of(new Best(cost, metrics.epoch(), metrics.steps()));
                worse = 0;
            } else {
                worse++;
            }
        });
    }

    /** Whether patience is at its end. */
    boolean isLongAgo() {
        return stops && worse >= stopping.patience();
    }

    Optional<Best> best() {
        return best;
    }

    /** The epoch whose weights are the run's answer; none if that is the last, whichever it is. */
    Optional<Best> answer() {
        return best.filter(_ -> stops);
    }

    Map<String, Object> json() {
        return best.<Map<String, Object>>map(found -> Document.fields(
                        "cost", found.cost(), "epoch", found.epoch(), "step", found.step(), "worse", worse))
                .orElse(Document.fields("worse", worse));
    }

    void restore(Document json) {
        worse = (int) json.whole("worse", 0, Integer.MAX_VALUE);
        best = json.has("epoch")
                ? Optional.of(new Best(
                        json.number("cost"), (int) json.whole("epoch", 1, Integer.MAX_VALUE), json.count("step")))
                : Optional.empty();
    }
}
