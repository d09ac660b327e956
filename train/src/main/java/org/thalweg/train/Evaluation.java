package org.thalweg.train;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Examples;
import org.thalweg.train.model.Network;

/** Scores a network on examples it does not learn from. */
public final class Evaluation implements AutoCloseable {
    private static final int LARGEST_BATCH = 128;

    private final Network network;
    private final Batches batches;
    private final int count;

    /** Prepares to score the network on all of the examples. */
    public Evaluation(Network network, Examples examples) {
        this.network = network;
        this.count = examples.count();
        this.batches = new Batches(examples, Math.min(count, LARGEST_BATCH));
    }

    /** The score with the weights as they are now: running statistics, no dropout, no gradients. */
    public Score score() {
        double loss = 0;
        long right = 0;
        for (Batch batch : batches.inOrder()) {
            try (PointerScope _ = new PointerScope()) {
                NoGradGuard _ = new NoGradGuard();
                Tensor scores = network.forward(batch.inputs(), false);
                loss += torch.cross_entropy(scores, batch.labels()).item_double() * batch.count();
                right += scores.argmax(new org.bytedeco.pytorch.LongOptional(1), false)
                        .eq(batch.labels())
                        .sum()
                        .item_long();
            }
        }
        return new Score(loss / count, (double) right / count);
    }

    @Override
    public void close() {
        batches.close();
    }
}
