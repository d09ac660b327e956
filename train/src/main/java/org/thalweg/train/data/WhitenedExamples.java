package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/** Examples whose inputs have been whitened beforehand. */
record WhitenedExamples(PreprocessedExamples lazy, MemorySegment inputs) implements Examples {
    private static final long MOST_BYTES = 1L << 30;
    private static final int BLOCK = 16;

    /** Whether they take at most 1 GiB. */
    static boolean fits(Examples whitened) {
        return whitened.count() <= MOST_BYTES / whitened.inputLayout().bytes();
    }

    /** Whitens all, on all processors. */
    static WhitenedExamples of(PreprocessedExamples lazy, Whitening whitening) {
        long bytes = lazy.inputLayout().bytes();
        MemorySegment inputs = MemoryExamples.floats(lazy.count() * bytes / Float.BYTES);
        IntStream.range(0, Math.ceilDiv(lazy.count(), BLOCK)).parallel().forEach(block -> {
            int from = block * BLOCK;
            int to = Math.min(lazy.count(), from + BLOCK);
            List<MemorySegment> raw =
                    IntStream.range(from, to).mapToObj(lazy::rawInput).toList();
            whitening.apply(
                    raw,
                    IntStream.range(from, to)
                            .mapToObj(row -> inputs.asSlice(row * bytes, bytes))
                            .toList());
        });
        return new WhitenedExamples(lazy, inputs);
    }

    @Override
    public Shape shape() {
        return lazy.shape();
    }

    @Override
    public Task task() {
        return lazy.task();
    }

    @Override
    public int count() {
        return lazy.count();
    }

    @Override
    public Examples raw() {
        return lazy.raw();
    }

    @Override
    public void input(int row, MemorySegment slot) {
        MemorySegment.copy(inputs, row * slot.byteSize(), slot, 0, slot.byteSize());
    }

    @Override
    public void target(int row, MemorySegment slot) {
        lazy.target(row, slot);
    }
}
