package org.thalweg.lab.landscape;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Evenly spaced places on an axis.
 *
 * @param from the first
 * @param to the last, above the first
 * @param count at least 2
 */
public record Axis(double from, double to, int count) {
    private static final int MOST = 2_001;

    public Axis {
        if (!(from < to) || Double.isInfinite(to - from)) {
            throw new IllegalArgumentException(
                    "an axis leads from a number to a larger one, not from %s to %s".formatted(from, to));
        }
        if (count < 2 || count > MOST) {
            throw new IllegalArgumentException("an axis has from 2 to %,d points, not %,d".formatted(MOST, count));
        }
    }

    /** From a little before 0 to a little behind 1, both of which are on it: what a line is looked at along. */
    public static Axis alongLine(int count) {
        int beyond = (count - 1) / 6;
        double between = count - 1 - 2.0 * beyond;
        return new Axis(-beyond / between, 1 + beyond / between, count);
    }

    /** One of the places, from 0 on; that in the middle of a symmetric axis is 0 to the last bit. */
    public double at(int index) {
        return (from * (count - 1 - index) + to * index) / (count - 1);
    }

    /** All of them. */
    public List<Double> values() {
        return IntStream.range(0, count).mapToObj(this::at).toList();
    }
}
