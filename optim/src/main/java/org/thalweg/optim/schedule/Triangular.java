package org.thalweg.optim.schedule;

/**
 * A straight line up from low to high and down again, over and over.
 *
 * <p>Smith, Cyclical Learning Rates for Training Neural Networks, WACV 2017 (2015), section 3.1. PyTorch: {@code
 * CyclicLR(low, high, up, down, mode='triangular')}.
 *
 * @param low the value at a cycle's first step; finite, from 0 to {@code high}
 * @param high the value after {@code up} steps; finite
 * @param up the steps of the rise, Smith's {@code stepsize}; at least 1
 * @param down the steps of the fall, at least 1; as many as those of the rise unless given
 */
@About(
        summary = "up and down in straight lines, over and over",
        source = "Smith, WACV 2017, section 3.1",
        lectures = "KAIST",
        shown = 2)
public record Triangular(double low, double high, long up, long down) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public Triangular {
        Cycle.require(low, high, up, down);
    }

    /** Falls as it rises. */
    public Triangular(double low, double high, long up) {
        this(low, high, up, up);
    }

    @Override
    public double at(long step) {
        return Cycle.between(low, high, Cycle.of(step, up, down).height());
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
