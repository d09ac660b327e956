package org.thalweg.optim.schedule;

/**
 * {@link Triangular} with a height that is halved after each cycle; low stays.
 *
 * <p>Smith, Cyclical Learning Rates for Training Neural Networks, WACV 2017 (2015), section 3.1. PyTorch: {@code
 * CyclicLR(low, high, up, down, mode='triangular2')}.
 *
 * @param low the value at a cycle's first step; finite, from 0 to {@code high}
 * @param high the value after {@code up} steps; finite
 * @param up the steps of the rise, Smith's {@code stepsize}; at least 1
 * @param down the steps of the fall, at least 1; as many as those of the rise unless given
 */
@About(
        summary = "triangular, half as high each time",
        source = "Smith, WACV 2017, section 3.1",
        lectures = "KAIST",
        shown = 4)
public record Triangular2(double low, double high, long up, long down) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public Triangular2 {
        Cycle.require(low, high, up, down);
    }

    /** Falls as it rises. */
    public Triangular2(double low, double high, long up) {
        this(low, high, up, up);
    }

    @Override
    public double at(long step) {
        Cycle cycle = Cycle.of(step, up, down);
        return Cycle.between(low, high, cycle.height() * Math.pow(0.5, cycle.number()));
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
