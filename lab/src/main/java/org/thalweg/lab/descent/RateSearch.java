package org.thalweg.lab.descent;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.thalweg.lab.descent.Trajectory.Outcome;
import org.thalweg.optim.schedule.Schedule;

/**
 * The constant rate at which a rule does best, of those from 10 to 0.00001 in steps of about three. Best is what comes within the
 * tolerance in the fewest steps and ends there; where nothing does, what has the lowest mean value over the last tenth of its steps without
 * having diverged or left the window. Where a problem falls without end, the fastest fall would win, which says nothing: there the rate is 0.01.
 */
final class RateSearch {
    static final List<Double> RATES =
            List.of(10.0, 3.0, 1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 3e-4, 1e-4, 3e-5, 1e-5);

    private static final double USUAL = 0.01;
    private static final int LAST_SHARE = 10;

    private RateSearch() {}

    static Trajectory best(Descent descent, RatedRule rule) {
        if (descent.problem().least().orElse(0) == Double.NEGATIVE_INFINITY) {
            return descent.run(rule, Schedule.constant(USUAL), false);
        }
        return RATES.stream()
                .map(rate -> descent.run(rule, Schedule.constant(rate), true))
                .min(Comparator.comparing(RateSearch::failed)
                        .thenComparing(RateSearch::stepsToReach)
                        .thenComparing(RateSearch::late))
                .orElseThrow();
    }

    /** A way that comes near and leaves again has not reached the minimum, however soon it passed. */
    private static int stepsToReach(Trajectory way) {
        return way.outcome() == Outcome.REACHED ? way.stepsToTolerance().orElseThrow() : Integer.MAX_VALUE;
    }

    /** Where the least value is not known, neither is whether a way that leaves the window leads anywhere. */
    private static boolean failed(Trajectory way) {
        return switch (way.outcome()) {
            case DIVERGED, FELL -> true;
            case REACHED, PASSED -> false;
            case UNDER_WAY ->
                way.problem().least().isEmpty() && way.stepsToEscape().isPresent();
        };
    }

    /** The mean value over the last tenth of the steps. */
    private static double late(Trajectory way) {
        int length = way.losses().length;
        return Arrays.stream(way.losses(), length - Math.ceilDiv(length, LAST_SHARE), length)
                .average()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
