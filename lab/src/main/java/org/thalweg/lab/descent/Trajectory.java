package org.thalweg.lab.descent;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.thalweg.lab.problem.Problem;

/**
 * The way that a rule took.
 *
 * @param rule with the rate that it went at
 * @param tuned whether that rate was searched for
 * @param points from the start on: where each step led, in float32; fewer than asked for where numbers overflowed
 * @param losses the problem's value at each point
 * @param tolerance how near is near enough
 */
@SuppressWarnings("ArrayRecordComponent") // Made by a descent; who reads it does not write.
public record Trajectory(
        Problem problem,
        RatedRule rule,
        boolean tuned,
        double[][] points,
        double[] losses,
        double tolerance,
        int asked) {
    /** How it ended. */
    public enum Outcome {
        /** It came near enough to a minimum, and ended there. */
        REACHED("reached"),
        /** It came near enough, and was further away again at the end. */
        PASSED("was there, left again"),
        /** It ended lower than it began, but not near enough. */
        UNDER_WAY("under way"),
        /** It left the window downwards, or fell until numbers overflowed, where there is no least value. */
        FELL("fell without end"),
        /** It ended higher than it began, or numbers overflowed. */
        DIVERGED("diverged");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /** Completed steps. */
    public int steps() {
        return points.length - 1;
    }

    /** Whether it ended before its time, because a number was not finite in float32. */
    public boolean overflowed() {
        return steps() < asked;
    }

    /** The last point. */
    public double[] end() {
        return points[steps()];
    }

    /** The value at the last point. */
    public double finalLoss() {
        return losses[steps()];
    }

    /** The distance of the last point to the nearest minimum, where that is known. */
    public OptionalDouble finalDistance() {
        return problem.distance(end());
    }

    /**
     * How far a point is from being done: the distance to the nearest minimum where that is known, else the value above the
     * least one, else empty.
     */
    public OptionalDouble gap(int point) {
        OptionalDouble distance = problem.distance(points[point]);
        return distance.isPresent() || problem.least().isEmpty()
                ? distance
                : OptionalDouble.of(losses[point] - problem.least().getAsDouble());
    }

    /** After how many steps the gap was within the tolerance for the first time. */
    public OptionalInt stepsToTolerance() {
        return IntStream.rangeClosed(0, steps()).filter(this::isWithin).findFirst();
    }

    /** After how many steps the value was at most so much for the first time. */
    public OptionalInt stepsToLoss(double loss) {
        return IntStream.rangeClosed(0, steps()).filter(i -> losses[i] <= loss).findFirst();
    }

    private boolean isWithin(int point) {
        return gap(point).orElse(Double.POSITIVE_INFINITY) <= tolerance;
    }

    /** After how many steps it was outside the problem's window for the first time. */
    public OptionalInt stepsToEscape() {
        return problem.window().isEmpty()
                ? OptionalInt.empty()
                : IntStream.rangeClosed(0, steps())
                        .filter(i -> !problem.window().orElseThrow().contains(points[i][0], points[i][1]))
                        .findFirst();
    }

    /** How it ended. */
    public Outcome outcome() {
        boolean lower = finalLoss() <= losses[0];
        double least = problem.least().orElse(overflowed() ? Double.NEGATIVE_INFINITY : 0);
        if (least == Double.NEGATIVE_INFINITY
                && lower
                && (overflowed() || stepsToEscape().isPresent())) {
            return Outcome.FELL;
        }
        if (overflowed() || !lower) {
            return Outcome.DIVERGED;
        }
        if (stepsToTolerance().isEmpty()) {
            return Outcome.UNDER_WAY;
        }
        return isWithin(steps()) ? Outcome.REACHED : Outcome.PASSED;
    }
}
