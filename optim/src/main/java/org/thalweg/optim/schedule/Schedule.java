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

    /** This schedule for so many steps, then another: see {@link Then}. */
    default Schedule then(long steps, Schedule next) {
        return new Then(this, steps, next);
    }

    /** This schedule multiplied by a factor: see {@link Times}. */
    default Schedule times(double factor) {
        return new Times(this, factor);
    }

    /** This schedule, lowered when what is measured stops getting better: see {@link ReduceOnPlateau}. */
    default ReduceOnPlateau reduceOnPlateau() {
        return new ReduceOnPlateau(this);
    }

    /** The same value at every step: see {@link Constant}. */
    static Schedule constant(double rate) {
        return new Constant(rate);
    }

    /** As 1/t: see {@link InverseTime}. */
    static Schedule inverseTime(double rate) {
        return new InverseTime(rate);
    }

    /** A linear rise, then as 1/sqrt(t): see {@link InverseSquareRoot}. */
    static Schedule inverseSquareRoot(double rate, long warmUp) {
        return new InverseSquareRoot(rate, warmUp);
    }

    /** Multiplied by {@code factor} at every step: see {@link Exponential}. */
    static Schedule exponential(double rate, double factor) {
        return new Exponential(rate, factor);
    }

    /** Multiplied by {@code factor} every so many steps: see {@link Step}. */
    static Schedule step(double rate, long every, double factor) {
        return new Step(rate, every, factor);
    }

    /** Multiplied by {@code factor} at each of the given steps: see {@link MultiStep}. */
    static Schedule multiStep(double rate, List<Long> milestones, double factor) {
        return new MultiStep(rate, milestones, factor);
    }

    /** A tenth at half of the run, again at three quarters: see {@link Tenths}. */
    static Schedule tenths(double rate, long steps) {
        return new Tenths(rate, steps);
    }

    /** Down to 0 in a straight line: see {@link Linear}. */
    static Schedule linear(double rate, long steps) {
        return new Linear(rate, steps);
    }

    /** Down to 0 as a power of what is left: see {@link Polynomial}. */
    static Schedule polynomial(double rate, long steps, double power) {
        return new Polynomial(rate, steps, power);
    }

    /** Down to 0 along a cosine: see {@link Cosine}. */
    static Schedule cosine(double rate, long steps) {
        return new Cosine(rate, steps);
    }

    /** Down to {@code floor} along a cosine: see {@link Cosine}. */
    static Schedule cosine(double rate, long steps, double floor) {
        return new Cosine(rate, steps, floor);
    }

    /** Cosines down to 0, each longer by {@code multiple}: see {@link WarmRestarts}. */
    static Schedule warmRestarts(double rate, long first, int multiple) {
        return new WarmRestarts(rate, first, multiple);
    }

    /** Up and down in straight lines: see {@link Triangular}. */
    static Schedule triangular(double low, double high, long up) {
        return new Triangular(low, high, up);
    }

    /** Triangles that halve their height: see {@link Triangular2}. */
    static Schedule triangular2(double low, double high, long up) {
        return new Triangular2(low, high, up);
    }

    /** Triangles that lose height at every step: see {@link ExpRange}. */
    static Schedule expRange(double low, double high, long up, double factor) {
        return new ExpRange(low, high, up, factor);
    }

    /** Up and down once in the whole run: see {@link OneCycle}. */
    static Schedule oneCycle(double high, long steps) {
        return new OneCycle(high, steps);
    }

    /** Up, level, down to 0: see {@link WarmUpStableDecay}. */
    static Schedule warmUpStableDecay(double rate, long warmUp, long stable, long decay) {
        return new WarmUpStableDecay(rate, warmUp, stable, decay);
    }

    /** As many steps as show its shape, for a picture: 100 where it does not say. */
    default long shownSteps() {
        double steps = Form.shown(this);
        return steps > 0 ? (long) Math.min(1.05 * steps + 1, 1e15) : 100;
    }

    /**
     * Reads a schedule from text: a number, or one of {@link #ready()} with values in place of the names, as in {@code
     * step(0.1, 30, 0.1)} or {@code cosine(1e-3, 10_000).warmUp(500)}.
     *
     * @throws IllegalArgumentException if the text is no schedule; the message says where, what was expected, and the
     *     nearest name
     */
    static Schedule parse(String text) {
        return ScheduleParser.parse(text);
    }

    /** Every ready schedule, with its text form, such as {@code cosine(rate, steps[, floor])}. */
    static List<Form> ready() {
        return Form.READY;
    }
}
