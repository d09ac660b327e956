package org.thalweg.train.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.thalweg.train.data.Batch;

/** The running means and variances of a network's batch normalisations. */
public final class RunningStatistics {
    private final Network network;
    private final List<Normalisation> normalisations;

    /** Statistics as they were; closing it brings them back to the last bit. */
    public interface Kept extends AutoCloseable {
        @Override
        void close();
    }

    RunningStatistics(Network network, List<Normalisation> normalisations) {
        this.network = network;
        this.normalisations = List.copyOf(normalisations);
    }

    /** Remembers the statistics, which may then change until the answer is closed. */
    public Kept keep() {
        List<MemorySegment> memory = memory();
        List<byte[]> saved = memory.stream()
                .map(segment -> segment.toArray(ValueLayout.JAVA_BYTE))
                .toList();
        return () -> {
            for (int i = 0; i < memory.size(); i++) {
                memory.get(i).copyFrom(MemorySegment.ofArray(saved.get(i)));
            }
        };
    }

    /**
     * Takes the statistics again, as weights need them that no batch has gone through, such as an average: the means of the
     * batches' means and variances, as PyTorch's {@code update_bn}. Nothing is done in a network without batch
     * normalisation.
     *
     * @param batches training examples
     */
    public void takeAgain(Iterable<Batch> batches) {
        if (normalisations.isEmpty()) {
            return;
        }
        List<Sum> sums = normalisations.stream().map(Sum::new).toList();
        long count = 0;
        for (Batch batch : batches) {
            memory().forEach(segment -> segment.fill((byte) 0));
            try (PointerScope _ = new PointerScope()) {
                NoGradGuard _ = new NoGradGuard();
                network.forward(batch.inputs(), true);
            }
            sums.forEach(Sum::add);
            count++;
        }
        if (count > 0) {
            putMeans(sums, count);
        }
    }

    private static void putMeans(List<Sum> sums, long count) {
        for (Sum sum : sums) {
            sum.putMean(count);
        }
    }

    /** Sums a normalisation's statistics of single batches: what it holds after one batch is momentum times that batch's. */
    private record Sum(Normalisation of, double[] means, double[] variances) {
        Sum(Normalisation of) {
            this(of, new double[numbers(of.mean())], new double[numbers(of.variance())]);
        }

        private static int numbers(MemorySegment segment) {
            return (int) (segment.byteSize() / Float.BYTES);
        }

        void add() {
            add(means, of.mean());
            add(variances, of.variance());
        }

        private void add(double[] sums, MemorySegment running) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += running.getAtIndex(ValueLayout.JAVA_FLOAT, i) / of.momentum();
            }
        }

        void putMean(long count) {
            put(means, of.mean(), count);
            put(variances, of.variance(), count);
            of.batches().ifPresent(segment -> segment.set(ValueLayout.JAVA_LONG, 0, count));
        }

        private static void put(double[] sums, MemorySegment running, long count) {
            for (int i = 0; i < sums.length; i++) {
                running.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (sums[i] / count));
            }
        }
    }

    /** All of them, in the network's own memory. */
    public List<MemorySegment> memory() {
        return normalisations.stream().flatMap(n -> n.memory().stream()).toList();
    }
}
