package org.thalweg.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.worker.Pending;
import org.thalweg.train.worker.Workers;

/** The sum of some gradients over the workers, in place. All workers call the methods in this order, for all buckets in the same. */
sealed interface BucketSum {
    /** Begins to send; returns at once. */
    void begin();

    /**
     * Waits for the other workers' gradients, and begins to send on what they come to.
     *
     * @param everywhere whether all workers are to have all of the sum, and not each its own part at least
     */
    void pass(boolean everywhere);

    /** Waits for the sum. */
    void end();

    /** Around the ring of workers: all have the whole sum. */
    final class Ring implements BucketSum {
        private final Workers workers;
        private final Tensor gradients;
        private Pending pending = Pending.DONE;

        Ring(Workers workers, Tensor gradients) {
            this.workers = workers;
            this.gradients = gradients;
        }

        @Override
        public void begin() {
            pending = workers.allReduce(gradients);
        }

        @Override
        public void pass(boolean everywhere) {}

        @Override
        public void end() {
            pending.await();
        }
    }

    /**
     * Each worker sums one part of the gradients, in the order of ranks and in float32, and tells the others if they are to know.
     * That sends as many bytes as the ring.
     */
    final class Parts implements BucketSum {
        private final Workers workers;
        private final Tensor gradients;
        private final long[] lengths;
        private final Tensor sent;
        private final Tensor received;
        private Pending pending = Pending.DONE;
        private List<Pending> told = List.of();

        /**
         * Prepares.
         *
         * @param gradients float32, of one dimension
         * @param lengths of the parts by rank
         */
        Parts(Workers workers, Tensor gradients, long[] lengths, Sharing.Wire wire) {
            this.workers = workers;
            this.gradients = gradients;
            this.lengths = lengths;
            long all = workers.size() * lengths[workers.rank()];
            switch (wire) {
                case FLOAT32 -> {
                    this.sent = gradients;
                    this.received = Tensors.zeros(ScalarType.Float, all);
                }
                case BFLOAT16 -> {
                    this.sent = Tensors.zeros(ScalarType.BFloat16, gradients.numel());
                    this.received = Tensors.zeros(ScalarType.BFloat16, all);
                }
                default -> throw new IllegalStateException(wire.toString());
            }
        }

        @Override
        public void begin() {
            if (sent != gradients) {
                sent.copy_(gradients);
            }
            pending = workers.allToAll(received, sent, lengths);
        }

        @Override
        public void pass(boolean everywhere) {
            pending.await();
            Tensor own = part(gradients, workers.rank());
            own.zero_();
            for (int rank = 0; rank < workers.size(); rank++) {
                own.add_(received.narrow(0, rank * own.numel(), own.numel()));
            }
            told = List.of();
            if (everywhere) {
                if (sent != gradients) {
                    part(sent, workers.rank()).copy_(own);
                }
                told = IntStream.range(0, workers.size())
                        .filter(rank -> lengths[rank] > 0)
                        .mapToObj(rank -> workers.broadcast(part(sent, rank), rank))
                        .toList();
            }
        }

        @Override
        public void end() {
            told.forEach(Pending::await);
            if (sent != gradients && !told.isEmpty()) {
                gradients.copy_(sent); // this worker's own part too, so that all have the same bits
            }
        }

        private Tensor part(Tensor of, int rank) {
            long from = Arrays.stream(lengths).limit(rank).sum();
            return of.narrow(0, from, lengths[rank]);
        }
    }
}
