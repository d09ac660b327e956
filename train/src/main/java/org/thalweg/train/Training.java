package org.thalweg.train;

import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Optimizer;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Shape;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.metrics.Examination;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.Plan;
import org.thalweg.train.run.RunDirectory;

/** A training run from data to a directory that holds everything about it. */
public final class Training {
    private Training() {}

    /**
     * Trains, and saves configuration, metrics and weights in a new directory. Interrupting the thread stops the run
     * between two steps.
     *
     * @param runs where the run's directory is made
     * @throws IllegalArgumentException if model, batch size and data do not fit together
     * @throws NonFiniteException if the loss or a gradient is not finite; the directory keeps the weights from before
     * @throws CancellationException if the thread was interrupted; the directory keeps the weights so far
     */
    public static TrainingResult run(TrainingConfig asked, Dataset data, Path runs, TrainingListener listener) {
        TrainingConfig config = asked.with(LiveSchedule.of(asked.schedule(), data));
        Plan plan = checkedPlan(config, data);
        Engine engine = Engine.start();
        try (RunDirectory run = RunDirectory.create(
                        runs, data.name() + "-" + config.model().name());
                Network network = Network.build(plan, config.seed());
                Optimizer optimizer = optimizer(config, network, engine)) {
            RunRecord record = new RunRecord(run, listener);
            record.start(config, data, plan, engine);
            try {
                TrainingResult result = train(config, data, network, optimizer, record);
                run.weights(network);
                Examination.of(network, data.test(), config.loss())
                        .map(Examination::json)
                        .ifPresent(run::examination);
                record.finish(result);
                return result;
            } catch (NonFiniteException | CancellationException e) {
                run.weights(network);
                record.failed(optimizer.steps(), e);
                throw e;
            }
        }
    }

    private static TrainingResult train(
            TrainingConfig config, Dataset data, Network network, Optimizer optimizer, RunRecord record) {
        try (Batches batches = new Batches(data.train(), config.batch());
                HeldOut heldOut = HeldOut.of(network, data, config.loss());
                TrainingStep step = new TrainingStep(network, optimizer, config.loss(), config.extras())) {
            Iterable<Batch> forStatistics = batches.shuffled(config.seed(), 1);
            for (int epoch = 1; epoch <= config.epochs(); epoch++) {
                for (Batch batch : batches.shuffled(config.seed(), epoch)) {
                    double rate = optimizer.rate();
                    OptionalDouble loss = step.run(batch);
                    record.step(optimizer.steps(), epoch, loss, rate);
                    stopIfInterrupted(optimizer.steps());
                }
                try (var _ = step.swapInAverage(forStatistics)) {
                    EpochMetrics metrics = record.epoch(epoch, heldOut.validationScore(), heldOut.testScore());
                    LiveSchedule.epochEnded(config.schedule(), metrics);
                }
            }
            step.swapInAverage(forStatistics); // for good: it is what the run was scored on
        }
        return record.result(config, config.model().plan(data.shape()));
    }

    static Plan checkedPlan(TrainingConfig config, Dataset data) {
        Batches.checkSize(config.batch(), data.train().count());
        Plan plan = config.model().plan(data.shape());
        config.loss().check(data.task());
        if (!config.loss().takes(plan.output(), data.task(), data.shape())) {
            Shape asked = config.loss().output(data.task(), data.shape());
            throw new IllegalArgumentException("model %s ends with %s numbers, but %s asks for %s: %s"
                    .formatted(config.model().name(), plan.output(), data.name(), data.task(), asked));
        }
        int parts = config.extras().parts();
        if (parts > config.batch()) {
            throw new IllegalArgumentException(
                    "a batch of %,d examples cannot go through in %,d parts".formatted(config.batch(), parts));
        }
        if (config.batch() / parts < plan.smallestBatch()) {
            throw new IllegalArgumentException("batch normalisation needs at least two values for each channel;"
                    + " ask for a batch size, or parts of it, of 2 or more");
        }
        return plan;
    }

    static Optimizer optimizer(TrainingConfig config, Network network, Engine engine) {
        Execution execution = new Execution(engine.setup().threads(), Execution.Kernels.VECTOR);
        return Optimizer.of(
                config.extras().groups(config.rule(), network.parameters()),
                config.schedule(),
                config.extras().state(),
                execution);
    }

    private static void stopIfInterrupted(long steps) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("training was interrupted after step " + steps);
        }
    }
}
