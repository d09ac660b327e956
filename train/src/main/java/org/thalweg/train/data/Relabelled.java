package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Examples of classes, some of which are told wrongly; whether one is does not depend on its input. */
record Relabelled(Examples examples, Labels said) implements Examples {
    @Override
    public Shape shape() {
        return examples.shape();
    }

    @Override
    public Task task() {
        return examples.task();
    }

    @Override
    public int count() {
        return examples.count();
    }

    @Override
    public Examples raw() {
        return new Relabelled(examples.raw(), said);
    }

    @Override
    public float brightest() {
        return examples.brightest();
    }

    @Override
    public void input(int row, MemorySegment slot) {
        examples.input(row, slot);
    }

    @Override
    public void target(int row, MemorySegment slot) {
        examples.target(row, slot);
        int right = (int) slot.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
        slot.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, said.of(row, right));
    }

    @Override
    public Examples inEpoch(long seed, long epoch) {
        return new Relabelled(examples.inEpoch(seed, epoch), said);
    }
}
