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
     * @param everywhere whether all workers need all gradients, and not each those of its own weights alone
     * @return the mean loss over the whole batch, the same bits on all workers
     */
    double complete(double loss, boolean everywhere);

    /** Whether sums may start while the backward pass runs, which is so unless one measures what that gives. */
    void overlap(boolean wanted);

    /** How long this worker waited for the others when gradients were last completed and weights exchanged. */
    long waitedNanos();

    /** After the optimizer's step: all workers take over what each has made of its own weights. */
    void exchangeWeights();

    @Override
    void close();

    /** What suits the number of workers. */
    static GradientExchange of(Network network, Workers workers, Sharing sharing) {
        return workers.isAlone() ? new Alone(network) : new SummedGradients(network, workers, sharing);
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
        public double complete(double loss, boolean everywhere) {
            return loss;
        }

        @Override
        public void exchangeWeights() {}

        @Override
        public void overlap(boolean wanted) {}

        @Override
        public long waitedNanos() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
