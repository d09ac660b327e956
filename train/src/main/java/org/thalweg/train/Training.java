package org.thalweg.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Shape;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.metrics.Examination;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.Plan;
import org.thalweg.train.run.Document;
import org.thalweg.train.run.RunDirectory;
import org.thalweg.train.run.RunException;
import org.thalweg.train.run.RunFiles;
import org.thalweg.train.run.SharedRun;
import org.thalweg.train.tensorboard.TensorBoard;
import org.thalweg.train.worker.Workers;
import org.thalweg.train.worker.WorkersException;

/** A training run from data to a directory that holds everything about it. */
public final class Training {
    private Training() {}

    /**
     * Trains, and saves configuration, metrics, checkpoints and weights in a new directory. Interrupting the thread, or a
     * listener that asks for it, stops the run between two steps; {@link #resume} goes on.
     *
     * @param runs where the run's directory is made
     * @throws IllegalArgumentException if model, batch size and data do not fit together
     * @throws NonFiniteException if the loss or a gradient is not finite; the directory keeps the weights from before
     * @throws StoppedException if the run was stopped; the directory keeps a checkpoint, and the weights so far
     * @throws RunException if the directory cannot be written; what was saved in it before stays
     */
    public static TrainingResult run(TrainingConfig config, Dataset data, Path runs, TrainingListener listener) {
        return run(config, data, runs, listener, Workers.alone());
    }

    /**
     * Trains together with other workers, which are given the same configuration and data. What comes of it does not depend on
     * how many there are, but for rounding, batch normalisation and dropout. Rank 0 writes the directory.
     *
     * @throws IllegalArgumentException also if the workers are not given the same
     * @throws WorkersException if another worker fails, ends, stops or is cut off; the directory keeps the latest checkpoint
     */
    public static TrainingResult run(
            TrainingConfig config, Dataset data, Path runs, TrainingListener listener, Workers workers) {
        Plan plan = checkedPlan(config, data, workers.size());
        Engine engine = Engine.start();
        Agreement.check(workers, config, data, plan, engine);
        return together(workers, () -> {
            try (Learner learner = Learner.build(config, data, plan, engine, workers);
                    RunFiles run = SharedRun.of(workers, () -> RunDirectory.create(runs, name(config, data)))) {
                run.directory()
                        .ifPresent(
                                directory -> { // before the configuration, which names them
                                    learner.network().exportScripts(directory.path());
                                });
                run.config(ConfigJson.of(config, data, plan, engine));
                TrainingListener all = withTensorBoard(config, run, listener);
                all.started(run.path(), plan, config.steps(data));
                learner.stateMemory().ifPresent(all::remark);
                return train(run, new RunState(run, learner, all), data, all);
            }
        });
    }

    private static String name(TrainingConfig config, Dataset data) {
        return data.name() + "-" + config.model().name();
    }

    /** Lets no worker leave before all are done, and none wait for one that failed. */
    private static TrainingResult together(Workers workers, Supplier<TrainingResult> training) {
        try {
            TrainingResult result = training.get();
            workers.barrier();
            return result;
        } catch (WorkersException | StoppedException | NonFiniteException e) {
            throw e; // as the others do
        } catch (RuntimeException | Error e) {
            workers.fail(e);
            throw e;
        }
    }

    /**
     * Goes on with a run that was stopped, at its latest checkpoint, as if it had never stopped: with the same number of threads
     * on the same machine it ends with the same bits. A run that is completed is answered at once.
     *
     * @param path the run's directory
     * @param data the data that it was begun with
     * @throws IllegalArgumentException if it is no run's directory, or the data is not the one that it was begun with
     * @throws DataException if its configuration is damaged
     * @throws RunException if the run goes on in another process, or no checkpoint of it can be used
     */
    public static TrainingResult resume(Path path, Dataset data, TrainingListener listener) {
        return resume(path, data, listener, Workers.alone());
    }

    /** The same together with other workers, as many as there are now. */
    public static TrainingResult resume(Path path, Dataset data, TrainingListener listener, Workers workers) {
        return resume(path, json -> ConfigJson.read(json, path), data, listener, workers);
    }

    /**
     * Goes on with a run that no file can describe, since its rule or a schedule is code of one's own.
     *
     * @param config what the run was begun with
     */
    public static TrainingResult resume(Path path, TrainingConfig config, Dataset data, TrainingListener listener) {
        return resume(path, config, data, listener, Workers.alone());
    }

    /** The same together with other workers, as many as there are now. */
    public static TrainingResult resume(
            Path path, TrainingConfig config, Dataset data, TrainingListener listener, Workers workers) {
        return resume(path, _ -> config, data, listener, workers);
    }

    private static TrainingResult resume(
            Path path,
            Function<Document, TrainingConfig> config,
            Dataset data,
            TrainingListener listener,
            Workers workers) {
        return together(workers, () -> {
            try (RunFiles run = SharedRun.of(workers, () -> RunDirectory.open(path))) {
                Optional<TrainingResult> completed = run.result().map(json -> RunRecord.result(run.path(), json));
                return completed.orElseGet(() -> resume(run, config, data, listener, workers));
            }
        });
    }

    private static TrainingResult resume(
            RunFiles run,
            Function<Document, TrainingConfig> reader,
            Dataset data,
            TrainingListener listener,
            Workers workers) {
        Document json = run.config();
        TrainingConfig config = reader.apply(json);
        ConfigJson.checkData(json, data, run.path());
        Plan plan = checkedPlan(config, data, workers.size());
        Engine engine = Engine.start();
        Agreement.check(workers, config, data, plan, engine);
        ConfigJson.differences(json, engine).ifPresent(listener::remark);
        try (Learner learner = Learner.build(config, data, plan, engine, workers)) {
            TrainingListener all = withTensorBoard(config, run, listener);
            RunState state = new RunState(run, learner, all);
            long steps = state.resume();
            all.started(run.path(), plan, config.steps(data));
            learner.stateMemory().ifPresent(all::remark);
            all.resumed(steps);
            return train(run, state, data, all);
        }
    }

    private static TrainingListener withTensorBoard(TrainingConfig config, RunFiles run, TrainingListener listener) {
        return run.directory()
                .filter(_ -> config.course().recording().tensorBoard())
                .map(directory -> TrainingListener.all(List.of(listener, new TensorBoard(directory))))
                .orElse(listener);
    }

    private static TrainingResult train(RunFiles run, RunState state, Dataset data, TrainingListener listener) {
        try (TrainingLoop loop = new TrainingLoop(run, state, data, listener)) {
            TrainingResult result = loop.run();
            Network network = state.learner().network();
            run.weights(network);
            run.directory()
                    .ifPresent(directory -> Examination.of(
                                    network,
                                    data.test(),
                                    state.learner().config().loss(),
                                    data.form().targetScale())
                            .map(Examination::json)
                            .ifPresent(directory::examination));
            state.record().finish(result);
            return result;
        } catch (StoppedException e) {
            run.weights(state.learner().network());
            state.record().ended("stopped", state.steps(), e);
            throw e;
        } catch (NonFiniteException e) {
            run.weights(state.learner().network());
            state.record().ended("failure", state.steps(), e);
            throw e;
        } catch (DataException e) {
            if (state.learner().workers().isAlone()) { // the others are in the middle of a step
                state.save(); // without the line that follows
            }
            state.record().ended("failure", state.steps(), e);
            throw e;
        }
    }

    static Plan checkedPlan(TrainingConfig config, Dataset data, int workers) {
        BatchSizes.Extent extent = config.sizes().over(data.train().count(), config.epochs());
        Plan plan = config.model().plan(data.shape());
        config.loss().check(data.task());
        if (!config.loss().takes(plan.output(), data.task(), data.shape())) {
            Shape asked = config.loss().output(data.task(), data.shape());
            throw new IllegalArgumentException("model %s ends with %s numbers, but %s asks for %s: %s"
                    .formatted(config.model().name(), plan.output(), data.name(), data.task(), asked));
        }
        checkParts(config, extent, plan, workers);
        if (config.course().stopping().isPresent() && data.validation().isEmpty()) {
            throw new IllegalArgumentException(
                    "early stopping watches validation examples: set some aside, or train to the end");
        }
        config.course().stopping().ifPresent(early -> early.check(data.task()));
        return plan;
    }

    private static void checkParts(TrainingConfig config, BatchSizes.Extent extent, Plan plan, int workers) {
        if (workers > extent.largest()) {
            throw new IllegalArgumentException(
                    "%,d workers cannot share a batch of %,d examples: start fewer, or ask for a larger batch"
                            .formatted(workers, extent.largest()));
        }
        Accumulation accumulation = config.extras().accumulation();
        if (accumulation.of(extent.smallest()) > extent.smallest()) {
            throw new IllegalArgumentException("a batch of %,d examples cannot go through in %,d parts"
                    .formatted(extent.smallest(), accumulation.of(extent.smallest())));
        }
        int smallest = accumulation.smallestPart(extent.smallest() / workers, extent.largest() / workers);
        if (plan.smallestBatch() > 1 && smallest < plan.smallestBatch()) {
            throw new IllegalArgumentException("batch normalisation needs at least two values for each channel;"
                    + " ask for a batch size, or parts and workers' pieces of it, of 2 or more");
        }
        boolean joint = config.sharing().norms() == Sharing.Norms.SYNC && workers > 1;
        if (joint && (accumulation.largest() > 0 || extent.smallest() / workers < accumulation.parts())) {
            throw new IllegalArgumentException(
                    "batch normalisation over the whole batch needs all workers to go through it in as many parts:"
                            + " ask for larger batches, and for --accumulate instead of --micro-batch");
        }
        if (config.course().recording().noiseEvery() > 0 && workers == 1 && accumulation.of(extent.largest()) < 2) {
            throw new IllegalArgumentException(
                    "the gradient's noise shows between the parts of a batch: let each go through the network"
                            + " in 2 parts or more (--accumulate 2), or train with 2 workers or more");
        }
    }
}
