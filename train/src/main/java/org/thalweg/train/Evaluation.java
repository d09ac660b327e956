package org.thalweg.train;

import java.util.LinkedHashMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Task;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.model.Network;

/** Scores a network on examples it does not learn from. */
public final class Evaluation implements AutoCloseable {
    private static final int LARGEST_BATCH = 128;

    private final Network network;
    private final Loss loss;
    private final Batches batches;
    private final Examples examples;

    /** Prepares to score the network on all of the examples, with the usual loss of their task. */
    public Evaluation(Network network, Examples examples) {
        this(network, examples, Loss.standard(examples.task()));
    }

    /** Prepares to score the network on all of the examples. */
    public Evaluation(Network network, Examples examples, Loss loss) {
        this.network = network;
        this.loss = loss;
        this.examples = examples;
        this.batches = new Batches(examples, Math.min(examples.count(), LARGEST_BATCH));
    }

    /** The score with the weights as they are now: running statistics, no dropout, no gradients. */
    public Score score() {
        boolean classes = examples.task() instanceof Task.Classification;
        double losses = 0;
        long right = 0;
        for (Batch batch : batches.inOrder()) {
            try (PointerScope _ = new PointerScope()) {
                NoGradGuard _ = new NoGradGuard();
                Tensor outputs = network.forward(batch.inputs(), false);
                losses += loss.mean(outputs, batch.targets()).item_double() * batch.count();
                right += classes ? right(loss.scores(outputs), batch.targets()) : 0;
            }
        }
        int count = examples.count();
        return classes
                ? new Score(losses / count, (double) right / count)
                : new Score(losses / count, new LinkedHashMap<>());
    }

    private static long right(Tensor scores, Tensor labels) {
        return scores.argmax(new LongOptional(1), false).eq(labels).sum().item_long();
    }

    @Override
    public void close() {
        batches.close();
    }
}
