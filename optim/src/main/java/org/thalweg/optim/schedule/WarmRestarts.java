package org.thalweg.optim.schedule;

/**
 * Cosines from the rate down to the floor, one after the other, each {@code multiple} times as long as the one before:
 *
 * <pre>{@code
 * at(s) = floor + (rate - floor) * (1 + cos(pi * i / n)) / 2
 * }</pre>
 *
 * in a cycle of {@code n} steps at its own step {@code i} from 0. A cycle's last step, {@code i = n - 1}, is still above the
 * floor; the step after it has the full rate again.
 *
 * <p>SGDR: Loshchilov and Hutter, Stochastic Gradient Descent with Warm Restarts, ICLR 2017, equation 5, with {@code T_0 =
 * first} and {@code T_mult = multiple}. PyTorch: {@code CosineAnnealingWarmRestarts(T_0, T_mult, eta_min=floor)}.
 *
 * @param rate the value at the first step of a cycle; finite, at least 0
 * @param first the length of the first cycle in steps, at least 1
 * @param multiple at least 1
 * @param floor finite, from 0 to {@code rate}
 */
@About(
        summary = "cosines that start anew, each longer by a factor (SGDR)",
        source = "Loshchilov and Hutter, ICLR 2017, equation 5",
        lectures = "KAIST",
        shown = 7)
public record WarmRestarts(double rate, long first, int multiple, double floor) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public WarmRestarts {
        Arguments.requireNotNegative("rate", rate);
        Arguments.requireAtLeast("first", 1, first);
        Arguments.requireAtLeast("multiple", 1, multiple);
        Arguments.requireNotNegative("floor", floor);
        Arguments.require(floor <= rate, "floor", "at most the rate", floor);
    }

    /** Down to 0. */
    public WarmRestarts(double rate, long first, int multiple) {
        this(rate, first, multiple, 0);
    }

    /** Cycles of equal length down to 0. */
    public WarmRestarts(double rate, long first) {
        this(rate, first, 1, 0);
    }

    @Override
    public double at(long step) {
        // In whole numbers: a logarithm would miss a restart by a step now and then.
        long own = Arguments.step(step);
        long length = first;
        if (multiple == 1) {
            own %= length;
        }
        while (own >= length) {
            own -= length;
            length = length > Long.MAX_VALUE / multiple ? Long.MAX_VALUE : length * multiple;
        }
        return Cosine.between(rate, floor, own, length);
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
