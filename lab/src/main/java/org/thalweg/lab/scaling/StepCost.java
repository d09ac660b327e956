package org.thalweg.lab.scaling;

import java.util.List;

/**
 * What a worker computes in a step: {@code fixed + perExample * examples} seconds forward and backward, and the update.
 *
 * @param fixed seconds, 0 or more
 * @param perExample seconds, above 0
 * @param backward share of these that the way back takes, 0 to 1
 * @param update seconds of the optimizer's step, whatever the batch, 0 or more
 */
public record StepCost(double fixed, double perExample, double backward, double update) {
    public StepCost {
        if (!(fixed >= 0) || !(perExample > 0) || !(backward >= 0 && backward <= 1) || !(update >= 0)) {
            throw new IllegalArgumentException("a step takes time for every example");
        }
    }

    /**
     * A measured time.
     *
     * @param examples in the piece, at least 1
     * @param seconds forward and backward, above 0
     */
    public record Point(int examples, double seconds) {}

    /**
     * The {@link Line} through measured times.
     *
     * @param points of one size at least
     * @param backward share of these times that the way back takes
     * @param update seconds of the optimizer's step
     */
    public static StepCost fitted(List<Point> points, double backward, double update) {
        Line line = Line.fitted(
                points.stream().mapToDouble(Point::examples).toArray(),
                points.stream().mapToDouble(Point::seconds).toArray());
        return new StepCost(line.fixed(), line.slope(), backward, update);
    }

    /** Seconds forward and backward. */
    public double compute(int examples) {
        return fixed + perExample * examples;
    }
}
