package org.thalweg.train;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.train.data.Batch;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.metrics.LayerProbe;
import org.thalweg.train.model.Network;
import org.thalweg.train.noise.NoiseProbe;

/**
 * The gradient of a batch's mean loss.
 *
 * @param accumulation in how many parts this worker's piece of the batch goes through the network: memory is taken for one at a
 *     time
 * @param exchange what makes the workers' gradients one
 */
record BatchGradient(Network network, Loss loss, Accumulation accumulation, GradientExchange exchange) {
    /** Leaves the gradient with the network's parameters, and gives the mean loss. */
    double take(Batch batch) {
        return take(batch, Probes.NONE, false);
    }

    /**
     * The same, watched.
     *
     * @param everywhere whether all workers need all of the gradient, and not each that of its own weights alone
     */
    double take(Batch batch, Probes probes, boolean everywhere) {
        exchange.clear();
        int filled = Math.min(accumulation.of(batch.count()), batch.count()); // a piece may have few examples, or none
        double mean = 0;
        for (int number = 0; number < filled; number++) {
            if (number == filled - 1
                    && probes.noise().isEmpty()) { // the noise is taken from gradients before they are summed
                exchange.beginLast();
            }
            try (PointerScope _ = new PointerScope()) {
                Batch part = filled == 1 ? batch : batch.part(number, filled);
                mean += takePart(part, probes.layers());
            }
            int count = batch.partSize(number, filled);
            probes.noise()
                    .ifPresent(it -> it.piece(count, batch.whole())); // not in the scope that is freed with the part
        }
        probes.noise().ifPresent(NoiseProbe::putBack);
        double loss = exchange.complete(mean, everywhere || probes.anything());
        probes.noise().ifPresent(it -> it.finish(batch.whole()));
        return loss;
    }

    /** Adds a part's share of the mean. */
    private double takePart(Batch part, Optional<LayerProbe> probe) {
        double weight = part.weight();
        Tensor outputs = probe.map(watcher -> network.forward(part.inputs(), true, watcher))
                .orElseGet(() -> network.forward(part.inputs(), true));
        Tensor mean = loss.mean(outputs, part.targets());
        (weight == 1 ? mean : mean.multiply(new Scalar(weight))).backward();
        return weight * mean.item_float();
    }
}
