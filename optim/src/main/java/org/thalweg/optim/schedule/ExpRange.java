package org.thalweg.optim.schedule;

/**
 * {@link Triangular} with a height that is multiplied by the factor at every step, {@code factor^s}; low stays.
 *
 * <p>Smith, Cyclical Learning Rates for Training Neural Networks, WACV 2017 (2015), section 3.1. PyTorch: {@code
 * CyclicLR(low, high, up, down, mode='exp_range', gamma=factor)}.
 *
 * @param low the value at a cycle's first step; finite, from 0 to {@code high}
 * @param high the value after {@code up} steps; finite
 * @param up the steps of the rise, Smith's {@code stepsize}; at least 1
 * @param factor above 0, at most 1
 * @param down the steps of the fall, at least 1; as many as those of the rise unless given
 */
@About(
        summary = "triangular, lower by a factor at every step",
        source = "Smith, WACV 2017, section 3.1",
        lectures = "KAIST",
        shown = 4)
public record ExpRange(double low, double high, long up, double factor, long down) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public ExpRange {
        Cycle.require(low, high, up, down);
        Arguments.require(factor > 0 && factor <= 1, "factor", "above 0 and at most 1", factor);
    }

    /** Falls as it rises. */
    public ExpRange(double low, double high, long up, double factor) {
        this(low, high, up, factor, up);
    }

    @Override
    public double at(long step) {
        return Cycle.between(low, high, Cycle.of(step, up, down).height() * Math.pow(factor, step));
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
