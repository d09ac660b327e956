package org.thalweg.optim.random;

/**
 * Normal numbers, mean 0 and variance 1, in float32 by Box and Muller's transform (Ann. Math. Statist. 29, 1958) of {@link
 * Counter}'s bits: {@code sqrt(-2 ln u) cos(2 pi v)}. The bits of a place give u; a second mixing of them gives v. The other
 * number of each pair, with the sine, is not made: then every place stands for itself, and any part of a tensor can be worked on alone.
 * Kernels hold the same as vector instructions, bit by bit.
 *
 * <p>Logarithm and cosine are minimax polynomials of our own, within 2e-6; the largest number possible is 6.7.
 */
public final class Normal {
    /** What the second mixing multiplies by: odd, so that it too is one-to-one. */
    public static final int TURN_FACTOR = 0x2C1B_3C6D;

    public static final int TURN_SHIFT = 15;

    /** From 31 bits to u, in the middle of its interval. */
    public static final float UNIT_31 = 0x1p-31f;

    public static final float MIDDLE = 0x1p-32f;
    /** From 32 bits, as a signed number, to half turns from -1/2 to 1/2; the other half turn is the radius's sign. */
    public static final float HALF_TURN = 0x1p-32f;

    /** The bits of the root of 1/2, from which mantissas count. */
    public static final int ROOT_HALF = 0x3F35_04F3;

    public static final int MANTISSA = 23;
    public static final float MINUS_TWO_LN_2 = -1.3862944f;

    /** Coefficients of -2 ln(1 + f) / f in f, from the root of 1/2 to that of 2, within 1.2e-6 of its value; highest first. */
    private static final float[] LOGARITHM = {
        -0.23792219161987305f,
        0.3733571171760559f,
        -0.40992656350135803f,
        0.4981948733329773f,
        -0.6662901639938354f,
        1.000022292137146f,
        -2.000001907348633f
    };

    /** Coefficients of cos(pi x) in x^2, for |x| up to 1/2, within 1e-7; highest first. */
    private static final float[] COSINE = {
        0.2196968048810959f, -1.3318802118301392f, 4.058412075042725f, -4.934792995452881f, 0.9999999403953552f
    };

    private Normal() {}

    /** The normal number of a place. */
    public static float at(long key, long place) {
        return at((int) place, (int) key, Counter.upperHalf(key));
    }

    /** The same with the halves of the key. */
    public static float at(int place, int lower, int upper) {
        int bits = Counter.bits(place, lower, upper);
        int turn = turn(bits);
        return signed(radius(bits), turn) * cosine(turn * HALF_TURN);
    }

    /** Other bits for the angle. */
    static int turn(int bits) {
        int x = bits * TURN_FACTOR;
        return x ^ x >>> TURN_SHIFT;
    }

    /** The coefficients of the logarithm's polynomial, highest first. */
    public static float[] logarithm() {
        return LOGARITHM.clone();
    }

    /** The coefficients of the cosine's polynomial, highest first. */
    public static float[] cosine() {
        return COSINE.clone();
    }

    private static float polynomial(float[] coefficients, float x) {
        float p = coefficients[0];
        for (int i = 1; i < coefficients.length; i++) {
            p = Math.fma(p, x, coefficients[i]);
        }
        return p;
    }

    /** {@code sqrt(-2 ln u)}. */
    static float radius(int bits) {
        float u = Math.fma(bits >>> 1, UNIT_31, MIDDLE);
        int raw = Float.floatToRawIntBits(u);
        int exponent = (raw - ROOT_HALF) >> MANTISSA;
        float f = Float.intBitsToFloat(raw - (exponent << MANTISSA)) - 1;
        float p = polynomial(LOGARITHM, f);
        return (float) Math.sqrt(Math.fma(exponent, MINUS_TWO_LN_2, p * f));
    }

    /** By the lowest bit, which the angle has no use for. */
    private static float signed(float radius, int turn) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(radius) ^ turn << (Integer.SIZE - 1));
    }

    static float cosine(float x) {
        return polynomial(COSINE, x * x);
    }
}
