package org.thalweg.optim.random;

/**
 * Random bits that depend on nothing but a key and a place: not on what was drawn before, so not on threads, vectors or the
 * order of work. Kernels hold the same as vector instructions.
 *
 * <p>A key is 64 bits, mixed from whatever tells one sequence from another by SplitMix64's finaliser (Steele et al., OOPSLA
 * 2014). A place enters a Weyl sequence that starts at the key's lower half, and goes through MurmurHash3's 32-bit finaliser
 * (Appleby, 2011), with the key's upper half in its middle: without that, all sequences would be parts of one.
 */
public final class Counter {
    public static final int WEYL = 0x9E37_79B9;
    public static final int FIRST_SHIFT = 16;
    public static final int FIRST_FACTOR = 0x85EB_CA6B;
    public static final int SECOND_SHIFT = 13;
    public static final int SECOND_FACTOR = 0xC2B2_AE35;
    public static final int LAST_SHIFT = 16;

    private static final long FNV_START = 0xCBF2_9CE4_8422_2325L;
    private static final long FNV_FACTOR = 0x0000_0100_0000_01B3L;

    private Counter() {}

    /** A key that is another one whenever any of the numbers is, or their order. */
    public static long key(long... numbers) {
        long key = 0;
        for (long number : numbers) {
            key = mixed((key ^ number) + 0x9E37_79B9_7F4A_7C15L);
        }
        return key;
    }

    private static long mixed(long bits) {
        long x = (bits ^ bits >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        x = (x ^ x >>> 27) * 0x94D0_49BB_1331_11EBL;
        return x ^ x >>> 31;
    }

    /** A number for a name, to make keys from: 64-bit FNV-1a (Fowler, Noll and Vo). */
    public static long number(String name) {
        long hash = FNV_START;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_FACTOR;
        }
        return hash;
    }

    /** 32 random bits; places that differ by a multiple of 2^32 have the same. */
    public static int bits(long key, long place) {
        return bits((int) place, (int) key, upperHalf(key));
    }

    /** The same with the halves of the key. */
    public static int bits(int place, int lower, int upper) {
        int x = place * WEYL + lower;
        x ^= x >>> FIRST_SHIFT;
        x *= FIRST_FACTOR;
        x ^= upper;
        x ^= x >>> SECOND_SHIFT;
        x *= SECOND_FACTOR;
        return x ^ x >>> LAST_SHIFT;
    }

    public static int upperHalf(long key) {
        return (int) (key >>> Integer.SIZE);
    }
}
