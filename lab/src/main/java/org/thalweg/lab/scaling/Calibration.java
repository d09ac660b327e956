package org.thalweg.lab.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Batching;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.model.Network;

/**
 * Times forward, backward and update on this machine, for pieces of different sizes, in turns.
 *
 * @param cost the line through the medians
 * @param points the medians, forward and backward
 * @param addSecondsPerByte what it takes to add one gradient to another
 */
public record Calibration(StepCost cost, List<StepCost.Point> points, double addSecondsPerByte) {
    private static final int WARM_UP = 3;
    private static final int LEAST_TURNS = 5;
    private static final int MOST_TURNS = 200;
    /** After as long no turn is begun any more, once there are enough. */
    private static final double SECONDS = 5;

    private static final int ADDED = 1 << 20;

    /**
     * Measures, in some ten seconds for a small model. Nothing is saved; the network that is trained is a fresh one.
     *
     * @param sizes of the pieces, each from 1 to the number of training examples
     */
    public static Calibration measure(TrainingConfig config, Dataset data, List<Integer> sizes) {
        int threads = Engine.start().setup().threads();
        Execution execution = new Execution(threads, Execution.Kernels.VECTOR);
        try (PointerScope _ = new PointerScope();
                Network network = Network.build(config.model().plan(data.shape()), config.seed());
                Optimizer optimizer = Optimizer.of(
                        List.of(new ParameterGroup("all", config.rule(), network.parameters())),
                        Schedule.constant(0),
                        config.extras().state(),
                        execution)) {
            List<Piece> pieces =
                    sizes.stream().map(size -> Piece.of(data, size)).toList();
            try {
                measure(config, network, optimizer, pieces);
                return of(pieces);
            } finally {
                pieces.forEach(Piece::close);
            }
        }
    }

    private static void measure(TrainingConfig config, Network network, Optimizer optimizer, List<Piece> pieces) {
        long began = System.nanoTime();
        for (int turn = -WARM_UP; turn < MOST_TURNS; turn++) {
            if (turn >= LEAST_TURNS && (System.nanoTime() - began) / 1e9 > SECONDS) {
                return;
            }
            for (Piece piece : pieces) {
                piece.step(config, network, optimizer, turn < 0 ? new Times() : piece.times());
            }
        }
    }

    private static Calibration of(List<Piece> pieces) {
        List<StepCost.Point> points = pieces.stream()
                .map(piece -> new StepCost.Point(
                        piece.batch().count(), median(piece.times().forward) + median(piece.times().backward)))
                .toList();
        Times largest = pieces.getLast().times();
        double backward = median(largest.backward);
        double share = backward / (median(largest.forward) + backward);
        double update = pieces.stream()
                .mapToDouble(piece -> median(piece.times().update))
                .min()
                .orElse(0);
        return new Calibration(StepCost.fitted(points, share, update), points, measuredAddition());
    }

    /** Seconds of each part of a step, turn by turn. */
    private static final class Times {
        private final List<Double> forward = new ArrayList<>();
        private final List<Double> backward = new ArrayList<>();
        private final List<Double> update = new ArrayList<>();
    }

    /** Examples of one size, ready in memory. */
    private record Piece(Batches batches, Batch batch, Times times) implements AutoCloseable {
        static Piece of(Dataset data, int size) {
            Batches batches = new Batches(data.train(), new Batching(size, true, 0));
            return new Piece(batches, batches.inOrder().iterator().next(), new Times());
        }

        void step(TrainingConfig config, Network network, Optimizer optimizer, Times into) {
            try (PointerScope _ = new PointerScope()) {
                network.zeroGradients();
                long began = System.nanoTime();
                Tensor outputs = network.forward(batch.inputs(), true);
                Tensor loss = config.loss().mean(outputs, batch.targets());
                long forth = System.nanoTime();
                loss.backward();
                loss.item_float();
                long back = System.nanoTime();
                optimizer.step();
                long updated = System.nanoTime();
                into.forward.add((forth - began) / 1e9);
                into.backward.add((back - forth) / 1e9);
                into.update.add((updated - back) / 1e9);
            }
        }

        @Override
        public void close() {
            batches.close();
        }
    }

    private static double measuredAddition() {
        try (PointerScope _ = new PointerScope()) {
            Tensor sum = torch.zeros(ADDED);
            Tensor one = torch.ones(ADDED);
            List<Double> seconds = new ArrayList<>();
            for (int i = 0; i < 2 * LEAST_TURNS; i++) {
                long began = System.nanoTime();
                sum.add_(one);
                seconds.add((System.nanoTime() - began) / 1e9);
            }
            return median(seconds) / (Float.BYTES * (double) ADDED);
        }
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
