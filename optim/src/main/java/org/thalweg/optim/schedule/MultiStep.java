package org.thalweg.optim.schedule;

import java.util.List;

/**
 * Multiplied by a factor at each of the given steps: {@code at(s) = rate * factor^(how many milestones are at most s)}.
 *
 * <p>The staircase of uneven stairs: Goyal et al., Accurate, Large Minibatch SGD, 2017, section 5.1 (a tenth at epochs 30, 60
 * and 80). PyTorch: {@code MultiStepLR(milestones, gamma=factor)}.
 *
 * @param rate the value before the first milestone; finite, at least 0
 * @param milestones the first steps of the new values: at least one, each at least 1 and above the one before
 * @param factor finite, above 0; above 1 the value grows
 */
@About(summary = "multiplied by a factor at given steps", source = "Goyal et al., 2017, section 5.1", lectures = "NTU")
public record MultiStep(double rate, List<Long> milestones, double factor) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public MultiStep {
        Arguments.requireNotNegative("rate", rate);
        milestones = List.copyOf(milestones);
        Arguments.require(!milestones.isEmpty(), "milestones", "at least one step", milestones);
        long before = 0;
        for (long milestone : milestones) {
            Arguments.require(milestone > before, "milestones", "ascending steps from 1 on", milestones);
            before = milestone;
        }
        Arguments.requirePositive("factor", factor);
    }

    @Override
    public double at(long step) {
        Arguments.step(step);
        long passed = milestones.stream().filter(milestone -> milestone <= step).count();
        return Exponential.decayed(rate, factor, passed);
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
