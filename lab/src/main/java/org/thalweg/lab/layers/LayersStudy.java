package org.thalweg.lab.layers;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.thalweg.lab.trained.Sample;
import org.thalweg.lab.trained.TrainedRun;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Batching;
import org.thalweg.train.data.Examples;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.metrics.LayerProbe;
import org.thalweg.train.metrics.LayerStatistics;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.RunningStatistics;

/**
 * How large each layer's gradient is beside its weights, and how its outputs are spread, before training and after it. Networks
 * compute as in training: normalisation goes by the batch, and dropout drops.
 *
 * @param start before the first step
 * @param end after the last
 */
public record LayersStudy(LayerStatistics start, LayerStatistics end) {
    private static final int LARGEST_BATCH = 128;

    /**
     * Looks into a run's network.
     *
     * @throws IllegalArgumentException if the first weights cannot be rebuilt
     */
    public static LayersStudy of(TrainedRun run, Sample sample) {
        Examples examples = sample.of(run.data());
        Loss loss = run.saved().config().loss();
        try (Network first = run.saved().untrained(run.data().shape())) {
            return new LayersStudy(
                    statistics(first, loss, examples, sample.seed()),
                    statistics(run.network(), loss, examples, sample.seed()));
        }
    }

    /**
     * The statistics of a network as it is; its weights and running statistics stay.
     *
     * @param seed of dropout
     */
    public static LayerStatistics statistics(Network network, Loss loss, Examples examples, long seed) {
        LayerProbe probe = new LayerProbe();
        Engine.seed(seed);
        network.zeroGradients();
        try (RunningStatistics.Kept _ = network.statistics().keep();
                Batches batches = new Batches(examples, new Batching(batch(examples.count()), false))) {
            for (Batch batch : batches.inOrder()) {
                try (PointerScope _ = new PointerScope()) {
                    Scalar share = new Scalar((double) batch.count() / examples.count());
                    loss.mean(network.forward(batch.inputs(), true, probe), batch.targets())
                            .multiply(share)
                            .backward();
                }
            }
            probe.measure(network.parameters());
        }
        network.zeroGradients();
        return probe.statistics(1);
    }

    /** So many that no batch is left with a single example, of which normalisation has no variance. */
    private static int batch(int count) {
        int size = Math.min(count, LARGEST_BATCH);
        while (size > 2 && count % size == 1) {
            size--;
        }
        return size;
    }
}
