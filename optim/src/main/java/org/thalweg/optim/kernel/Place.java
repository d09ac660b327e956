package org.thalweg.optim.kernel;

/** Where an array lies and how its numbers are stored there. What is computed is float32 everywhere. */
public enum Place {
    /** A {@code float[]}. */
    HEAP(Float.BYTES),
    /** Native memory, float32. */
    NATIVE(Float.BYTES),
    /** Native memory, bfloat16, rounded to the nearest on the way in. */
    BFLOAT16(Short.BYTES),
    /** Native memory, bfloat16, rounded up or down at random, so that the expectation is exact. */
    BFLOAT16_STOCHASTIC(Short.BYTES);

    private final int bytes;

    Place(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
