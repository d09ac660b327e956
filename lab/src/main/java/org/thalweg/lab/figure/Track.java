package org.thalweg.lab.figure;

/**
 * A way through the plane.
 *
 * @param name for the legend
 * @param hue its colour
 * @param dashed to tell it from another of the same colour
 * @param x one for each point, as {@code y} and {@code z}; they need not be finite
 * @param y upwards on a map
 * @param z the function's value there
 */
@SuppressWarnings("ArrayRecordComponent") // Made here and read by figures only.
public record Track(String name, Hue hue, boolean dashed, double[] x, double[] y, double[] z) {
    /** @throws IllegalArgumentException if there are not as many of each */
    public Track {
        if (x.length != y.length || y.length != z.length) {
            throw new IllegalArgumentException("a track needs as many x as y and z");
        }
    }

    /** Whether a point has a place on a map. */
    public boolean isFinite(int point) {
        return Double.isFinite(x[point]) && Double.isFinite(y[point]);
    }
}
