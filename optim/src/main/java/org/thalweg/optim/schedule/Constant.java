package org.thalweg.optim.schedule;

/**
 * The same value at every step: {@code at(s) = rate}. PyTorch: an optimizer's {@code lr} without a scheduler.
 *
 * @param rate finite, at least 0
 */
@About(summary = "the same value at every step", source = "common practice", lectures = "KAIST, NTU, TTIC")
public record Constant(double rate) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public Constant {
        Arguments.requireNotNegative("rate", rate);
    }

    @Override
    public double at(long step) {
        Arguments.step(step);
        return rate;
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
