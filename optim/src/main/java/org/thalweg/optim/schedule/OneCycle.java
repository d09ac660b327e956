package org.thalweg.optim.schedule;

/**
 * One cycle over the whole run: up from {@code high / startDivisor} to {@code high}, then down to the start's value divided by
 * {@code endDivisor}; with three phases first down to the start's value as slowly as up, then from there to the end.
 *
 * <p>Smith and Topin, Super-Convergence, 2017, with the cosine in place of straight lines that fast.ai found better, as PyTorch
 * has it: {@code OneCycleLR(high, total_steps=steps, pct_start=rise, anneal_strategy, div_factor, final_div_factor,
 * three_phase)}, to whose boundaries it keeps: high is reached {@code rise * steps - 1} steps after the first, between two
 * steps if that is not whole, and the end's value by the last step, {@code steps - 1}. Then it stays, where PyTorch fails.
 *
 * <p>A momentum that cycles the other way, from 0.95 to 0.85 and back, is {@code new OneCycle(0.85, steps, 0.3, 0.85 / 0.95,
 * 1)}.
 *
 * @param high finite, at least 0
 * @param steps the length of the run, at least 1
 * @param rise the share of the rise in the run, from 0 to 1; at most 0.5 with three phases
 * @param startDivisor finite, above 0
 * @param endDivisor finite, above 0
 * @param curve of all phases
 * @param threePhases whether the fall is as long as the rise, and followed by a last phase
 */
@About(summary = "up, then down to almost nothing, in one run", source = "Smith and Topin, Super-Convergence, 2017")
public record OneCycle(
        double high, long steps, double rise, double startDivisor, double endDivisor, Curve curve, boolean threePhases)
        implements Schedule {
    private static final double RISE = 0.3;
    private static final double START_DIVISOR = 25;
    private static final double END_DIVISOR = 1e4;

    /** How a phase goes from one value to the other. */
    public enum Curve {
        /** Half a period of a cosine. */
        COSINE,
        /** A straight line. */
        LINEAR
    }

    /** @throws IllegalArgumentException if an argument is out of range */
    public OneCycle {
        Arguments.requireNotNegative("high", high);
        Arguments.requireAtLeast("steps", 1, steps);
        double most = threePhases ? 0.5 : 1;
        Arguments.require(rise >= 0 && rise <= most, "rise", "a share from 0 to " + most, rise);
        Arguments.requirePositive("startDivisor", startDivisor);
        Arguments.requirePositive("endDivisor", endDivisor);
        Arguments.requireNotNegative("high / startDivisor", high / startDivisor);
        Arguments.requireNotNegative("high / startDivisor / endDivisor", high / startDivisor / endDivisor);
    }

    /** Two phases along cosines. */
    public OneCycle(double high, long steps, double rise, double startDivisor, double endDivisor) {
        this(high, steps, rise, startDivisor, endDivisor, Curve.COSINE, false);
    }

    /** From {@code high / 25} to a ten thousandth of that, as PyTorch has it. */
    public OneCycle(double high, long steps, double rise) {
        this(high, steps, rise, START_DIVISOR, END_DIVISOR);
    }

    /** Three tenths of the run upwards, the rest downwards. */
    public OneCycle(double high, long steps) {
        this(high, steps, RISE);
    }

    @Override
    public double at(long step) {
        double start = high / startDivisor;
        double top = rise * steps - 1; // fractions of a step, as in PyTorch
        double back = 2 * top;
        double last = steps - 1.0;
        if (Arguments.step(step) <= top) {
            return phase(start, high, step, 0, top);
        }
        if (threePhases) {
            return step <= back
                    ? phase(high, start, step, top, back)
                    : phase(start, start / endDivisor, step, back, last);
        }
        return phase(high, start / endDivisor, step, top, last);
    }

    private double phase(double from, double to, double step, double first, double last) {
        double part = step >= last ? 1 : (step - first) / (last - first);
        double share = curve == Curve.LINEAR ? part : (1 - Math.cos(Math.PI * part)) / 2;
        return from * (1 - share) + to * share;
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
