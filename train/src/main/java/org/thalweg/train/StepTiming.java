package org.thalweg.train;

import org.thalweg.optim.Optimizer;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.model.Plan;
import org.thalweg.train.worker.Workers;

/** Times the steps of a training run without saving anything. */
public final class StepTiming {
    private StepTiming() {}

    /**
     * The median wall time of a step, its batch included, in milliseconds, in this process as it is set up.
     *
     * @param config what to train; its number of epochs does not matter
     * @param warmUp steps to make before the first that counts, 0 or more
     * @param steps steps that count, at least 1
     * @throws IllegalArgumentException if model, batch size and data do not fit together, or a number is out of range
     */
    public static double medianMillis(TrainingConfig config, Dataset data, int warmUp, int steps) {
        if (warmUp < 0 || steps < 1) {
            throw new IllegalArgumentException(
                    "timing needs at least 1 step, and a warm-up of at least 0, but got %d and %d"
                            .formatted(steps, warmUp));
        }
        StepTimes times = new StepTimes();
        Plan plan = Training.checkedPlan(config, data, 1);
        try (Learner learner = Learner.build(config, data, plan, Engine.start(), Workers.alone());
                Batches batches = new Batches(data.augmentedTrain(), config.batch())) {
            Optimizer optimizer = learner.optimizer();
            for (int epoch = 1; optimizer.steps() < warmUp + steps; epoch++) {
                long began = System.nanoTime();
                for (Batch batch : batches.shuffled(config.seed(), epoch)) {
                    learner.step().run(batch);
                    long now = System.nanoTime();
                    if (optimizer.steps() > warmUp && optimizer.steps() <= warmUp + steps) {
                        times.add((now - began) / 1e6);
                    }
                    if (optimizer.steps() == warmUp + steps) {
                        break;
                    }
                    began = now;
                }
            }
        }
        return times.median();
    }
}
