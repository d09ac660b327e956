package org.thalweg.optim.schedule;

/**
 * One schedule for so many steps, then another from its own step 0: {@code at(s) = first.at(s)} for {@code s < steps}, then
 * {@code next.at(s - steps)}.
 *
 * <p>PyTorch: {@code SequentialLR([first, next], milestones=[steps])}. Chained, all milestones count from the first step of the
 * whole: {@code 0.1.then(30, 0.01).then(60, 0.001)} is a piecewise constant.
 *
 * @param first not one that has state
 * @param steps the first step of what follows, at least 0
 * @param next not one that has state
 */
@About(summary = "another schedule from a step on (piecewise join)", source = "common practice")
public record Then(Schedule first, long steps, Schedule next) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public Then {
        Arguments.requirePure(first);
        Arguments.requireAtLeast("steps", 0, steps);
        Arguments.requirePure(next);
    }

    @Override
    public double at(long step) {
        return Arguments.step(step) < steps ? first.at(step) : next.at(step - steps);
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
