package org.thalweg.lab.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.thalweg.lab.compare.Assignment.Phase;
import org.thalweg.lab.compare.Trial.Point;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Score;

/**
 * Makes trials in this process.
 *
 * @param pace how rates go
 * @param place where this is
 * @param warm the tasks that this process has trained on before
 */
record TrialRunner(Pace pace, Trial.Place place, Set<String> warm) {
    /** Scores on a final run's way. */
    private static final int POINTS = 20;
    /** Steps that are made and forgotten, so that the first trial of a process is as fast as the others. */
    private static final int WARM_UP_STEPS = 10;

    TrialRunner(Pace pace, Trial.Place place) {
        this(pace, place, new HashSet<>());
    }

    /**
     * Makes a trial.
     *
     * @param stop asked after each step
     * @throws CancellationException if a stop was asked for
     */
    Trial run(Workload workload, Contender contender, Assignment what, BooleanSupplier stop) {
        if (warm.add(workload.name())) {
            warmUp(workload, contender, what.seed());
        }
        try (Learning learning = begin(workload, contender, what)) {
            Way way = new Way(learning, what);
            OptionalLong diverged = way.go(stop);
            Optional<Score> test = what.phase() != Phase.FINAL
                    ? Optional.empty()
                    : Optional.of(diverged.isEmpty() ? learning.test() : untrained(workload, contender, what));
            return new Trial(what, way.curve, test, diverged, way.nanos / 1e9, way.scoreNanos / 1e9, place);
        }
    }

    private Learning begin(Workload workload, Contender contender, Assignment what) {
        double rate = Optional.ofNullable(what.values().get(Range.RATE)).orElseThrow();
        return workload.begin(contender.rule(what.values()), pace.schedule(rate, what.steps()), what.seed());
    }

    private Score untrained(Workload workload, Contender contender, Assignment what) {
        try (Learning again = begin(workload, contender, what)) {
            return again.test();
        }
    }

    private static void warmUp(Workload workload, Contender contender, long seed) {
        var gentle = contender.space().lowest();
        Schedule rate =
                Schedule.constant(Optional.ofNullable(gentle.get(Range.RATE)).orElseThrow());
        try (Learning learning = workload.begin(contender.rule(gentle), rate, seed)) {
            for (int step = 0; step < WARM_UP_STEPS; step++) {
                learning.step();
            }
        }
    }

    /** The way of one trial. */
    private static final class Way {
        private final Learning learning;
        private final Assignment what;
        private final List<Point> curve = new ArrayList<>();
        private long nanos;
        private long scoreNanos;

        Way(Learning learning, Assignment what) {
            this.learning = learning;
            this.what = what;
        }

        /** After which step it diverged, if it did. */
        OptionalLong go(BooleanSupplier stop) {
            int points = what.phase() == Phase.FINAL ? (int) Math.min(POINTS, what.steps()) : 1;
            if (what.phase() == Phase.FINAL) {
                score(0, Double.NaN);
            }
            long step = 0;
            for (int point = 1; point <= points; point++) {
                long from = step;
                double losses = 0;
                for (long to = point * what.steps() / points; step < to; step++) {
                    long began = System.nanoTime();
                    double loss = learning.step();
                    nanos += System.nanoTime() - began;
                    if (!Double.isFinite(loss)) {
                        return OptionalLong.of(step);
                    }
                    losses += loss;
                    if (stop.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                        throw new CancellationException("a trial was stopped");
                    }
                }
                if (!score(step, losses / (step - from))) {
                    return OptionalLong.of(step);
                }
            }
            return OptionalLong.empty();
        }

        private boolean score(long step, double loss) {
            long began = System.nanoTime();
            Score score = learning.validation();
            scoreNanos = System.nanoTime() - began;
            curve.add(new Point(step, nanos / 1e9, loss, score));
            return Double.isFinite(score.loss());
        }
    }
}
