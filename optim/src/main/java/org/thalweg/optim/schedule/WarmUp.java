package org.thalweg.optim.schedule;

/**
 * A rise before any schedule, which then starts from its own step 0:
 *
 * <pre>{@code
 * at(s) = after.at(0) * share(s)   for s < steps
 * at(s) = after.at(s - steps)      from s = steps on
 * }</pre>
 *
 * where the share goes from {@code start} at step 0 to 1 at step {@code steps - 1}: along a straight line, or by the same factor
 * at every step; or it is {@code start} all the while.
 *
 * <p>Unless another start is given it is {@code 1 / steps}, which makes the share {@code (s + 1) / steps}: the first update
 * already moves. A start of 0 wastes its batch, and has to be asked for.
 *
 * <p>Goyal et al., Accurate, Large Minibatch SGD, 2017, section 2.2, where the linear one is "gradual" and starts at the rate
 * of a small batch; the constant one is also in He et al., CVPR 2016, section 4.2. PyTorch: {@code
 * LinearLR(start_factor=start, total_iters=steps-1)} or {@code ConstantLR(factor=start, total_iters=steps)}, joined to the
 * schedule by {@code SequentialLR} with the milestone {@code steps}.
 *
 * @param after what follows, not one that has state; its step 0 is step {@code steps} of the whole
 * @param steps the length of the rise, at least 0; with 0 nothing changes
 * @param start the share at step 0, from 0 to 1; above 0 for an exponential rise
 * @param rise the way from there to 1
 */
@About(
        summary = "a rise before any schedule",
        source = "Goyal et al., 2017, section 2.2",
        lectures = "Ginsburg, KAIST, NTU")
public record WarmUp(Schedule after, long steps, double start, Rise rise) implements Schedule {
    /** How a warm-up comes from its start to the full value. */
    public enum Rise {
        /** In a straight line. */
        LINEAR,
        /** In a jump at the end. */
        CONSTANT,
        /** By the same factor at every step. */
        EXPONENTIAL
    }

    /** @throws IllegalArgumentException if an argument is out of range */
    public WarmUp {
        Arguments.requirePure(after);
        Arguments.requireAtLeast("steps", 0, steps);
        Arguments.require(start >= 0 && start <= 1, "start", "a share from 0 to 1", start);
        Arguments.require(
                start > 0 || rise != Rise.EXPONENTIAL, "start", "above 0 where the rise is exponential", start);
    }

    /** A straight line from a start of one's own. */
    public WarmUp(Schedule after, long steps, double start) {
        this(after, steps, start, Rise.LINEAR);
    }

    /** A straight line whose first step already has {@code 1 / steps} of the whole. */
    public WarmUp(Schedule after, long steps) {
        this(after, steps, 1.0 / Math.max(1, steps));
    }

    @Override
    public double at(long step) {
        return Arguments.step(step) < steps ? after.at(0) * share(step) : after.at(step - steps);
    }

    private double share(long step) {
        long last = steps - 1;
        if (last == 0) {
            return start;
        }
        return switch (rise) {
            case LINEAR -> (start * (last - step) + step) / last;
            case CONSTANT -> start;
            case EXPONENTIAL -> Math.pow(start, (double) (last - step) / last);
        };
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
