package org.thalweg.train;

import java.util.Arrays;

/** The latest steps' wall times: enough for a median, and no more memory however long the run. */
final class StepTimes {
    private static final int MOST = 1 << 14;

    private final double[] millis = new double[MOST];
    private long count;

    void add(double time) {
        millis[(int) (count++ % MOST)] = time;
    }

    /** The median of the latest {@value #MOST} times, or of all if there are fewer; NaN if there are none. */
    double median() {
        double[] sorted = Arrays.copyOf(millis, (int) Math.min(count, MOST));
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
