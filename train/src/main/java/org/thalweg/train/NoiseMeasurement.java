package org.thalweg.train;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Batching;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.RunningStatistics;
import org.thalweg.train.noise.NoiseMeter;
import org.thalweg.train.noise.NoiseProbe;
import org.thalweg.train.noise.NoiseScale;
import org.thalweg.train.worker.Workers;

/**
 * How the gradient noise scale of weights that stay as they are is measured.
 *
 * @param batch examples in each measurement, drawn from the training part; larger ones tell more of the gradient
 * @param pieces that each batch is taken in, at least 2
 * @param measurements at least 2, for one has no standard error
 */
public record NoiseMeasurement(int batch, int pieces, int measurements) {
    public NoiseMeasurement {
        if (pieces < 2 || pieces > batch) {
            throw new IllegalArgumentException(
                    "a batch of %,d examples is measured in 2 to %,d pieces, not %,d".formatted(batch, batch, pieces));
        }
        if (measurements < 2) {
            throw new IllegalArgumentException("2 or more measurements have a standard error, not " + measurements);
        }
    }

    /**
     * Measures it, on batches that are drawn without replacement until the training part is used up, and then anew. Weights and
     * running statistics are left as they were.
     *
     * @param seed of the draw
     * @throws IllegalArgumentException if the batch is larger than the training part
     */
    public NoiseScale of(Network network, Loss loss, Dataset data, long seed) {
        NoiseMeter meter = new NoiseMeter(1);
        BatchGradient gradient =
                new BatchGradient(network, loss, new Accumulation(pieces, 0), new GradientExchange.Alone(network));
        try (Batches batches = new Batches(data.augmentedTrain(), new Batching(batch));
                RunningStatistics.Kept _ = network.statistics().keep()) {
            for (int epoch = 1, made = 0; made < measurements; epoch++) {
                for (Batch examples : batches.shuffled(seed, epoch)) {
                    measure(examples, gradient, meter);
                    if (++made == measurements) {
                        break;
                    }
                }
            }
        }
        network.zeroGradients();
        return meter.scale()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no gradient of these weights is finite: measure a run that has not diverged"));
    }

    private static void measure(Batch examples, BatchGradient gradient, NoiseMeter meter) {
        try (PointerScope _ = new PointerScope()) {
            NoiseProbe probe = new NoiseProbe(gradient.network().tensors(), Workers.alone());
            gradient.take(examples, new Probes(Optional.empty(), Optional.of(probe)), true);
            probe.norms().ifPresent(meter::add);
        }
    }
}
