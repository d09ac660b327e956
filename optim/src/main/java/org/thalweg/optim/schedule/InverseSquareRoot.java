package org.thalweg.optim.schedule;

/**
 * A linear rise to the rate at update number {@code warmUp}, then a fall as the inverse square root: with {@code t = s + 1},
 * {@code at(s) = rate * min(t / warmUp, sqrt(warmUp / t))}.
 *
 * <p>Vaswani et al., Attention Is All You Need, NeurIPS 2017, section 5.3, where the rate is {@code 1 / sqrt(width *
 * warmUp)}; named after Noam Shazeer. With a warm-up of 1 it is the plain {@code rate / sqrt(t)}. The rise is part of it, for
 * the fall counts from the first step on: {@link Schedule#warmUp} would start the fall anew. PyTorch: {@code LambdaLR}.
 *
 * @param rate the highest value, had by update number {@code warmUp}; finite, at least 0
 * @param warmUp the number of the update that has the rate, at least 1
 */
@About(
        summary = "rises, then falls as 1/sqrt(t) (Noam)",
        source = "Vaswani et al., NeurIPS 2017, section 5.3",
        shown = 8)
public record InverseSquareRoot(double rate, long warmUp) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public InverseSquareRoot {
        Arguments.requireNotNegative("rate", rate);
        Arguments.requireAtLeast("warmUp", 1, warmUp);
    }

    /** {@code rate / sqrt(t)} from the first step on. */
    public InverseSquareRoot(double rate) {
        this(rate, 1);
    }

    @Override
    public double at(long step) {
        double time = Arguments.step(step) + 1.0;
        return rate * Math.min(time / warmUp, Math.sqrt(warmUp / time));
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
