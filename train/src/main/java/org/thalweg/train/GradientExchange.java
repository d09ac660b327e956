package org.thalweg.train;

import org.thalweg.train.model.Network;
import org.thalweg.train.worker.Workers;

/** What becomes of a network's gradients between the backward pass and the optimizer: with several workers, their sums. */
interface GradientExchange extends AutoCloseable {
    /** Forgets the last batch's gradients. */
    void clear();

    /** The next backward pass is the last one of this batch, so what it completes can be exchanged while it runs. */
    void beginLast();

    /**
     * Waits until the gradients are those of the whole batch.
     *
     * @param loss this worker's part of the mean loss
     * @return the mean loss over the whole batch, the same bits on all workers
     */
    double complete(double loss);

    @Override
    void close();

    /** What suits the number of workers. */
    static GradientExchange of(Network network, Workers workers) {
        return workers.isAlone() ? new Alone(network) : new SummedGradients(network.tensors(), workers);
    }

    /** A worker by itself has the whole batch. */
    record Alone(Network network) implements GradientExchange {
        @Override
        public void clear() {
            network.zeroGradients();
        }

        @Override
        public void beginLast() {}

        @Override
        public double complete(double loss) {
            return loss;
        }

        @Override
        public void close() {}
    }
}
