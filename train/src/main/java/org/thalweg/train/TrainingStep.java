package org.thalweg.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.average.AveragedWeights;
import org.thalweg.optim.average.SlowWeights;
import org.thalweg.optim.sharpness.Ascent;
import org.thalweg.train.data.Batch;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.RunningStatistics;
import org.thalweg.train.worker.Workers;

/**
 * One update: forward, loss, backward, and the optimizer's step on gradients where they lie, with what {@link
 * Extras} put around it.
 */
public final class TrainingStep implements AutoCloseable {
    /** As many in a row are no accident that passes. */
    private static final int MOST_SKIPPED_IN_A_ROW = 50;

    private final Workers workers;
    private final Network network;
    private final Optimizer optimizer;
    private final GradientExchange exchange;
    private final BatchGradient gradient;
    private final boolean skipNonFinite;
    private final FiniteGradients finite;
    private final Optional<Ascent> ascent;
    private final Optional<SlowWeights> slow;
    private final Optional<AveragedWeights> average;
    private Skips skips = new Skips(0, 0);

    /** Updates that were left out, in all and since the last one that was made. */
    record Skips(long all, int inARow) {}

    /** The optimizer's step on the gradient of the mean cross-entropy alone. */
    public TrainingStep(Network network, Optimizer optimizer) {
        this(network, optimizer, new CrossEntropy(), Extras.NONE);
    }

    /** The optimizer's step with what is around it. */
    public TrainingStep(Network network, Optimizer optimizer, Loss loss, Extras extras) {
        this(network, optimizer, loss, extras, Workers.alone(), Sharing.PLAIN);
    }

    /**
     * The same of several workers, who all take this step together, each with its piece of the batch. Their networks and
     * optimizers must be equal: built from the same seed, or restored from the same state.
     */
    public TrainingStep(Network network, Optimizer optimizer, Loss loss, Extras extras, Workers workers) {
        this(network, optimizer, loss, extras, workers, Sharing.PLAIN);
    }

    /** The same with the work shared as asked; with sharded state the optimizer has the worker's own parameters alone. */
    TrainingStep(Network network, Optimizer optimizer, Loss loss, Extras extras, Workers workers, Sharing sharing) {
        Execution execution = new Execution(Engine.start().setup().threads(), Execution.Kernels.VECTOR);
        List<Parameter> parameters = network.parameters();
        this.workers = workers;
        this.network = network;
        this.optimizer = optimizer;
        this.exchange = GradientExchange.of(network, workers, sharing);
        this.gradient = new BatchGradient(network, loss, extras.accumulation(), exchange);
        this.skipNonFinite = extras.onNonFinite() == OnNonFinite.SKIP;
        this.finite = new FiniteGradients(
                Ownership.of(network, workers, sharing)
                        .of(workers.rank(), parameters)
                        .reversed(),
                workers,
                sharing);
        this.ascent = extras.sharpness().map(wanted -> new Ascent(wanted, parameters, execution));
        this.slow = extras.lookahead().map(wanted -> new SlowWeights(wanted, parameters, execution));
        this.average = extras.average().map(wanted -> new AveragedWeights(wanted, parameters, execution));
    }

    /**
     * Makes one update. All native memory that it takes is free again when it returns.
     *
     * @return the mean loss over the batch, before the update; none if the update was skipped
     * @throws NonFiniteException if the loss or a gradient is not finite and is not to be skipped, or after 50 skipped
     *     updates in a row; nothing is updated then
     */
    public OptionalDouble run(Batch batch) {
        return run(batch, Probes.NONE);
    }

    /** Makes one update, the same as {@link #run(Batch)} does, while probes look on. */
    public OptionalDouble run(Batch batch, Probes probes) {
        try (PointerScope _ = new PointerScope()) {
            double loss = gradient.take(batch, probes, ascent.isPresent());
            probes.layers().ifPresent(looking -> looking.measure(network.parameters()));
            Optional<NonFiniteException> failure = failure(loss).or(() -> takeOnTheHeight(batch));
            if (failure.isPresent()) {
                skip(failure.get());
                return OptionalDouble.empty();
            }
            optimizer.step();
            exchange.exchangeWeights();
            skips = new Skips(skips.all(), 0);
            slow.ifPresent(SlowWeights::update);
            average.ifPresent(AveragedWeights::update);
            return OptionalDouble.of(loss);
        }
    }

    /** The gradient where the loss is highest nearby; running statistics stay those of the weights themselves. */
    private Optional<NonFiniteException> takeOnTheHeight(Batch batch) {
        if (ascent.isEmpty()) {
            return Optional.empty();
        }
        try (RunningStatistics.Kept _ = network.statistics().keep();
                Ascent.Height _ = ascent.get().climb()) {
            return failure(gradient.take(batch));
        }
    }

    private Optional<NonFiniteException> failure(double loss) {
        Optional<String> bad = finite.firstBad();
        return bad.isEmpty() && Double.isFinite(loss)
                ? Optional.empty()
                : Optional.of(new NonFiniteException(optimizer.steps() + 1, loss, bad.orElse("")));
    }

    private void skip(NonFiniteException failure) {
        if (!skipNonFinite || skips.inARow() == MOST_SKIPPED_IN_A_ROW) {
            throw failure;
        }
        skips = new Skips(skips.all() + 1, skips.inARow() + 1);
    }

    /** Updates that were left out because a number was not finite. */
    public long skipped() {
        return skips.all();
    }

    Skips skips() {
        return skips;
    }

    void restore(Skips saved) {
        skips = saved;
    }

    GradientExchange exchange() {
        return exchange;
    }

    Optional<SlowWeights> slow() {
        return slow;
    }

    Optional<AveragedWeights> average() {
        return average;
    }

    /**
     * Brings the average of the weights, if one is kept, into the network until the answer is closed, with batch
     * normalisation's statistics taken again for it. While no weights have been averaged, the weights stay as they are. With
     * several workers, all have rank 0's statistics afterwards.
     *
     * @param batches training examples for the statistics
     */
    public AveragedWeights.Swapped swapInAverage(Iterable<Batch> batches) {
        if (average.isEmpty() || average.get().isEmpty()) {
            workers.fromLeader(network.statistics().memory());
            return () -> {};
        }
        RunningStatistics.Kept statistics = network.statistics().keep();
        AveragedWeights.Swapped weights = average.get().swapIn();
        network.statistics().takeAgain(batches);
        workers.fromLeader(network.statistics().memory());
        return () -> {
            weights.close();
            statistics.close();
        };
    }

    /** Frees what the extras took; an average that is swapped in stays in the network. */
    @Override
    public void close() {
        exchange.close();
        ascent.ifPresent(Ascent::close);
        slow.ifPresent(SlowWeights::close);
        average.ifPresent(AveragedWeights::close);
    }
}
