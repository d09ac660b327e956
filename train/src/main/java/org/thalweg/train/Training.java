package org.thalweg.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
import org.thalweg.train.tensorboard.TensorBoard;

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
        Plan plan = checkedPlan(config, data);
        Engine engine = Engine.start();
        try (Learner learner = Learner.build(config, data, plan, engine);
                RunDirectory run = RunDirectory.create(
                        runs, data.name() + "-" + config.model().name())) {
            learner.network().exportScripts(run.path()); // before the configuration, which names them
            run.config(ConfigJson.of(config, data, plan, engine));
            TrainingListener all = withTensorBoard(config, run, listener);
            all.started(run.path(), plan, config.steps(data));
            return train(run, new RunState(run, learner, all), data, all);
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
        return resume(path, json -> ConfigJson.read(json, path), data, listener);
    }

    /**
     * Goes on with a run that no file can describe, since its rule or a schedule is code of one's own.
     *
     * @param config what the run was begun with
     */
    public static TrainingResult resume(Path path, TrainingConfig config, Dataset data, TrainingListener listener) {
        return resume(path, _ -> config, data, listener);
    }

    private static TrainingResult resume(
            Path path, Function<Document, TrainingConfig> config, Dataset data, TrainingListener listener) {
        try (RunDirectory run = RunDirectory.open(path)) {
            Optional<TrainingResult> completed = run.result().map(json -> RunRecord.result(path, json));
            return completed.isPresent() ? completed.get() : resume(run, config, data, listener);
        }
    }

    private static TrainingResult resume(
            RunDirectory run, Function<Document, TrainingConfig> reader, Dataset data, TrainingListener listener) {
        Document json = run.config();
        TrainingConfig config = reader.apply(json);
        ConfigJson.checkData(json, data, run.path());
        Plan plan = checkedPlan(config, data);
        Engine engine = Engine.start();
        ConfigJson.differences(json, engine).ifPresent(listener::remark);
        try (Learner learner = Learner.build(config, data, plan, engine)) {
            TrainingListener all = withTensorBoard(config, run, listener);
            RunState state = new RunState(run, learner, all);
            long steps = state.resume();
            all.started(run.path(), plan, config.steps(data));
            all.resumed(steps);
            return train(run, state, data, all);
        }
    }

    private static TrainingListener withTensorBoard(
            TrainingConfig config, RunDirectory run, TrainingListener listener) {
        return config.course().recording().tensorBoard()
                ? TrainingListener.all(List.of(listener, new TensorBoard(run)))
                : listener;
    }

    private static TrainingResult train(RunDirectory run, RunState state, Dataset data, TrainingListener listener) {
        try (TrainingLoop loop = new TrainingLoop(run, state, data, listener)) {
            TrainingResult result = loop.run();
            Network network = state.learner().network();
            run.weights(network);
            Examination.of(
                            network,
                            data.test(),
                            state.learner().config().loss(),
                            data.form().targetScale())
                    .map(Examination::json)
                    .ifPresent(run::examination);
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
            state.save(); // without the line that follows
            state.record().ended("failure", state.steps(), e);
            throw e;
        }
    }

    static Plan checkedPlan(TrainingConfig config, Dataset data) {
        BatchSizes.Extent extent = config.sizes().over(data.train().count(), config.epochs());
        Plan plan = config.model().plan(data.shape());
        config.loss().check(data.task());
        if (!config.loss().takes(plan.output(), data.task(), data.shape())) {
            Shape asked = config.loss().output(data.task(), data.shape());
            throw new IllegalArgumentException("model %s ends with %s numbers, but %s asks for %s: %s"
                    .formatted(config.model().name(), plan.output(), data.name(), data.task(), asked));
        }
        int parts = config.extras().parts();
        if (parts > extent.smallest()) {
            throw new IllegalArgumentException(
                    "a batch of %,d examples cannot go through in %,d parts".formatted(extent.smallest(), parts));
        }
        if (extent.smallest() / parts < plan.smallestBatch()) {
            throw new IllegalArgumentException("batch normalisation needs at least two values for each channel;"
                    + " ask for a batch size, or parts of it, of 2 or more");
        }
        if (config.course().stopping().isPresent() && data.validation().isEmpty()) {
            throw new IllegalArgumentException(
                    "early stopping watches validation examples: set some aside, or train to the end");
        }
        config.course().stopping().ifPresent(early -> early.check(data.task()));
        return plan;
    }
}
