package org.thalweg.optim.schedule;

/**
 * A power of the share of steps that are left: {@code at(s) = end + (rate - end) * (1 - s / steps)^power} for {@code s <
 * steps}, then {@code end}.
 *
 * <p>The "poly" policy of Caffe, used by Chen et al., DeepLab, 2016, and with power 2 by You et al., Large Batch Training of
 * Convolutional Networks (LARS), 2017. PyTorch: {@code PolynomialLR(total_iters=steps, power)}, whose end is 0.
 *
 * @param rate the value at step 0; finite, at least 0
 * @param steps the first step that has the end's value, at least 1
 * @param power finite, above 0; 1 is a straight line, above 1 the fall is steep at first
 * @param end finite, at least 0
 */
@About(
        summary = "a power of the share of steps left",
        source = "Chen et al., DeepLab, 2016; You et al., 2017 (power 2)")
public record Polynomial(double rate, long steps, double power, double end) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public Polynomial {
        Arguments.requireNotNegative("rate", rate);
        Arguments.requireAtLeast("steps", 1, steps);
        Arguments.requirePositive("power", power);
        Arguments.requireNotNegative("end", end);
    }

    /** Down to 0. */
    public Polynomial(double rate, long steps, double power) {
        this(rate, steps, power, 0);
    }

    @Override
    public double at(long step) {
        return between(rate, end, step, steps, power);
    }

    static double between(double rate, double end, long step, long steps, double power) {
        if (Arguments.step(step) >= steps) {
            return end;
        }
        double share = Math.pow((double) (steps - step) / steps, power);
        return rate * share + end * (1 - share); // exactly the rate at step 0
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
