package org.thalweg.optim.schedule;

/**
 * A linear rise before any schedule, which then starts from its own step 0:
 *
 * <pre>{@code
 * at(s) = after.at(0) * (s + 1) / steps   for s < steps
 * at(s) = after.at(s - steps)             from s = steps on
 * }</pre>
 *
 * <p>The first update already uses {@code 1 / steps} of the full rate, never a rate of zero, which would waste its
 * batch. The "gradual warmup" of Goyal et al., Accurate, Large Minibatch SGD, 2017, section 2.2. PyTorch: {@code
 * LinearLR(start_factor=1/steps, total_iters=steps-1)}, joined to the schedule by {@code SequentialLR} with the
 * milestone {@code steps}.
 *
 * @param after what follows; its step 0 is step {@code steps} of the whole
 * @param steps the length of the rise, at least 0; with 0 nothing changes
 */
public record WarmUp(Schedule after, long steps) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public WarmUp {
        Arguments.requireAtLeast("steps", 0, steps);
    }

    @Override
    public double at(long step) {
        return Arguments.step(step) < steps ? after.at(0) * ((step + 1.0) / steps) : after.at(step - steps);
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
