package org.thalweg.optim.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Numbers in bfloat16: the upper half of a float32. Called by compiled kernels for single elements; {@link
 * BFloat16Vectors} does the same for vectors, bit by bit.
 */
public final class BFloat16 {
    static final int HALF = Short.SIZE;
    /** Just below half a unit in the last place that stays. */
    static final int JUST_BELOW_HALF = 0x7FFF;

    static final int LOWER_HALF = 0xFFFF;
    /** Set in what becomes a NaN, lest its payload be lost and with it the NaN. */
    static final int QUIET = 0x0040_0000;

    static final int WEYL = 0x9E37_79B9;
    static final int FIRST_FACTOR = 0x85EB_CA6B;
    static final int SECOND_FACTOR = 0xC2B2_AE35;

    private BFloat16() {}

    static float load(MemorySegment segment, long offset) {
        return toFloat(segment.get(ValueLayout.JAVA_SHORT, offset));
    }

    static void store(MemorySegment segment, long offset, float value) {
        segment.set(ValueLayout.JAVA_SHORT, offset, nearest(value));
    }

    static void storeAtRandom(MemorySegment segment, long offset, float value, int key, int element) {
        segment.set(ValueLayout.JAVA_SHORT, offset, atRandom(value, random(key, element)));
    }

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

    /** Up in magnitude with a probability equal to the part that is cut off. */
    static short atRandom(float value, int random) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits | QUIET) >>> HALF);
        }
        return (short) ((bits + (random & LOWER_HALF)) >>> HALF);
    }

    /**
     * A random number that depends on nothing but its arguments, so not on threads or vectors: MurmurHash3's finaliser
     * (Appleby, 2011) over a Weyl sequence.
     */
    static int random(int key, int element) {
        int x = element * WEYL + key;
        x ^= x >>> 16;
        x *= FIRST_FACTOR;
        x ^= x >>> 13;
        x *= SECOND_FACTOR;
        return x ^ x >>> 16;
    }
}
