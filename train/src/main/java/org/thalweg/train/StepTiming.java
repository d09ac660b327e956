package org.thalweg.train;

import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Batching;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.model.Plan;
import org.thalweg.train.worker.Workers;

/** Times the steps of a training run without saving anything. */
public final class StepTiming {
    private StepTiming() {}

    /**
     * Where a step's time goes with several workers.
     *
     * @param stepMillis the median wall time of a step, its batch included
     * @param exchangeMillis the median time that a step waits for the sums of gradients where they begin after its backward pass
     * @param waitedMillis the same where they begin while it runs, as they do
     * @param bytes sent over the loopback in a step by all workers on this machine, and whatever else uses it; NaN where that
     *     cannot be counted
     */
    public record Shared(double stepMillis, double exchangeMillis, double waitedMillis, double bytes) {}

    /**
     * The median wall time of a step, its batch included, in milliseconds, in this process as it is set up.
     *
     * @param config what to train; its number of epochs does not matter
     * @param warmUp steps to make before the first that counts, 0 or more
     * @param steps steps that count, at least 1
     * @throws IllegalArgumentException if model, batch size and data do not fit together, or a number is out of range
     */
    public static double medianMillis(TrainingConfig config, Dataset data, int warmUp, int steps) {
        return shared(config, data, warmUp, steps, Workers.alone()).stepMillis();
    }

    /** The same of workers that train together, who all call this. */
    public static Shared shared(TrainingConfig config, Dataset data, int warmUp, int steps, Workers workers) {
        if (warmUp < 0 || steps < 1) {
            throw new IllegalArgumentException(
                    "timing needs at least 1 step, and a warm-up of at least 0, but got %d and %d"
                            .formatted(steps, warmUp));
        }
        Plan plan = Training.checkedPlan(config, data, workers.size());
        try (Learner learner = Learner.build(config, data, plan, Engine.start(), workers);
                Batches batches = new Batches(data.augmentedTrain(), new Batching(config.batch()), workers.share())) {
            Shared plain = timed(learner, batches, warmUp, steps);
            if (workers.isAlone()) {
                return plain;
            }
            learner.step().exchange().overlap(false);
            Shared apart = timed(learner, batches, warmUp, steps);
            return new Shared(plain.stepMillis(), apart.waitedMillis(), plain.waitedMillis(), plain.bytes());
        }
    }

    private static Shared timed(Learner learner, Batches batches, int warmUp, int steps) {
        StepTimes times = new StepTimes();
        StepTimes waits = new StepTimes();
        double bytesBefore = Double.NaN;
        int made = 0;
        for (int epoch = 1; made < warmUp + steps; epoch++) {
            long began = System.nanoTime();
            for (Batch batch : batches.shuffled(learner.config().seed(), epoch)) {
                if (made == warmUp) {
                    learner.workers().barrier();
                    bytesBefore = Loopback.bytes();
                    began = System.nanoTime();
                }
                learner.step().run(batch);
                long now = System.nanoTime();
                if (++made > warmUp) {
                    times.add((now - began) / 1e6);
                    waits.add(learner.step().exchange().waitedNanos() / 1e6);
                }
                if (made == warmUp + steps) {
                    break;
                }
                began = now;
            }
        }
        learner.workers().barrier();
        double bytes = (Loopback.bytes() - bytesBefore) / steps;
        return new Shared(times.median(), Double.NaN, waits.median(), bytes);
    }
}
