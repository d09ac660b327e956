package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;

/** Examples whose targets, which are numbers, are standardised as they are copied. */
record ScaledTargets(Examples unscaled, Standardisation scale) implements Examples {
    @Override
    public Shape shape() {
        return unscaled.shape();
    }

    @Override
    public Task task() {
        return unscaled.task();
    }

    @Override
    public int count() {
        return unscaled.count();
    }

    @Override
    public Examples raw() {
        return unscaled.raw();
    }

    @Override
    public void input(int row, MemorySegment slot) {
        unscaled.input(row, slot);
    }

    @Override
    public void target(int row, MemorySegment slot) {
        unscaled.target(row, slot);
        scale.apply(Shape.vector(unscaled.task().outputs()), slot, slot);
    }

    @Override
    public Examples inEpoch(long seed, long epoch) {
        return new ScaledTargets(unscaled.inEpoch(seed, epoch), scale);
    }

    /** The targets as inputs, to be fitted on. */
    static Examples targetsOf(Examples examples) {
        return new TargetsAsInputs(examples);
    }

    private record TargetsAsInputs(Examples raw) implements Examples {
        @Override
        public Shape shape() {
            return Shape.vector(raw.task().outputs());
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
            raw.target(row, slot);
        }

        @Override
        public void target(int row, MemorySegment slot) {
            raw.target(row, slot);
        }
    }
}
