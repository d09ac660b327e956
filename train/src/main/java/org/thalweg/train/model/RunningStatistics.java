package org.thalweg.train.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.train.data.Batch;
import org.thalweg.train.engine.Tensors;

/** The running means and variances of a network's batch normalisations. */
public final class RunningStatistics {
    private static final double MOMENTUM = 0.1;

    private final Network network;
    private final List<Normalisation> normalisations = new ArrayList<>();

    /**
     * One layer's.
     *
     * @param momentum the layer's own; without a value every batch counts the same
     */
    private record Normalisation(Tensor mean, Tensor variance, Tensor batches, DoubleOptional momentum) {
        List<MemorySegment> memory() {
            return List.of(Tensors.segment(mean), Tensors.segment(variance), Tensors.segment(batches));
        }
    }

    /** Statistics as they were; closing it brings them back to the last bit. */
    public interface Kept extends AutoCloseable {
        @Override
        void close();
    }

    RunningStatistics(Network network) {
        this.network = network;
    }

    void add(Tensor mean, Tensor variance, Tensor batches, DoubleOptional momentum) {
        normalisations.add(new Normalisation(mean, variance, batches, momentum));
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
        memory().forEach(segment -> segment.fill((byte) 0));
        normalisations.forEach(normalisation -> normalisation.momentum().reset());
        try {
            for (Batch batch : batches) {
                try (PointerScope _ = new PointerScope()) {
                    NoGradGuard _ = new NoGradGuard();
                    network.forward(batch.inputs(), true);
                }
            }
        } finally {
            normalisations.forEach(normalisation -> normalisation.momentum().put(MOMENTUM));
        }
    }

    private List<MemorySegment> memory() {
        return normalisations.stream().flatMap(n -> n.memory().stream()).toList();
    }
}
