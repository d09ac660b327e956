package org.thalweg.dashboard.watch;

import java.util.Arrays;

/**
 * The course of one number in bounded memory: up to {@link #MOST} points are kept as they are; beyond, neighbours are drawn
 * together in bins of equally many points, each with its mean, its lowest and its highest value, so that no spike is lost.
 */
final class Curve {
    /** Bins at most; at least half as many once there have been so many points. */
    static final int MOST = 1024;

    private static final int FIRST = 16;

    private double[] steps = new double[FIRST];
    private double[] sums = new double[FIRST];
    private double[] lows = new double[FIRST];
    private double[] highs = new double[FIRST];
    private long[] counts = new long[FIRST];
    private int size;
    private long pointsInBin = 1;

    /** Adds the next point; a value that is not finite has no place on a curve. */
    void add(double step, double value) {
        if (!Double.isFinite(value) || !Double.isFinite(step)) {
            return;
        }
        if (size == 0 || counts[size - 1] == pointsInBin) {
            open();
        }
        int bin = size - 1;
        steps[bin] += step;
        sums[bin] += value;
        lows[bin] = Math.min(lows[bin], value);
        highs[bin] = Math.max(highs[bin], value);
        counts[bin]++;
    }

    private void open() {
        if (size == MOST) {
            mergePairs();
        } else if (size == steps.length) {
            grow();
        }
        steps[size] = 0;
        sums[size] = 0;
        lows[size] = Double.POSITIVE_INFINITY;
        highs[size] = Double.NEGATIVE_INFINITY;
        counts[size] = 0;
        size++;
    }

    private void grow() {
        int more = Math.min(MOST, 2 * size);
        steps = Arrays.copyOf(steps, more);
        sums = Arrays.copyOf(sums, more);
        lows = Arrays.copyOf(lows, more);
        highs = Arrays.copyOf(highs, more);
        counts = Arrays.copyOf(counts, more);
    }

    private void mergePairs() {
        size = MOST / 2;
        for (int bin = 0; bin < size; bin++) {
            int one = 2 * bin;
            int other = one + 1;
            steps[bin] = steps[one] + steps[other];
            sums[bin] = sums[one] + sums[other];
            lows[bin] = Math.min(lows[one], lows[other]);
            highs[bin] = Math.max(highs[one], highs[other]);
            counts[bin] = counts[one] + counts[other];
        }
        pointsInBin *= 2;
    }

    int size() {
        return size;
    }

    /** Whether bins hold more than one point, so that lows and highs differ from means. */
    boolean isBinned() {
        return pointsInBin > 1;
    }

    /** The mean step of a bin. */
    double step(int bin) {
        return steps[bin] / counts[bin];
    }

    double mean(int bin) {
        return sums[bin] / counts[bin];
    }

    double low(int bin) {
        return lows[bin];
    }

    double high(int bin) {
        return highs[bin];
    }
}
