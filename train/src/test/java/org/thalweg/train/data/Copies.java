package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;

/** Examples' numbers in arrays. */
final class Copies {
    private Copies() {}

    static float[] input(Examples examples, int row) {
        float[] input = new float[examples.inputLayout().size()];
        examples.input(row, MemorySegment.ofArray(input));
        return input;
    }

    static long[] tokens(Examples examples, int row) {
        long[] input = new long[examples.inputLayout().size()];
        examples.input(row, MemorySegment.ofArray(input));
        return input;
    }

    static long[] nextTokens(Examples examples, int row) {
        long[] target = new long[examples.targetLayout().size()];
        examples.target(row, MemorySegment.ofArray(target));
        return target;
    }

    static float[] numbers(Examples examples, int row) {
        float[] target = new float[examples.targetLayout().size()];
        examples.target(row, MemorySegment.ofArray(target));
        return target;
    }
}
