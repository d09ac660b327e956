package org.thalweg.optim.schedule;

/**
 * Falling as the reciprocal of time: {@code at(s) = rate / (1 + decay * s)}; with a decay of 1, {@code rate / t} for {@code
 * t = s + 1}.
 *
 * <p>Robbins and Monro, A Stochastic Approximation Method, 1951: such rates sum to infinity while their squares do not.
 * Keras: {@code InverseTimeDecay}. PyTorch: {@code LambdaLR(lambda s: 1 / (1 + decay * s))}.
 *
 * @param rate the value at step 0; finite, at least 0
 * @param decay what the divisor grows by at each step; finite, at least 0
 */
@About(summary = "falls as 1/t", source = "Robbins and Monro, 1951")
public record InverseTime(double rate, double decay) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public InverseTime {
        Arguments.requireNotNegative("rate", rate);
        Arguments.requireNotNegative("decay", decay);
    }

    /** {@code rate / t}. */
    public InverseTime(double rate) {
        this(rate, 1);
    }

    @Override
    public double at(long step) {
        return rate / (1 + decay * Arguments.step(step));
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
