package org.thalweg.cli;

import java.util.Optional;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Dataset;

/**
 * What {@code thalweg train} does unless told otherwise: a network and a length that do well on the data in little time.
 *
 * @param model by name
 * @param epochs passes over the training part
 * @param batch examples in a step
 */
record Recipe(String model, int epochs, int batch) {
    /** Fewer training examples than these take more epochs and smaller batches. */
    private static final int SMALL = 10_000;

    private static final double RATE = 0.002;

    static Recipe of(Dataset data) {
        String model = switch (data.shape().kind()) {
            case IMAGE -> "convnet";
            case TOKENS -> "char-transformer";
            case VECTOR, SEQUENCE -> "mlp";
        };
        boolean small = data.train().count() < SMALL;
        return new Recipe(model, small ? 20 : 5, Math.min(data.train().count(), small ? 32 : 128));
    }

    /**
     * The schedule asked for, or a linear warm-up and a cosine to zero over the rest; with snapshots, as many equal cosines.
     *
     * @param steps of the whole run
     * @param warmUp steps of the warm-up
     */
    static Schedule schedule(Optional<String> text, Optional<Double> rate, long steps, long warmUp, int snapshots) {
        if (text.isPresent() && rate.isPresent()) {
            throw new IllegalArgumentException("give --schedule or --lr, not both: a schedule names its own rate.");
        }
        return text.map(Schedule::parse).orElseGet(() -> {
            double highest = rate.orElse(RATE);
            if (snapshots > 0) {
                return Schedule.warmRestarts(highest, Math.max(1, Math.ceilDiv(steps, snapshots)), 1);
            }
            return Schedule.cosine(highest, Math.max(1, steps - warmUp)).warmUp(warmUp);
        });
    }
}
