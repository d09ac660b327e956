package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Examples some of whose classes are drawn by chance, all classes alike, whatever the input shows: Zhang, Bengio, Hardt, Recht and
 * Vinyals, Understanding Deep Learning Requires Rethinking Generalization, ICLR 2017, section 2.1.
 *
 * @param share of the examples, from 0 to 1, by chance each
 * @param seed of the draws
 */
record RandomLabels(Examples examples, int classes, double share, long seed) implements Examples {
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
        return new RandomLabels(examples.raw(), classes, share, seed);
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
        SplitMix64 random = SplitMix64.stream(seed, row);
        if (random.uniform() < share) {
            slot.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, random.below(classes));
        } else {
            examples.target(row, slot);
        }
    }

    @Override
    public Examples inEpoch(long seed, long epoch) {
        return new RandomLabels(examples.inEpoch(seed, epoch), classes, share, this.seed);
    }
}
