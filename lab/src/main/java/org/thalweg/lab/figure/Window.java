package org.thalweg.lab.figure;

import java.util.stream.IntStream;

/**
 * A rectangle of the plane that is looked at.
 *
 * @param left the least x
 * @param right the largest, above it
 * @param bottom the least y
 * @param top the largest, above it
 */
public record Window(double left, double right, double bottom, double top) {
    /** @throws IllegalArgumentException unless it has an area and finite ends */
    public Window {
        if (!(left < right && bottom < top) || !Double.isFinite(right - left) || !Double.isFinite(top - bottom)) {
            throw new IllegalArgumentException(
                    "a window goes from a lower to a higher finite number on both axes, not from %s to %s and %s to %s"
                            .formatted(left, right, bottom, top));
        }
    }

    /** The same distance to all sides of the origin. */
    public static Window around(double reach) {
        return new Window(-reach, reach, -reach, reach);
    }

    /** Whether a point lies in it or on its edge. */
    public boolean contains(double x, double y) {
        return x >= left && x <= right && y >= bottom && y <= top;
    }

    /** Evenly spread from the left to the right edge, both included; {@code count} is at least 2. */
    double[] columns(int count) {
        return spread(left, right, count);
    }

    /** Evenly spread from the lower to the upper edge. */
    double[] rows(int count) {
        return spread(bottom, top, count);
    }

    private static double[] spread(double from, double to, int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> from + (to - from) * i / (count - 1))
                .toArray();
    }
}
