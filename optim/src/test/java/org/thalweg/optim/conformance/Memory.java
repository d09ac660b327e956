package org.thalweg.optim.conformance;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Where parameters and gradients lie. */
enum Memory {
    HEAP,
    NATIVE,
    /** Somewhere within a larger {@code float[]}. */
    SLICES,
    /** Parameters on the heap with native gradients and the other way round. */
    MIXED;

    private static final int AHEAD = 3;
    private static final int BEHIND = 2;

    MemorySegment value(int tensor, float[] numbers) {
        return this == MIXED ? mixed(tensor % 2 == 0, numbers) : place(numbers);
    }

    MemorySegment gradient(int tensor, float[] numbers) {
        return this == MIXED ? mixed(tensor % 2 != 0, numbers) : place(numbers);
    }

    private static MemorySegment mixed(boolean heap, float[] numbers) {
        return heap ? HEAP.place(numbers) : NATIVE.place(numbers);
    }

    private MemorySegment place(float[] numbers) {
        MemorySegment from = MemorySegment.ofArray(numbers);
        long bytes = from.byteSize();
        MemorySegment place = switch (this) {
            case NATIVE -> Arena.ofAuto().allocate(bytes, Float.BYTES);
            case SLICES ->
                MemorySegment.ofArray(new float[AHEAD + numbers.length + BEHIND])
                        .asSlice((long) AHEAD * Float.BYTES, bytes);
            case HEAP, MIXED -> MemorySegment.ofArray(new float[numbers.length]);
        };
        return place.copyFrom(from);
    }
}
