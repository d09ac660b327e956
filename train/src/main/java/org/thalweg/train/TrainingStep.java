package org.thalweg.train;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.train.data.Batch;
import org.thalweg.train.model.Network;

/** One update: forward, cross-entropy, backward, and the optimizer's step on gradients where they lie. */
public final class TrainingStep {
    private static final int EXPONENT = 0x7F800000;

    private final Network network;
    private final Optimizer optimizer;
    private final List<Parameter> fromTheLoss;

    public TrainingStep(Network network, Optimizer optimizer) {
        this.network = network;
        this.optimizer = optimizer;
        this.fromTheLoss = network.parameters().reversed();
    }

    /**
     * Makes one update. All native memory that it takes is free again when it returns.
     *
     * @return the mean loss over the batch, before the update
     * @throws NonFiniteException if the loss or a gradient is not finite; nothing is updated then
     */
    public double run(Batch batch) {
        try (PointerScope _ = new PointerScope()) {
            network.zeroGradients();
            Tensor loss = torch.cross_entropy(network.forward(batch.inputs(), true), batch.labels());
            loss.backward();
            double value = loss.item_float();
            checkFinite(value);
            optimizer.step();
            return value;
        }
    }

    private void checkFinite(double loss) {
        for (Parameter parameter : fromTheLoss) {
            if (parameter.gradient().filter(gradient -> !isFinite(gradient)).isPresent()) {
                throw new NonFiniteException(optimizer.steps() + 1, loss, parameter.name());
            }
        }
        if (!Double.isFinite(loss)) {
            throw new NonFiniteException(optimizer.steps() + 1, loss, "");
        }
    }

    /** Whether all float32 numbers are finite: those that are not have all bits of the exponent set. */
    static boolean isFinite(MemorySegment numbers) {
        long count = numbers.byteSize() / Float.BYTES;
        int largest = 0;
        for (long i = 0; i < count; i++) {
            largest = Math.max(largest, numbers.getAtIndex(ValueLayout.JAVA_INT, i) & EXPONENT);
        }
        return largest != EXPONENT;
    }
}
