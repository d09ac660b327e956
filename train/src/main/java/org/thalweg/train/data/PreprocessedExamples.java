package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;

/** Examples that are preprocessed as they are copied. */
record PreprocessedExamples(Examples raw, Preprocessing preprocessing) implements Examples {
    PreprocessedExamples {
        preprocessing.output(raw.shape()); // refuses a shape that does not fit
    }

    @Override
    public Shape shape() {
        return preprocessing.output(raw.shape());
    }

    @Override
    public Task task() {
        return raw.task();
    }

    @Override
    public int count() {
        return raw.count();
    }

    @Override
    public void input(int row, MemorySegment slot) {
        if (raw.inputLayout().bytes() == slot.byteSize()) {
            raw.input(row, slot);
            preprocessing.apply(raw.shape(), slot, slot);
        } else {
            preprocessing.apply(raw.shape(), rawInput(row), slot);
        }
    }

    /** An input before preprocessing, in memory of its own. */
    MemorySegment rawInput(int row) {
        MemorySegment own =
                MemorySegment.ofArray(new byte[Math.toIntExact(raw.inputLayout().bytes())]);
        raw.input(row, own);
        return own;
    }

    @Override
    public void target(int row, MemorySegment slot) {
        raw.target(row, slot);
    }

    @Override
    public Examples inEpoch(long seed, long epoch) {
        return new PreprocessedExamples(raw.inEpoch(seed, epoch), preprocessing);
    }
}
