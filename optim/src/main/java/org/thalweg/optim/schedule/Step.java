package org.thalweg.optim.schedule;

/**
 * A staircase: multiplied by a factor every so many steps, {@code at(s) = rate * factor^floor(s / every)}.
 *
 * <p>The "step decay" of He et al., Deep Residual Learning, CVPR 2016, section 4.2 (a tenth at each plateau). PyTorch:
 * {@code StepLR(step_size=every, gamma=factor)}.
 *
 * @param rate the value of the first {@code every} steps; finite, at least 0
 * @param every the length of a stair in steps, at least 1
 * @param factor finite, above 0; above 1 the value grows, at last to infinity
 */
@About(
        summary = "multiplied by a factor every so many steps",
        source = "He et al., CVPR 2016, section 4.2",
        lectures = "Ginsburg, NTU",
        shown = 4)
public record Step(double rate, long every, double factor) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public Step {
        Arguments.requireNotNegative("rate", rate);
        Arguments.requireAtLeast("every", 1, every);
        Arguments.requirePositive("factor", factor);
    }

    @Override
    public double at(long step) {
        return Exponential.decayed(rate, factor, Arguments.step(step) / every);
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
