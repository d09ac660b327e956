package org.thalweg.optim;

import java.util.List;
import org.thalweg.optim.rule.Rule;

/**
 * Steps on the gradients of a scaled loss. Make the optimizer with {@link #unscaled} of its rule, multiply each loss by {@link
 * #scale} before its backward pass, and make each step here: one whose gradients are not finite is left out as a whole.
 *
 * <p>Gradients are divided inside the rule's own loop, before anything that clips them, and not in a pass of their own.
 */
public final class LossScaler {
    private static final String HYPER = "loss_scale";

    private final LossScaling scaling;
    private final FiniteSteps steps;
    private State state;

    /**
     * What is remembered between steps.
     *
     * @param scale the factor now, above 0
     * @param madeInARow steps made since the factor changed or a step was skipped, 0 or more
     */
    public record State(double scale, long madeInARow) {
        public State {
            if (!(scale > 0 && scale < Double.POSITIVE_INFINITY) || madeInARow < 0) {
                throw new IllegalArgumentException(
                        "a loss scale of %s after %d steps cannot be".formatted(scale, madeInARow));
            }
        }
    }

    /**
     * Scales the losses whose gradients an optimizer takes.
     *
     * @param parameters the optimizer's
     * @throws IllegalArgumentException if no rule of the optimizer is {@link #unscaled}
     */
    public LossScaler(LossScaling scaling, Optimizer optimizer, List<Parameter> parameters) {
        this.scaling = scaling;
        this.steps = new FiniteSteps(optimizer, parameters);
        this.state = new State(scaling.initial(), 0);
        optimizer.schedule(HYPER, _ -> scale());
    }

    /** A rule that divides gradients by the scale before anything else. */
    public static Rule unscaled(Rule rule) {
        Rule division = (g, trace) -> g.over(trace.hyper(HYPER, 1));
        return division.then(rule);
    }

    /** What to multiply the next loss by. */
    public double scale() {
        return state.scale();
    }

    /**
     * Makes a step if all gradients are finite, and moves the scale.
     *
     * @return whether it made the step
     */
    public boolean step() {
        boolean made = steps.step();
        long inARow = made ? state.madeInARow() + 1 : 0;
        if (!made) {
            state = new State(Math.max(Float.MIN_NORMAL, scale() * scaling.backoff()), 0);
        } else if (inARow == scaling.interval()) {
            state = new State(Math.min(Float.MAX_VALUE, scale() * scaling.growth()), 0);
        } else {
            state = new State(scale(), inARow);
        }
        return made;
    }

    /** Steps that were left out. */
    public long skipped() {
        return steps.skipped();
    }

    public State state() {
        return state;
    }

    /** Goes on from a saved state. */
    public void restore(State saved) {
        state = saved;
    }
}
