package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;

/**
 * A part of a text, cut into examples of equal length, each with the characters that follow as its target; characters are
 * Unicode code points. In training the cuts lie elsewhere in each epoch.
 *
 * @param from the part's first character
 * @param to behind its last; at least two examples from the first
 * @param length characters in an example
 * @param shift characters left out before the first example, below the length
 */
record TextWindows(Text text, long from, long to, int length, int shift) implements Examples {
    /** Numbers the random stream that shifts are drawn from. */
    private static final long SHIFT_STREAM = 0x7368696674L;

    @Override
    public Shape shape() {
        return Shape.tokens(length);
    }

    @Override
    public Task task() {
        return new Task.NextToken(Character.MAX_CODE_POINT + 1);
    }

    /** As many as there are with every shift. */
    @Override
    public int count() {
        return (int) Math.min(Integer.MAX_VALUE, (to - from - length) / length);
    }

    @Override
    public void input(int row, MemorySegment slot) {
        text.copy(start(row), length, slot);
    }

    @Override
    public void target(int row, MemorySegment slot) {
        text.copy(start(row) + 1, length, slot);
    }

    @Override
    public Examples inEpoch(long seed, long epoch) {
        int drawn = SplitMix64.stream(seed ^ SHIFT_STREAM, epoch).below(length);
        return new TextWindows(text, from, to, length, drawn);
    }

    private long start(int row) {
        return from + shift + (long) row * length;
    }
}
