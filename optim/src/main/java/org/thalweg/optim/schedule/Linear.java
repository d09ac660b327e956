package org.thalweg.optim.schedule;

/**
 * A straight line from the rate to the end, which then stays: {@code at(s) = rate + (end - rate) * s / steps} for {@code s <
 * steps}, then {@code end}.
 *
 * <p>PyTorch: {@code LinearLR(start_factor=1, end_factor=end / rate, total_iters=steps)}. With an end above the rate it is the
 * range test of Smith, Cyclical Learning Rates for Training Neural Networks, WACV 2017, section 3.3.
 *
 * @param rate the value at step 0; finite, at least 0
 * @param steps the first step that has the end's value, at least 1
 * @param end finite, at least 0
 */
@About(
        summary = "a straight line to 0 or another end",
        source = "common practice; upwards, Smith, WACV 2017, section 3.3")
public record Linear(double rate, long steps, double end) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public Linear {
        Arguments.requireNotNegative("rate", rate);
        Arguments.requireAtLeast("steps", 1, steps);
        Arguments.requireNotNegative("end", end);
    }

    /** Down to 0. */
    public Linear(double rate, long steps) {
        this(rate, steps, 0);
    }

    @Override
    public double at(long step) {
        return Polynomial.between(rate, end, step, steps, 1);
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
