package org.thalweg.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Task;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.metrics.Answers;
import org.thalweg.train.metrics.Metric;
import org.thalweg.train.model.Network;

/** Scores a network on examples it does not learn from. */
public final class Evaluation implements AutoCloseable {
    /** Examples that go through the network at once, at most. */
    public static final int LARGEST_BATCH = 128;

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
        return score(inputs -> network.forward(inputs, false));
    }

    /** The score of something else that answers. */
    Score score(UnaryOperator<Tensor> model) {
        return score(batches.inOrder(), examples.task(), loss, model);
    }

    /**
     * The score of what answers over some batches.
     *
     * @param task what the batches ask for
     * @param model from a batch's inputs to its answers
     */
    public static Score score(Iterable<Batch> batches, Task task, Loss loss, UnaryOperator<Tensor> model) {
        List<Metric> metrics = Metric.of(task);
        double losses = 0;
        long count = 0;
        for (Batch batch : batches) {
            try (PointerScope _ = new PointerScope()) {
                NoGradGuard _ = new NoGradGuard();
                Tensor outputs = model.apply(batch.inputs());
                losses += loss.mean(outputs, batch.targets()).item_double() * batch.count();
                count += batch.count();
                Answers answers = Answers.of(loss.scores(outputs), batch.targets(), task.outputs());
                metrics.forEach(metric -> metric.add(answers));
            }
        }
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        metrics.forEach(metric -> values.put(metric.name(), metric.value()));
        return new Score(losses / count, values);
    }

    @Override
    public void close() {
        batches.close();
    }
}
