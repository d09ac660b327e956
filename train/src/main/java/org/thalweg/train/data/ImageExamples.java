package org.thalweg.train.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Images that are decoded when they are copied, so that more of them can be trained on than memory holds; where all fit in 256
 * MiB they are kept once decoded. Pixels become numbers from 0 to 255.
 */
final class ImageExamples implements Examples {
    private static final long MOST_KEPT = 1L << 28;

    private final Shape shape;
    private final int classes;
    private final List<ImageFile> files;
    private final Optional<Kept> kept;

    /** Decoded images; those that are there yet are marked. */
    private record Kept(MemorySegment pixels, AtomicIntegerArray there) {}

    ImageExamples(Shape shape, int classes, List<ImageFile> files) {
        if (!shape.isImage() || (shape.channels() != 1 && shape.channels() != 3)) {
            throw new IllegalArgumentException(
                    "images have 1 channel, for grey, or 3, for red, green and blue, but %s was asked for"
                            .formatted(shape));
        }
        this.shape = shape;
        this.classes = classes;
        this.files = List.copyOf(files);
        long bytes = (long) files.size() * shape.size();
        this.kept = bytes > MOST_KEPT
                ? Optional.empty()
                : Optional.of(new Kept(Arena.ofAuto().allocate(bytes), new AtomicIntegerArray(files.size())));
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public Task task() {
        return new Task.Classification(classes);
    }

    @Override
    public int count() {
        return files.size();
    }

    @Override
    public void input(int row, MemorySegment slot) {
        MemorySegment pixels = kept.map(cache -> kept(cache, row)).orElseGet(() -> decoded(row));
        for (int i = 0; i < shape.size(); i++) {
            slot.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, pixels.get(ValueLayout.JAVA_BYTE, i) & 0xFF);
        }
    }

    @Override
    public void target(int row, MemorySegment slot) {
        slot.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, files.get(row).label());
    }

    private MemorySegment kept(Kept cache, int row) {
        MemorySegment own = cache.pixels().asSlice((long) row * shape.size(), shape.size());
        if (cache.there().get(row) == 0) {
            own.copyFrom(decoded(row));
            cache.there().set(row, 1);
        }
        return own;
    }

    private MemorySegment decoded(int row) {
        return MemorySegment.ofArray(Pixels.of(files.get(row).decode(), shape));
    }
}
