package org.thalweg.lab.bench;

import java.util.Arrays;

/** How fast this machine's memory is right now, measured in under a second. Shared machines drift: measure beside what you compare. */
public final class MemorySpeed {
    private static final int ELEMENTS = 16_000_000;
    private static final int WARM_UP_TURNS = 5;
    private static final int TURNS = 15;

    private MemorySpeed() {}

    /** The speed of copying from array to array on all cores, reads and writes counted, in units of 10^9 bytes a second. */
    public static double gigabytesPerSecond() {
        float[] from = new float[ELEMENTS];
        float[] to = new float[ELEMENTS];
        int threads = Runtime.getRuntime().availableProcessors();
        Subject copy = Memory.COPY.over(from, to, threads);
        for (int i = 0; i < WARM_UP_TURNS; i++) {
            copy.run(); // the first touches the pages
        }
        double[] times = new double[TURNS];
        Arrays.setAll(times, turn -> Alternation.millis(copy));
        return (double) Memory.BYTES_PER_ELEMENT * ELEMENTS / Alternation.median(times) / 1e6;
    }
}
