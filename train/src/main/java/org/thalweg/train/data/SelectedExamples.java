package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;

/** Some of the examples of another set, in an order of their own. */
@SuppressWarnings("ArrayRecordComponent") // a list would box every row
record SelectedExamples(Examples all, int[] rows) implements Examples {
    @Override
    public Shape shape() {
        return all.shape();
    }

    @Override
    public Task task() {
        return all.task();
    }

    @Override
    public int count() {
        return rows.length;
    }

    @Override
    public Examples raw() {
        return new SelectedExamples(all.raw(), rows);
    }

    @Override
    public float brightest() {
        return all.brightest();
    }

    @Override
    public void input(int row, MemorySegment slot) {
        all.input(rows[row], slot);
    }

    @Override
    public void target(int row, MemorySegment slot) {
        all.target(rows[row], slot);
    }

    @Override
    public Examples inEpoch(long seed, long epoch) {
        return new SelectedExamples(all.inEpoch(seed, epoch), rows);
    }
}
