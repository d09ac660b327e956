package org.thalweg.lab.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** How fast this machine's memory is right now, measured in under a second. Shared machines drift: measure beside what you compare. */
public final class MemorySpeed {
    private static final int ELEMENTS = 16_000_000;
    private static final int TURNS = 7;

    private MemorySpeed() {}

    /** The better of copying and rewriting in place, on all cores, in units of 10^9 bytes a second. */
    public static double gigabytesPerSecond() {
        float[] from = new float[ELEMENTS];
        float[] to = new float[ELEMENTS];
        int threads = Runtime.getRuntime().availableProcessors();
        List<Subject> loops = Stream.of(Memory.values())
                .map(loop -> loop.over(from, to, threads))
                .toList();
        double fastest = loops.stream().mapToDouble(MemorySpeed::millis).min().orElseThrow();
        return (double) Memory.BYTES_PER_ELEMENT * ELEMENTS / fastest / 1e6;
    }

    private static double millis(Subject loop) {
        double[] times = new double[TURNS];
        Arrays.setAll(times, turn -> Alternation.millis(loop));
        return Alternation.median(times);
    }
}
