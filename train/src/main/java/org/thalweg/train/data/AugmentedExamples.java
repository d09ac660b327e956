package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import org.thalweg.train.data.Augmentation.Mixup;
import org.thalweg.train.data.Augmentation.OfImage;

/** Examples that are varied as they are copied, in each epoch in its own way. */
record AugmentedExamples(Examples plain, List<Augmentation> augmentations, long seed, long epoch) implements Examples {
    /** Numbers the random streams that images are changed by, apart from those that examples are mixed by. */
    private static final long CHANGES = 0x6368616E6765L;

    private static final long MIXES = 0x6D6978L;

    @Override
    public Shape shape() {
        return plain.shape();
    }

    @Override
    public Task task() {
        return plain.task();
    }

    @Override
    public int count() {
        return plain.count();
    }

    @Override
    public Examples raw() {
        return plain.raw();
    }

    @Override
    public Layout targetLayout() {
        return mixup().isPresent() && task() instanceof Task.Classification(int classes)
                ? Layout.floats(classes)
                : plain.targetLayout();
    }

    @Override
    public Examples inEpoch(long newSeed, long newEpoch) {
        return new AugmentedExamples(plain.inEpoch(newSeed, newEpoch), augmentations, newSeed, newEpoch);
    }

    @Override
    public void input(int row, MemorySegment slot) {
        changed(row, slot);
        Optional<Mixing> mixing = mixing(row);
        if (mixing.isPresent()) {
            MemorySegment other = Scratch.of(slot.byteSize());
            changed(mixing.get().other(), other);
            mixing.get().mix(slot, other);
        }
    }

    @Override
    public void target(int row, MemorySegment slot) {
        Optional<Mixing> mixing = mixing(row);
        if (mixing.isEmpty()) {
            plain.target(row, slot);
            return;
        }
        numbers(row, slot);
        MemorySegment other = Scratch.of(slot.byteSize());
        numbers(mixing.get().other(), other);
        mixing.get().mix(slot, other);
    }

    private void changed(int row, MemorySegment slot) {
        plain.input(row, slot);
        SplitMix64 random = random(CHANGES, row);
        for (Augmentation augmentation : augmentations) {
            if (augmentation instanceof OfImage change) {
                change.change(shape(), slot, random);
            }
        }
    }

    /** The target as numbers: a class as probabilities of all classes. */
    private void numbers(int row, MemorySegment slot) {
        if (!(task() instanceof Task.Classification)) {
            plain.target(row, slot);
            return;
        }
        MemorySegment label = MemorySegment.ofArray(new long[1]);
        plain.target(row, label);
        slot.fill((byte) 0);
        slot.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, label.get(ValueLayout.JAVA_LONG, 0), 1);
    }

    private Optional<Mixing> mixing(int row) {
        return mixup().map(mixup -> {
            SplitMix64 random = random(MIXES, row);
            return new Mixing(random.below(count()), (float) random.beta(mixup.alpha()));
        });
    }

    private Optional<Mixup> mixup() {
        return augmentations.stream()
                .filter(Mixup.class::isInstance)
                .map(Mixup.class::cast)
                .findFirst();
    }

    private SplitMix64 random(long purpose, int row) {
        return SplitMix64.stream(SplitMix64.stream(seed ^ purpose, epoch).next(), row);
    }

    /**
     * Which example another is mixed with.
     *
     * @param weight of the first, 0 to 1
     */
    private record Mixing(int other, float weight) {
        void mix(MemorySegment slot, MemorySegment second) {
            for (long i = 0; i < slot.byteSize() / Float.BYTES; i++) {
                float one = slot.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
                float two = second.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
                slot.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, weight * one + (1 - weight) * two);
            }
        }
    }
}
