package org.thalweg.train.metrics;

import java.util.List;

/**
 * How a run's losses went from epoch to epoch.
 *
 * @param train mean loss of each epoch's steps, as they were made: with dropout and augmentation, before the weights at the
 *     epoch's end
 * @param heldOut loss after each epoch on examples that were not learnt from; as many
 * @param baseline the loss of always giving the same best answer, above 0: the logarithm of the number of classes or tokens,
 *     or the targets' variance
 */
public record LearningCurve(List<Double> train, List<Double> heldOut, double baseline) {
    public LearningCurve {
        train = List.copyOf(train);
        heldOut = List.copyOf(heldOut);
        if (train.size() != heldOut.size()) {
            throw new IllegalArgumentException(
                    "a learning curve needs as many losses in training as on held-out examples,"
                            + " but there are %d and %d".formatted(train.size(), heldOut.size()));
        }
        if (!(baseline > 0)) {
            throw new IllegalArgumentException("a baseline must be above 0, but is " + baseline);
        }
    }

    int epochs() {
        return train.size();
    }

    double lastTrain() {
        return train.getLast();
    }

    double lastHeldOut() {
        return heldOut.getLast();
    }

    /** How much worse held-out examples are than those that were learnt from, at the end. */
    double gap() {
        return lastHeldOut() - lastTrain();
    }

    /** The epoch, from 1, after which held-out examples did best; the earliest of several. */
    int bestEpoch() {
        int best = 0;
        for (int i = 1; i < heldOut.size(); i++) {
            if (heldOut.get(i) < heldOut.get(best)) {
                best = i;
            }
        }
        return best + 1;
    }

    /** How far the held-out loss has risen again since its best epoch. */
    double rise() {
        return lastHeldOut() - heldOut.get(bestEpoch() - 1);
    }

    /** How far the held-out loss fell over the last quarter of the epochs, at least over the last one. */
    double lateFall() {
        int before = epochs() - 1 - Math.max(1, epochs() / 4);
        return heldOut.get(before) - lastHeldOut();
    }

    /** The epoch, from 1, by which the training loss had done this share of all its falling. */
    int epochOfFall(double share) {
        double least = train.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        double enough = train.getFirst() - share * (train.getFirst() - least);
        int epoch = 1;
        while (train.get(epoch - 1) > enough) {
            epoch++;
        }
        return epoch;
    }
}
