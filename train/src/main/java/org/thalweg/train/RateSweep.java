package org.thalweg.train;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.model.Plan;
import org.thalweg.train.worker.Workers;

/**
 * The range test of learning rates: one short training in which the rate grows by the same factor at every step, until the loss
 * is far above its lowest or the rates are through. Nothing is saved.
 *
 * <p>Source: Smith, Cyclical Learning Rates for Training Neural Networks, WACV 2017, section 3.3, there with rates that grow
 * linearly.
 *
 * @param from the first rate, above 0
 * @param to the last, above the first
 * @param steps from the one to the other, at least 10
 */
public record RateSweep(double from, double to, int steps) {
    private static final int LEAST_STEPS = 10;
    /** Share of the mean that is kept from one step to the next. */
    private static final double SMOOTHING = 0.9;
    /** How many times the lowest loss is far above it. */
    private static final double FAR = 4;

    public RateSweep {
        if (!(from > 0 && from < to && to < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "rates are tried from a number above 0 to a larger one, not from %s to %s".formatted(from, to));
        }
        if (steps < LEAST_STEPS) {
            throw new IllegalArgumentException(
                    "a range test takes at least %d steps, not %d".formatted(LEAST_STEPS, steps));
        }
    }

    /** From 1e-6 to 10 in 200 steps. */
    public RateSweep() {
        this(1e-6, 10, 200);
    }

    /**
     * One step.
     *
     * @param rate that it was made at
     * @param loss of its batch, before it
     * @param smoothed the mean of that and of earlier ones, the latest counting most
     */
    public record Point(double rate, double loss, double smoothed) {}

    /**
     * What came of it.
     *
     * @param points by rate, ascending
     * @param diverged whether the loss went far above its lowest, or was no number, before the rates were through
     */
    public record Result(List<Point> points, boolean diverged) {
        /** Rises and falls within this share of all points are chance. */
        private static final int WINDOW = 20;

        public Result {
            points = List.copyOf(points);
        }

        /** The rate at which the smoothed loss is lowest: a little more, and it rises. */
        public double lowest() {
            return points.get(indexOfLowest()).rate();
        }

        /** The rate at which the smoothed loss falls fastest, for each factor by which the rate grows. */
        public double steepest() {
            int reach = Math.max(1, points.size() / WINDOW);
            int best = 0;
            double fall = Double.NEGATIVE_INFINITY;
            for (int i = 0; i + 2 * reach <= indexOfLowest(); i++) {
                double here =
                        points.get(i).smoothed() - points.get(i + 2 * reach).smoothed();
                if (here > fall) {
                    fall = here;
                    best = i + reach;
                }
            }
            return points.get(best).rate();
        }

        /**
         * A rate to begin with: where the loss falls fastest, and at most a tenth of where it is lowest, since there it is about to
         * rise; empty if the loss never fell.
         */
        public OptionalDouble suggested() {
            Point first = points.getFirst();
            boolean fell = points.get(indexOfLowest()).smoothed() < 0.98 * first.smoothed();
            return fell ? OptionalDouble.of(Math.min(steepest(), lowest() / 10)) : OptionalDouble.empty();
        }

        private int indexOfLowest() {
            int lowest = 0;
            for (int i = 1; i < points.size(); i++) {
                if (points.get(i).smoothed() < points.get(lowest).smoothed()) {
                    lowest = i;
                }
            }
            return lowest;
        }
    }

    /**
     * Tries the rates.
     *
     * @param config what is trained; its schedule, its number of epochs and its course do not matter
     * @param progress is told how many steps were made
     * @throws IllegalArgumentException if model, batch size and data do not fit together
     * @throws NonFiniteException if the loss is no number from the first step on
     */
    public Result run(TrainingConfig config, Dataset data, LongConsumer progress) {
        double factor = Math.pow(to / from, 1.0 / (steps - 1));
        TrainingConfig growing = config.with(Schedule.exponential(from, factor)).with(Course.PLAIN);
        Plan plan = Training.checkedPlan(growing, data, 1);
        try (Learner learner = Learner.build(growing, data, plan, Engine.start(), Workers.alone());
                Batches batches = new Batches(data.augmentedTrain(), growing.batch())) {
            return new Sweep(learner, batches, progress).run();
        }
    }

    /** One sweep. */
    private final class Sweep {
        private final Learner learner;
        private final Batches batches;
        private final LongConsumer progress;
        private final List<Point> points = new ArrayList<>();
        private double mean;
        private double lowest = Double.POSITIVE_INFINITY;

        Sweep(Learner learner, Batches batches, LongConsumer progress) {
            this.learner = learner;
            this.batches = batches;
            this.progress = progress;
        }

        Result run() {
            for (int epoch = 1; ; epoch++) {
                for (Batch batch : batches.shuffled(learner.config().seed(), epoch)) {
                    if (points.size() == steps) {
                        return new Result(points, false);
                    }
                    if (hasDiverged(batch)) {
                        return new Result(points, true);
                    }
                    progress.accept(points.size());
                }
            }
        }

        private boolean hasDiverged(Batch batch) {
            double rate = learner.optimizer().rate();
            try {
                OptionalDouble loss = learner.step().run(batch);
                if (loss.isEmpty()) {
                    return true; // a step that was left out, since a number was not finite
                }
                add(rate, loss.getAsDouble());
            } catch (NonFiniteException e) {
                if (points.isEmpty()) {
                    throw e;
                }
                return true;
            }
            return points.size() >= LEAST_STEPS && points.getLast().smoothed() > FAR * lowest;
        }

        private void add(double rate, double loss) {
            mean = SMOOTHING * mean + (1 - SMOOTHING) * loss;
            double smoothed = mean / (1 - Math.pow(SMOOTHING, points.size() + 1.0));
            lowest = Math.min(lowest, smoothed);
            points.add(new Point(rate, loss, smoothed));
        }
    }
}
