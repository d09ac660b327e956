package org.thalweg.lab.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Times subjects in turns, so that a machine whose speed drifts is as kind to one as to the other.
 *
 * <p>A turn runs a subject once uncounted, because the others have used the caches, then as often as fits into {@link #TURN};
 * its time is the median of those. A figure is the median over all turns, a ratio the median of the ratios turn by turn.
 */
final class Alternation {
    private static final Duration TURN = Duration.ofMillis(40);
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final int MOST_RUNS_IN_A_TURN = 100;
    private static final int LAST_WARM_UP_RUNS = 5;

    private final List<double[]> turns;

    private Alternation(List<double[]> turns) {
        this.turns = turns;
    }

    /** Warms all up, then gives each so many turns. */
    static Alternation run(List<? extends Subject> subjects, int turns) {
        int[] runs = subjects.stream()
                .mapToInt(subject -> runsInATurn(warmUp(subject)))
                .toArray();
        List<double[]> times =
                subjects.stream().map(subject -> new double[turns]).toList();
        for (int turn = 0; turn < turns; turn++) {
            for (int i = 0; i < runs.length; i++) {
                times.get(i)[turn] = turn(subjects.get(i), runs[i]);
            }
        }
        return new Alternation(times);
    }

    private static double turn(Subject subject, int runs) {
        subject.run();
        return median(
                IntStream.range(0, runs).mapToDouble(run -> millis(subject)).toArray());
    }

    /** Runs until compiled code must have taken over; the answer is the median time of the last runs. */
    private static double warmUp(Subject subject) {
        long end = System.nanoTime() + WARM_UP.toNanos();
        Deque<Double> last = new ArrayDeque<>();
        while (last.size() < LAST_WARM_UP_RUNS || System.nanoTime() < end) {
            last.add(millis(subject));
            if (last.size() > LAST_WARM_UP_RUNS) {
                last.remove();
            }
        }
        return median(last.stream().mapToDouble(i -> i).toArray());
    }

    private static int runsInATurn(double millis) {
        return (int) Math.clamp(TURN.toMillis() / Math.max(millis, 1e-3), 1, MOST_RUNS_IN_A_TURN);
    }

    static double millis(Subject subject) {
        long start = System.nanoTime();
        subject.run();
        return (System.nanoTime() - start) / 1e6;
    }

    /** The median time of a subject, by its place in the list. */
    double millis(int subject) {
        return median(turns.get(subject));
    }

    /** The median of the first subject's time over the second's. */
    double ratio(int subject, int other) {
        double[] above = turns.get(subject);
        double[] below = turns.get(other);
        return median(IntStream.range(0, above.length)
                .mapToDouble(i -> above[i] / below[i])
                .toArray());
    }

    static double median(double[] values) {
        List<Double> sorted = new ArrayList<>();
        for (double value : values) {
            sorted.add(value);
        }
        sorted.sort(null);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
