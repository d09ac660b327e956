package org.thalweg.optim.schedule;

import java.util.List;

/**
 * The value of a hyperparameter as a pure function of the step.
 *
 * <p>Steps count from 0: {@code at(0)} is the value that the first update uses. A schedule can be asked for any step
 * without being stepped through, so that resuming at step {@code n} needs nothing but {@code n}.
 *
 * <p>The ready schedules are records; their {@code toString} is a text such as {@code cosine(0.1, 90).warmUp(5)}, which
 * {@link #parse} reads back as an equal schedule. Any function of the step will do as a schedule too, it only has no
 * such text.
 */
@FunctionalInterface
public interface Schedule {
    /**
     * The value that update number {@code step} uses.
     *
     * @param step completed updates so far, from 0; the ready schedules refuse a negative one
     */
    double at(long step);

    /** This schedule after a linear rise over so many steps: see {@link WarmUp}. */
    default Schedule warmUp(long steps) {
        return new WarmUp(this, steps);
    }

    /** The same value at every step: see {@link Constant}. */
    static Schedule constant(double rate) {
        return new Constant(rate);
    }

    /** Multiplied by {@code factor} every so many steps: see {@link Step}. */
    static Schedule step(double rate, long every, double factor) {
        return new Step(rate, every, factor);
    }

    /** Multiplied by {@code factor} at every step: see {@link Exponential}. */
    static Schedule exponential(double rate, double factor) {
        return new Exponential(rate, factor);
    }

    /** Down to 0 along a cosine: see {@link Cosine}. */
    static Schedule cosine(double rate, long steps) {
        return new Cosine(rate, steps);
    }

    /** Down to {@code floor} along a cosine: see {@link Cosine}. */
    static Schedule cosine(double rate, long steps, double floor) {
        return new Cosine(rate, steps, floor);
    }

    /**
     * Reads a schedule from text: a number, or one of {@link #forms()} with numbers in place of the names, as in {@code
     * step(0.1, 30, 0.1)} or {@code cosine(1e-3, 10_000).warmUp(500)}.
     *
     * @throws IllegalArgumentException if the text is no schedule; the message says where, what was expected, and the
     *     nearest name
     */
    static Schedule parse(String text) {
        return ScheduleParser.parse(text);
    }

    /** The text form of every ready schedule, with what is optional in brackets: {@code cosine(rate, steps[, floor])}. */
    static List<String> forms() {
        return Form.READY.stream().map(Form::signature).toList();
    }
}
