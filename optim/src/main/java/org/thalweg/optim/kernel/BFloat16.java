package org.thalweg.optim.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Numbers in bfloat16: the upper half of a float32. {@link BFloat16Vectors} does the same for many at a time, bit by bit.
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

    /** Reads the elements from {@code base + from} on into {@code to[from]} up to {@code to[count - 1]}. */
    static void widen(MemorySegment source, long base, int from, int count, float[] to) {
        for (int i = from; i < count; i++) {
            to[i] = toFloat(source.getAtIndex(ValueLayout.JAVA_SHORT, base + i));
        }
    }

    /** Writes {@code from[start]} up to {@code from[count - 1]} from element {@code base + start} on, to the nearest. */
    static void narrow(float[] from, int start, int count, MemorySegment target, long base) {
        for (int i = start; i < count; i++) {
            target.setAtIndex(ValueLayout.JAVA_SHORT, base + i, nearest(from[i]));
        }
    }

    /** The same, rounded at random. */
    static void narrowAtRandom(float[] from, int start, int count, MemorySegment target, long base, int key) {
        for (int i = start; i < count; i++) {
            short rounded = atRandom(from[i], random(key, (int) (base + i)));
            target.setAtIndex(ValueLayout.JAVA_SHORT, base + i, rounded);
        }
    }
}
