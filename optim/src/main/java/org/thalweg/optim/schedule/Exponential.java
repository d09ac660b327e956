package org.thalweg.optim.schedule;

/**
 * Multiplied by the same factor at every step: {@code at(s) = rate * factor^s}. PyTorch: {@code
 * ExponentialLR(gamma=factor)}.
 *
 * <p>A factor above 1 makes the growing rate of a rate finder: Smith, Cyclical Learning Rates for Training Neural
 * Networks, WACV 2017, section 3.3 (there linear).
 *
 * @param rate the value at step 0; finite, at least 0
 * @param factor finite, above 0; above 1 the value grows, at last to infinity
 */
@About(summary = "multiplied by the same factor at every step", source = "common practice", lectures = "Ginsburg, NTU")
public record Exponential(double rate, double factor) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public Exponential {
        Arguments.requireNotNegative("rate", rate);
        Arguments.requirePositive("factor", factor);
    }

    @Override
    public double at(long step) {
        return decayed(rate, factor, Arguments.step(step));
    }

    /** {@code rate * factor^times}; a rate of 0 stays 0 even where the power overflows. */
    static double decayed(double rate, double factor, long times) {
        return rate == 0 ? rate : rate * Math.pow(factor, (double) times);
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
