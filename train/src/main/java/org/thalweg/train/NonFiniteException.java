package org.thalweg.train;

import java.util.Optional;

/** Training stopped because numbers left the finite range; the weights are those from before the step. */
public final class NonFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long step;
    private final double loss;
    private final String parameter;

    NonFiniteException(long step, double loss, String parameter) {
        this(
                "step %d: %s; lower the learning rate or clip the gradients"
                        .formatted(step, described(loss, parameter)),
                step,
                loss,
                parameter);
    }

    private NonFiniteException(String message, long step, double loss, String parameter) {
        super(message);
        this.step = step;
        this.loss = loss;
        this.parameter = parameter;
    }

    /** The same, and that going back did not help. */
    NonFiniteException after(long restores) {
        NonFiniteException last = new NonFiniteException(
                "%s; the run went back %d times before".formatted(getMessage(), restores), step, loss, parameter);
        last.initCause(this);
        return last;
    }

    /** The step that went wrong, from 1. */
    public long step() {
        return step;
    }

    /** That step's loss, which may still be finite. */
    public double loss() {
        return loss;
    }

    /** The layer nearest the loss whose gradient is not finite, if any is. */
    public Optional<String> layer() {
        return Optional.of(parameter).filter(name -> !name.isEmpty()).map(name -> name.split("\\.", 2)[0]);
    }

    private static String described(double loss, String parameter) {
        String what = Double.isFinite(loss) ? "a gradient is not finite (the loss is %.4g)" : "the loss is %s";
        String where = parameter.isEmpty()
                ? "no layer's gradient shows it"
                : "counting from the loss, the first gradient to go is that of layer %s (%s)"
                        .formatted(parameter.split("\\.", 2)[0], parameter);
        return what.formatted(loss) + ", and " + where;
    }
}
