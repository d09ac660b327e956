package org.thalweg.optim.kernel;

/** A compiled {@link Loop}. */
interface Kernel {
    /** Sums are gathered in this many lanes, element {@code i} in lane {@code i % LANES}, whatever the processor's width. */
    int LANES = 16;

    /**
     * Runs the loop over a range of elements.
     *
     * @param arrays each a {@code float[]} or a native {@code MemorySegment}, by the loop's array numbers, in the
     *     {@link Place} that it was compiled for
     * @param offsets for each array the element at which the tensor starts; used for {@code float[]} only
     * @param base the tensor's first element to work on
     * @param count how many
     * @param scalars one for each slot
     * @param sums {@link #LANES} for each sum, added to
     * @param keys what random numbers depend on beside the element: those of rounding, then those of each noise
     */
    void run(Object[] arrays, long[] offsets, long base, int count, float[] scalars, double[] sums, long[] keys);
}
