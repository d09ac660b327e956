package org.thalweg.train.data;

/**
 * The SplitMix64 generator (Steele, Lea and Flood, OOPSLA 2014): 64 bits of state, one addition and a mix a draw.
 *
 * <p>Written out here so that an order of examples is the same on every JDK, for ever.
 */
public final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final long LOW_HALF = 0xFFFFFFFFL;

    private long state;

    public SplitMix64(long seed) {
        state = seed;
    }

    /** A generator for one of many independent streams of a seed, such as one epoch's shuffle. */
    public static SplitMix64 stream(long seed, long stream) {
        return new SplitMix64(mix(seed + GOLDEN_GAMMA) ^ mix(~stream));
    }

    /** 64 uniform bits. */
    public long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /**
     * A uniform number in [0, bound).
     *
     * @param bound at least 1
     */
    public int below(int bound) {
        // Lemire, "Fast random integer generation in an interval" (2019): multiply and keep the high half; draw again
        // in
        // the few cases that would favour some numbers.
        long product = (next() >>> 32) * bound;
        if ((product & LOW_HALF) < bound) {
            long uneven = ((1L << 32) - bound) % bound;
            while ((product & LOW_HALF) < uneven) {
                product = (next() >>> 32) * bound;
            }
        }
        return (int) (product >>> 32);
    }

    /** A uniform number in [0, 1), a multiple of 2^-53. */
    public double uniform() {
        return (next() >>> 11) * 0x1p-53;
    }

    /** A number from the standard normal distribution (Box and Muller, 1958). */
    public double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
    }

    /**
     * A number from the distribution Beta(alpha, alpha), as the share of one of two Gamma variates.
     *
     * @param alpha above 0
     */
    public double beta(double alpha) {
        // In logarithms, because both variates may be too small for a double where alpha is.
        double one = logGamma(alpha);
        double other = logGamma(alpha);
        return 1 / (1 + StrictMath.exp(other - one));
    }

    /** The logarithm of a Gamma variate (Marsaglia and Tsang, 2000; for shapes below 1 by their section 6). */
    private double logGamma(double shape) {
        if (shape < 1) {
            return logGamma(shape + 1) + StrictMath.log(1 - uniform()) / shape;
        }
        double d = shape - 1.0 / 3;
        while (true) {
            double x = gaussian();
            double root = 1 + x / StrictMath.sqrt(9 * d);
            double v = root * root * root;
            if (v > 0 && StrictMath.log(1 - uniform()) < x * x / 2 + d - d * v + d * StrictMath.log(v)) {
                return StrictMath.log(d * v);
            }
        }
    }

    /** The numbers 0 to size-1 in a uniformly random order: Fisher and Yates, from the end. */
    public int[] permutation(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        for (int last = size - 1; last > 0; last--) {
            int other = below(last + 1);
            int kept = order[last];
            order[last] = order[other];
            order[other] = kept;
        }
        return order;
    }

    private static long mix(long z) {
        long mixed = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
