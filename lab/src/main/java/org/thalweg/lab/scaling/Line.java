package org.thalweg.lab.scaling;

/**
 * A cost that has a fixed part and one that grows with a size.
 *
 * @param fixed 0 or more
 * @param slope for each unit of size, above 0
 */
public record Line(double fixed, double slope) {
    /**
     * The straight line with the least squared relative errors; through the origin if it would pass below it.
     *
     * @param sizes at least one, each above 0
     * @param costs one for each, each above 0
     */
    public static Line fitted(double[] sizes, double[] costs) {
        double weights = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < sizes.length; i++) {
            double weight = 1 / (costs[i] * costs[i]);
            weights += weight;
            x += weight * sizes[i];
            y += weight * costs[i];
            xx += weight * sizes[i] * sizes[i];
            xy += weight * sizes[i] * costs[i];
        }
        double spread = weights * xx - x * x;
        double slope = (weights * xy - x * y) / spread;
        double fixed = (y - slope * x) / weights;
        boolean isLine = spread > 1e-9 * weights * xx && slope > 0 && fixed > 0;
        return isLine ? new Line(fixed, slope) : new Line(0, xy / xx);
    }
}
