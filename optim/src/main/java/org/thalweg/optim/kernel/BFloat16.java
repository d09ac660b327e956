package org.thalweg.optim.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.thalweg.optim.random.Counter;

/**
 * Numbers in bfloat16: the upper half of a float32. {@link VectorLanes} does the same for many at a time, bit by bit.
 */
public final class BFloat16 {
    static final int HALF = Short.SIZE;
    /** Just below half a unit in the last place that stays. */
    static final int JUST_BELOW_HALF = 0x7FFF;

    static final int LOWER_HALF = 0xFFFF;
    /** Set in what becomes a NaN, lest its payload be lost and with it the NaN. */
    static final int QUIET = 0x0040_0000;

    /** Between the keys of a tensor's streams: odd, and far from any multiple of {@link Counter#WEYL}. */
    static final int NEXT_STREAM = 0x27D4_EB2F;

    private BFloat16() {}

    /** The number that the bits stand for. */
    public static float toFloat(short bits) {
        return Float.intBitsToFloat(bits << HALF);
    }

    /** To the nearest, ties to even. */
    public static short nearest(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits | QUIET) >>> HALF);
        }
        int odd = bits >>> HALF & 1;
        return (short) ((bits + JUST_BELOW_HALF + odd) >>> HALF);
    }

    /** Up in magnitude with a probability equal to the part that is cut off, if the 16 random bits are uniform. */
    static short atRandom(float value, int random) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits | QUIET) >>> HALF);
        }
        return (short) ((bits + random) >>> HALF);
    }

    /** The number at a byte offset. */
    static float load(MemorySegment segment, long offset) {
        return toFloat(segment.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset));
    }

    /** Writes a number to a byte offset, rounded to the nearest. */
    static void store(MemorySegment segment, long offset, float value) {
        segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset, nearest(value));
    }

    /** Writes a number to a byte offset, rounded {@link #atRandom}. */
    static void store(MemorySegment segment, long offset, float value, int random) {
        segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset, atRandom(value, random));
    }
}
