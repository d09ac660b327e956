package org.thalweg.train;

import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.optim.average.AveragedWeights;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Batching;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.noise.NoiseProbe;
import org.thalweg.train.run.RunFiles;
import org.thalweg.train.worker.Workers;

/** The loop: epochs of steps, scores after each epoch, and a checkpoint wherever it is time for one. */
final class TrainingLoop implements AutoCloseable {
    private final TrainingConfig config;
    private final TrainingListener listener;
    private final Learner learner;
    private final RunState state;
    private final Workers workers;
    private final Batches batches;
    private final HeldOut heldOut;
    private final Snapshots snapshots;

    TrainingLoop(RunFiles run, RunState state, Dataset data, TrainingListener listener) {
        this.learner = state.learner();
        this.config = learner.config();
        this.listener = listener;
        this.state = state;
        this.workers = learner.workers();
        BatchSizes.Extent extent = config.sizes().over(data.train().count(), config.epochs());
        this.batches = new Batches(
                data.augmentedTrain(),
                new Batching(extent.largest(), !config.course().keepLast()),
                workers.share());
        this.heldOut = HeldOut.of(learner.network(), data, config.loss(), workers);
        this.snapshots = new Snapshots(run, config.course().snapshots(), extent.batches());
    }

    TrainingResult run() {
        state.record().start();
        if (config.extras().onNonFinite() == OnNonFinite.RESTORE && state.steps() == 0) {
            state.save();
        }
        while (state.position().epoch() <= config.epochs() && !state.best().isLongAgo()) {
            epoch();
        }
        return finish();
    }

    private void epoch() {
        for (Batch batch : restOfEpoch(state.position())) {
            try {
                step(batch);
            } catch (NonFiniteException e) {
                state.goBack(e);
                return; // and on from where it went back to
            }
            stopIfAsked();
        }
        double waited = batches.waitedSeconds();
        try (var _ = swapInAverage()) {
            EpochMetrics metrics = state.record()
                    .epoch(state.position().epoch(), heldOut.validationScore(), heldOut.testScore(), waited);
            learner.schedule().epochEnded(metrics);
            state.best().observe(metrics);
        }
        state.moveTo(state.position().nextEpoch());
        state.save();
        stopIfAsked();
    }

    private Iterable<Batch> restOfEpoch(Position from) {
        return batches.shuffled(
                config.seed(),
                from.epoch(),
                from.taken(),
                batch -> config.sizes().at(from.batches() + batch));
    }

    private void step(Batch batch) {
        double rate = learner.optimizer().rate();
        Engine.seed(state.position().seed(config.seed(), workers.rank()));
        Probes probes = config.course().recording().probes(state.steps() + 1, learner.network(), workers);
        OptionalDouble loss = learner.step().run(batch, probes);
        state.moveTo(state.position().after(batch.whole()));
        state.record().step(state.steps(), state.position().epoch(), loss, rate);
        if (loss.isPresent()) {
            probes.layers().ifPresent(looked -> state.record().layers(looked.statistics(state.steps())));
            probes.noise()
                    .flatMap(NoiseProbe::norms)
                    .ifPresent(norms -> state.record().noise(state.steps(), norms));
            snapshots.stepped(state.steps(), learner.network());
            if (config.course().saving().isDue(state.steps())) {
                state.save();
            }
        }
    }

    /** What a run is scored on: its average, with statistics taken again for it, or its weights as they are. */
    private AveragedWeights.Swapped swapInAverage() {
        Engine.seed(config.seed());
        return learner.step().swapInAverage(batches.shuffled(config.seed(), 1));
    }

    private void stopIfAsked() {
        boolean interrupted = Thread.interrupted();
        if (workers.any(interrupted || listener.stopAsked())) {
            state.save();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw new StoppedException(state.path(), state.steps());
        }
    }

    private TrainingResult finish() {
        int epochs = state.position().epoch() - 1;
        Optional<Score> ensemble = workers.leads()
                ? snapshots.score(state.steps(), learner.network(), heldOut.test(), config.loss())
                : Optional.empty();
        Optional<BestEpoch.Best> best = state.best().answer();
        best.ifPresent(epoch -> state.bringBack(epoch.step()));
        swapInAverage(); // for good: it is what the run was scored on
        return state.record()
                .result(
                        config,
                        learner.network().plan(),
                        epochs,
                        best.map(it -> new RunRecord.Chosen(it.epoch(), heldOut.testScore())),
                        ensemble);
    }

    @Override
    public void close() {
        batches.close();
        heldOut.close();
    }
}
