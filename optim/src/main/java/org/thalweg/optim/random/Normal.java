package org.thalweg.optim.random;

/**
 * Normal numbers, mean 0 and variance 1, in float32 by Box and Muller's transform (Ann. Math. Statist. 29, 1958) of {@link
 * Counter}'s bits. {@link NormalVectors} gives the same, bit by bit, for many at a time.
 *
 * <p>Two places make a pair: one of the first 16 of a block of 32, and the one 16 behind it. The first one's bits give the
 * radius {@code sqrt(-2 ln u)} of a point in the plane, the second one's the angle; its coordinates are the numbers.
 * Logarithm, sine and cosine are minimax polynomials of our own, within 2e-6 of the radius; the largest number possible is 6.7.
 */
public final class Normal {
    /** Places that share their pairs: half of them with the other half. */
    static final int BLOCK = 32;

    static final int HALF = BLOCK / 2;

    /** From 31 bits to u, in the middle of its interval. */
    static final float UNIT_31 = 0x1p-31f;

    static final float MIDDLE = 0x1p-32f;
    /** From 32 bits, as a signed number, to half turns from -1/2 to 1/2; the other half turn is the radius's sign. */
    static final float HALF_TURN = 0x1p-32f;

    /** The bits of the root of 1/2, from which mantissas count. */
    static final int ROOT_HALF = 0x3F35_04F3;

    static final int MANTISSA = 23;
    static final float MINUS_TWO_LN_2 = -1.3862944f;

    /** Coefficients of -2 ln(1 + f) / f, from the root of 1/2 to that of 2, within 1.2e-6 of its value. */
    static final float L0 = -2.000001907348633f;

    static final float L1 = 1.000022292137146f;
    static final float L2 = -0.6662901639938354f;
    static final float L3 = 0.4981948733329773f;
    static final float L4 = -0.40992656350135803f;
    static final float L5 = 0.3733571171760559f;
    static final float L6 = -0.23792219161987305f;

    /** Coefficients of sin(pi x) / x in x^2, for |x| up to 1/2, within 1e-6 of its value. */
    static final float S0 = 3.141589641571045f;

    static final float S1 = -5.167367935180664f;
    static final float S2 = 2.543604850769043f;
    static final float S3 = -0.55839604139328f;

    /** Coefficients of cos(pi x) in x^2, for |x| up to 1/2, within 1e-7. */
    static final float C0 = 0.9999999403953552f;

    static final float C1 = -4.934792995452881f;
    static final float C2 = 4.058412075042725f;
    static final float C3 = -1.3318802118301392f;
    static final float C4 = 0.2196968048810959f;

    private Normal() {}

    /** The normal number of a place. */
    public static float at(long key, long place) {
        long first = place & ~(long) HALF;
        int turn = Counter.bits(key, first + HALF);
        float radius = signed(radius(Counter.bits(key, first)), turn);
        float x = turn * HALF_TURN;
        return radius * (place == first ? cosine(x) : sine(x));
    }

    /** {@code sqrt(-2 ln u)}. */
    static float radius(int bits) {
        float u = Math.fma(bits >>> 1, UNIT_31, MIDDLE);
        int raw = Float.floatToRawIntBits(u);
        int exponent = (raw - ROOT_HALF) >> MANTISSA;
        float f = Float.intBitsToFloat(raw - (exponent << MANTISSA)) - 1;
        float p = Math.fma(L6, f, L5);
        p = Math.fma(p, f, L4);
        p = Math.fma(p, f, L3);
        p = Math.fma(p, f, L2);
        p = Math.fma(p, f, L1);
        p = Math.fma(p, f, L0);
        return (float) Math.sqrt(Math.fma(exponent, MINUS_TWO_LN_2, p * f));
    }

    /** By the lowest bit, which the angle has no use for. */
    private static float signed(float radius, int turn) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(radius) ^ turn << (Integer.SIZE - 1));
    }

    static float sine(float x) {
        float t = x * x;
        float p = Math.fma(S3, t, S2);
        p = Math.fma(p, t, S1);
        p = Math.fma(p, t, S0);
        return p * x;
    }

    static float cosine(float x) {
        float t = x * x;
        float p = Math.fma(C4, t, C3);
        p = Math.fma(p, t, C2);
        p = Math.fma(p, t, C1);
        return Math.fma(p, t, C0);
    }

    /** Puts the numbers of the places from {@code first + from} on into {@code to[from]} up to {@code to[count - 1]}. */
    public static void fill(long key, long first, int from, int count, float[] to) {
        for (int i = from; i < count; i++) {
            to[i] = at(key, first + i);
        }
    }
}
