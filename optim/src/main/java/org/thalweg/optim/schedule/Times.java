package org.thalweg.optim.schedule;

/**
 * A schedule multiplied by a factor: {@code at(s) = factor * base.at(s)}. What a rule of scale asks for: see {@link Scaling}.
 * PyTorch: a multiple of the optimizer's {@code lr}.
 *
 * @param base not one that has state
 * @param factor finite, above 0
 */
@About(summary = "multiplied by a factor", source = "common practice; by the batch's growth, Goyal et al., 2017")
public record Times(Schedule base, double factor) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public Times {
        Arguments.requirePure(base);
        Arguments.requirePositive("factor", factor);
    }

    @Override
    public double at(long step) {
        return factor * base.at(step);
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
