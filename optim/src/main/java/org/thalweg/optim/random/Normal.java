package org.thalweg.optim.random;

/**
 * Normal numbers, mean 0 and variance 1, in float32 by Box and Muller's transform (Ann. Math. Statist. 29, 1958) of {@link
 * Counter}'s bits. Kernels hold the same as vector instructions, bit by bit.
 *
 * <p>Two places make a pair: one of the first 16 of a block of 32, and the one 16 behind it. The first one's bits give the radius
 * {@code sqrt(-2 ln u)} of a point in the plane, its sign, and multiplied once more the angle {@code pi v}, v from -1/2 to 1/2; the
 * point's coordinates are the two numbers.
 *
 * <p>Logarithm, sine and cosine are minimax polynomials of our own, within 4e-6 of the number; the largest number possible is 6.7.
 */
public final class Normal {
    /** Places that share their pairs: the first half of them with the second. */
    public static final int BLOCK = 32;

    public static final int HALF = BLOCK / 2;

    /** What bits are multiplied by for the angle: odd, so that this too is one-to-one. */
    public static final int TURN_FACTOR = 0x2C1B_3C6D;

    /** From 31 bits to u, in the middle of its interval. */
    public static final float UNIT_31 = 0x1p-31f;

    public static final float MIDDLE = 0x1p-32f;
    /** From 32 bits, as a signed number, to half turns from -1/2 to 1/2. */
    public static final float HALF_TURN = 0x1p-32f;

    /** The bits of the root of 1/2, from which mantissas count. */
    public static final int ROOT_HALF = 0x3F35_04F3;

    public static final int MANTISSA = 23;
    public static final float MINUS_TWO_LN_2 = -1.3862944f;

    /** Coefficients of -2 ln(1 + f) / f in f, from the root of 1/2 to that of 2, within 7.5e-6 of its value; highest first. */
    private static final float[] LOGARITHM = {
        0.2858414947986603f,
        -0.4411187469959259f,
        0.508065402507782f,
        -0.6651604771614075f,
        0.9998043775558472f,
        -2.000009059906006f
    };

    /** Coefficients of sin(pi x) / x in x^2, for |x| up to 1/2, within 1e-6 of its value; highest first. */
    private static final float[] SINE = {-0.55839604139328f, 2.543604850769043f, -5.167367935180664f, 3.141589641571045f
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
        int bits = Counter.bits(place & ~HALF, lower, upper);
        float radius = signed(radius(bits), bits);
        float x = turn(bits) * HALF_TURN;
        return radius * ((place & HALF) == 0 ? cosine(x) : sine(x));
    }

    /** By the lowest bit, which u leaves out. */
    static float signed(float radius, int bits) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(radius) ^ bits << (Integer.SIZE - 1));
    }

    /** Other bits for the angle. */
    static int turn(int bits) {
        return bits * TURN_FACTOR;
    }

    /** The coefficients of the logarithm's polynomial, highest first. */
    public static float[] logarithm() {
        return LOGARITHM.clone();
    }

    /** The coefficients of the sine's polynomial, highest first. */
    public static float[] sine() {
        return SINE.clone();
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

    static float cosine(float x) {
        return polynomial(COSINE, x * x);
    }

    static float sine(float x) {
        return polynomial(SINE, x * x) * x;
    }
}
