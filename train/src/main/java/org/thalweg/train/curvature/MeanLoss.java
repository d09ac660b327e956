package org.thalweg.train.curvature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.Evaluation;
import org.thalweg.train.Score;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Batching;
import org.thalweg.train.data.Examples;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.model.Network;

/**
 * The mean loss of a network over examples as a function of its weights: value, gradient and products with the Hessian, each
 * the sum over batches, so that memory does not grow with the number of examples. The network computes as it does when it
 * predicts: without dropout, and with batch normalisation's running statistics held. Weight decay is no part of it.
 *
 * <p>Vectors hold the network's parameters one after the other, row-major, in double precision, in the order of
 * {@link Network#tensors}. Used by one thread at a time, the one that made it. The network's weights are moved about, and stay
 * where they were put last.
 */
public final class MeanLoss implements LossSurface, AutoCloseable {
    /** Examples that are gone over many times are kept ready, if they take no more bytes than this. */
    private static final long MOST_KEPT = 1L << 30;

    private final Network network;
    private final Loss loss;
    private final Examples examples;
    private final Weights weights;
    private final Optional<PointerScope> scope;
    private final Optional<Batches> stream;
    private final Iterable<Batch> batches;

    /**
     * Of all of the examples.
     *
     * @param largestBatch how many go through the network at once; fewer take less memory
     */
    public MeanLoss(Network network, Loss loss, Examples examples, int largestBatch) {
        this.network = network;
        this.loss = loss;
        this.examples = examples;
        this.weights = new Weights(network.tensors());
        long bytes = examples.count()
                * (examples.inputLayout().bytes() + examples.targetLayout().bytes());
        boolean kept = bytes <= MOST_KEPT;
        int size = Math.min(examples.count(), largestBatch);
        Batches all = new Batches(examples, new Batching(size, false, kept ? 0 : 2));
        if (kept) {
            try (all;
                    PointerScope held = new PointerScope()) {
                batches = copies(all);
                held.extend();
                scope = Optional.of(held);
            }
            stream = Optional.empty();
        } else {
            batches = all.inOrder();
            scope = Optional.empty();
            stream = Optional.of(all);
        }
    }

    /** As many at once as evaluation takes. */
    public MeanLoss(Network network, Loss loss, Examples examples) {
        this(network, loss, examples, Evaluation.LARGEST_BATCH);
    }

    private static List<Batch> copies(Batches all) {
        List<Batch> copies = new ArrayList<>();
        for (Batch batch : all.inOrder()) {
            copies.add(new Batch(batch.inputs().clone(), batch.targets().clone(), batch.count()));
        }
        return copies;
    }

    public Network network() {
        return network;
    }

    /** How many examples the mean is over. */
    public int examples() {
        return examples.count();
    }

    @Override
    public int size() {
        return weights.size();
    }

    /** A copy of the weights as they are now. */
    public double[] weights() {
        return weights.read();
    }

    /**
     * Puts the weights somewhere else.
     *
     * @throws IllegalArgumentException if these are not as many as the network has
     */
    public void moveTo(double[] place) {
        if (place.length != size()) {
            throw new IllegalArgumentException(
                    "the network has %,d weights, but the place %,d numbers".formatted(size(), place.length));
        }
        weights.write(place);
    }

    /** Loss and metrics with the weights as they are now. */
    public Score score() {
        return Evaluation.score(batches, examples.task(), loss, inputs -> network.forward(inputs, false));
    }

    /** The loss with the weights as they are now. */
    public double loss() {
        double sum = 0;
        for (Batch batch : batches) {
            try (PointerScope _ = new PointerScope();
                    NoGradGuard _ = new NoGradGuard()) {
                sum += share(batch) * mean(batch).item_double();
            }
        }
        return sum;
    }

    /** The loss with the weights as they are now, and its gradient. */
    public Slope slope() {
        double sum = 0;
        double[] gradient = new double[size()];
        for (Batch batch : batches) {
            try (PointerScope _ = new PointerScope()) {
                Tensor mean = mean(batch);
                TensorVector slopes = torch.grad(
                        new TensorVector(mean),
                        weights.vector(),
                        new TensorVector(),
                        new BoolOptional(false),
                        false,
                        true);
                sum += share(batch) * mean.item_double();
                Vectors.add(gradient, share(batch), Weights.array(weights.flat(slopes)));
            }
        }
        return new Slope(sum, gradient);
    }

    @Override
    public double loss(double[] place) {
        moveTo(place);
        return loss();
    }

    @Override
    public Slope slope(double[] place) {
        moveTo(place);
        return slope();
    }

    /** The Hessian at the weights as they are whenever a product is taken. */
    public SymmetricOperator hessian() {
        return hessian(network.tensors());
    }

    /**
     * The block of the Hessian that belongs to some of the weights, the others held.
     *
     * @param of some of the network's own tensors
     */
    public SymmetricOperator hessian(List<Tensor> of) {
        return new Hessian(new Weights(of), of);
    }

    private Tensor mean(Batch batch) {
        return loss.mean(network.forward(batch.inputs(), false), batch.targets());
    }

    private double share(Batch batch) {
        return (double) batch.count() / examples.count();
    }

    /** A product is the sum of the batches' products; each batch's graph is made anew and freed before the next one's. */
    private final class Hessian implements SymmetricOperator {
        private final Weights part;
        private final List<Tensor> tensors;

        Hessian(Weights part, List<Tensor> tensors) {
            this.part = part;
            this.tensors = List.copyOf(tensors);
        }

        @Override
        public int size() {
            return part.size();
        }

        @Override
        public double[] times(double[] vector) {
            double[] sum = new double[size()];
            for (Batch batch : batches) {
                try (HessianVectorProduct product = new HessianVectorProduct(() -> mean(batch), tensors)) {
                    Vectors.add(sum, share(batch), product.times(vector));
                }
            }
            return sum;
        }
    }

    /** Frees the examples' memory; the network stays. */
    @Override
    public void close() {
        scope.ifPresent(PointerScope::deallocate);
        stream.ifPresent(Batches::close);
    }
}
