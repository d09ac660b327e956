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
 * @param parts in how many parts the batch goes through the network: memory is taken for one at a time
 */
record BatchGradient(Network network, Loss loss, int parts) {
    /** Leaves the gradient with the network's parameters, and gives the mean loss. */
    double take(Batch batch) {
        return take(batch, Optional.empty());
    }

    /** The same, watched. */
    double take(Batch batch, Optional<LayerProbe> probe) {
        network.zeroGradients();
        double mean = 0;
        for (int part = 0; part < parts; part++) {
            try (PointerScope _ = new PointerScope()) {
                mean += takePart(parts == 1 ? batch : batch.part(part, parts), batch.count(), probe);
            }
        }
        return mean;
    }

    /** Adds a part's share of the mean. */
    private double takePart(Batch part, int all, Optional<LayerProbe> probe) {
        double share = (double) part.count() / all;
        Tensor outputs = probe.map(watcher -> network.forward(part.inputs(), true, watcher))
                .orElseGet(() -> network.forward(part.inputs(), true));
        Tensor mean = loss.mean(outputs, part.targets());
        (share == 1 ? mean : mean.multiply(new Scalar(share))).backward();
        return share * mean.item_float();
    }
}
