package org.thalweg.optim.schedule;

/**
 * A schedule that is lowered whenever a measured number stops getting better. This record says how; {@link #watch} starts the
 * one schedule that has state, which is fed with the measurements. By itself, unfed, it has the values of {@code before}.
 *
 * <p>A measurement is better than the best one so far if it is ahead of it by more than the threshold: {@code m < best -
 * threshold * |best|} where that is relative, {@code m < best - threshold} where it is absolute, and the other way up where
 * more is better. After more than {@code patience} measurements in a row that are not better, the factor is applied once
 * more; for {@code cooldown} measurements from then on none counts as bad. A measurement that is not a number is not better.
 *
 * <p>The "plateau" of the NTU lecture, also He et al., CVPR 2016, section 3.4. PyTorch: {@code ReduceLROnPlateau(mode=aim,
 * factor, patience, threshold, threshold_mode, cooldown, min_lr=floor, eps=0)}, whose defaults these are; it has no absolute
 * value in the relative mode, so that there a negative measurement that got worse can pass for better.
 *
 * @param before what is lowered, not one that has state
 * @param factor above 0 and below 1
 * @param patience how many measurements in a row may fail to be better, at least 0
 * @param threshold finite, at least 0
 * @param thresholdMode whether the threshold is a share of the best measurement or a distance
 * @param cooldown measurements after a reduction that count for nothing, at least 0
 * @param floor reductions stop here; finite, at least 0. Where {@code before} itself is lower its value holds
 * @param aim whether less or more is better
 */
@About(
        summary = "lowered when a measured number stops getting better",
        source = "common practice; He et al., CVPR 2016, section 3.4",
        lectures = "NTU")
public record ReduceOnPlateau(
        Schedule before,
        double factor,
        int patience,
        double threshold,
        ThresholdMode thresholdMode,
        int cooldown,
        double floor,
        Aim aim)
        implements Schedule {
    private static final double FACTOR = 0.1;
    private static final int PATIENCE = 10;
    private static final double THRESHOLD = 1e-4;

    /** What the threshold is measured against. */
    public enum ThresholdMode {
        /** The best measurement so far. */
        REL,
        /** Nothing. */
        ABS
    }

    /** Which measurements are better. */
    public enum Aim {
        /** Lower ones, as of a loss. */
        MIN,
        /** Higher ones, as of an accuracy. */
        MAX
    }

    /** @throws IllegalArgumentException if an argument is out of range */
    public ReduceOnPlateau {
        Arguments.requirePure(before);
        Arguments.require(factor > 0 && factor < 1, "factor", "above 0 and below 1", factor);
        Arguments.requireAtLeast("patience", 0, patience);
        Arguments.requireNotNegative("threshold", threshold);
        Arguments.requireAtLeast("cooldown", 0, cooldown);
        Arguments.requireNotNegative("floor", floor);
    }

    /** As above, for a number of which less is better, without cooldown or floor. */
    public ReduceOnPlateau(
            Schedule before, double factor, int patience, double threshold, ThresholdMode thresholdMode) {
        this(before, factor, patience, threshold, thresholdMode, 0, 0, Aim.MIN);
    }

    /** Better by a share of {@code threshold}. */
    public ReduceOnPlateau(Schedule before, double factor, int patience, double threshold) {
        this(before, factor, patience, threshold, ThresholdMode.REL);
    }

    /** Better by a ten thousandth. */
    public ReduceOnPlateau(Schedule before, double factor, int patience) {
        this(before, factor, patience, THRESHOLD);
    }

    /** A tenth after more than ten measurements without progress. */
    public ReduceOnPlateau(Schedule before) {
        this(before, FACTOR, PATIENCE);
    }

    /** The live schedule, which has seen nothing yet. */
    public PlateauWatch watch() {
        return new PlateauWatch(this);
    }

    /** The value as long as nothing is measured. */
    @Override
    public double at(long step) {
        return before.at(step);
    }

    @Override
    public String toString() {
        return Form.print(this);
    }

    boolean isBetter(double measured, double best) {
        double sign = aim == Aim.MIN ? 1 : -1;
        if (Double.isInfinite(best)) {
            return sign * measured < sign * best; // nothing seen yet, and any share of it would be infinite as well
        }
        double margin = thresholdMode == ThresholdMode.REL ? threshold * Math.abs(best) : threshold;
        return sign * measured < sign * best - margin;
    }

    double reduced(double value, long reductions) {
        return Math.min(value, Math.max(floor, value * Math.pow(factor, (double) reductions)));
    }
}
