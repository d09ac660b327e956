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
