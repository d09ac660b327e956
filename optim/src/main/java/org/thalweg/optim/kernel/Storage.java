package org.thalweg.optim.kernel;

/** How the numbers of a state are stored between steps. What is computed is float32 in every case. */
public enum Storage {
    /** As they are. */
    FLOAT32(Float.BYTES),
    /** Rounded to the nearest. */
    BFLOAT16(Short.BYTES),
    /** Rounded up or down at random, so that the expectation is exact. */
    BFLOAT16_STOCHASTIC(Short.BYTES);

    private final int bytes;

    Storage(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one number. */
    public int bytes() {
        return bytes;
    }
}
