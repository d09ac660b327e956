package org.thalweg.train;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.train.data.Batch;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.metrics.LayerProbe;
import org.thalweg.train.model.Network;

/**
 * The gradient of a batch's mean loss.
 *
 * @param parts in how many parts this worker's piece of the batch goes through the network: memory is taken for one at a time
 * @param exchange what makes the workers' gradients one
 */
record BatchGradient(Network network, Loss loss, int parts, GradientExchange exchange) {
    /** Leaves the gradient with the network's parameters, and gives the mean loss. */
    double take(Batch batch) {
        return take(batch, Optional.empty());
    }

    /** The same, watched. */
    double take(Batch batch, Optional<LayerProbe> probe) {
        exchange.clear();
        int filled = Math.min(parts, batch.count()); // a worker's piece may have few examples, or none
        double mean = 0;
        for (int part = 0; part < filled; part++) {
            if (part == filled - 1) {
                exchange.beginLast();
            }
            try (PointerScope _ = new PointerScope()) {
                mean += takePart(filled == 1 ? batch : batch.part(part, filled), probe);
            }
        }
        return exchange.complete(mean);
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
