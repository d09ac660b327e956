package org.thalweg.lab.bench;

import java.util.List;
import org.thalweg.optim.rule.Rules;
import org.thalweg.train.StepTiming;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.EngineSetup;
import org.thalweg.train.engine.EngineSetup.Tuning;

/**
 * Measures the same training loop in processes with and without our set-up, in turns. What is set up is read once, while
 * libtorch loads, so each figure needs a process of its own.
 *
 * @param rounds processes of each kind
 */
public record TrainingBenchmark(TimedTraining training, int rounds) {
    private static final int WARM_UP_STEPS = 30;
    private static final String ALONE = "alone";
    private static final String BESIDE = "beside";

    public TrainingBenchmark {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be 1 or more");
        }
    }

    /**
     * What was measured.
     *
     * @param stepMillis the median over all processes of a process's median step
     * @param untunedStepMillis the same without our set-up
     * @param ratio the median over the rounds of untuned over ours
     * @param bareMillis a step of the same model written by hand with libtorch's modules and optimizer, with our set-up; NaN
     *     where model or rule have no counterpart
     * @param overBareLoop the median over the turns of our step over that one, both in one process; NaN as well
     */
    public record Report(
            String data,
            String model,
            String rule,
            int batch,
            int steps,
            double stepMillis,
            double untunedStepMillis,
            double ratio,
            double bareMillis,
            double overBareLoop,
            Machine machine) {}

    /** Runs the processes one after the other. */
    public Report run() {
        // Missing data or an unknown model is told here, in one sentence, and not by a process that failed.
        training.config(training.dataset());
        double[] tuned = new double[rounds];
        double[] untuned = new double[rounds];
        double[] ratios = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            tuned[round] = measured(Tuning.TUNED, ALONE)[0];
            untuned[round] = measured(Tuning.UNTUNED, ALONE)[0];
            ratios[round] = untuned[round] / tuned[round];
        }
        double[] bare = measured(Tuning.TUNED, BESIDE);
        return new Report(
                training.data(),
                training.model(),
                Rules.format(training.rule()),
                training.batch(),
                training.steps(),
                Alternation.median(tuned),
                Alternation.median(untuned),
                Alternation.median(ratios),
                bare[0],
                bare[1],
                Machine.here());
    }

    private double[] measured(Tuning tuning, String what) {
        EngineSetup setup = new EngineSetup(tuning, new EngineSetup().threads());
        return Children.numbers(List.of(Children.process(TrainingBenchmark.class, training, List.of(what), setup)));
    }

    /** The measuring process: prints its median step in milliseconds, or the bare loop's and how ours compares. */
    public static void main(String[] args) {
        TimedTraining training = TimedTraining.of(args);
        Dataset dataset = training.dataset();
        System.out.println(
                TimedTraining.rest(args).equals(List.of(BESIDE))
                        ? beside(training, dataset)
                        : StepTiming.medianMillis(training.config(dataset), dataset, WARM_UP_STEPS, training.steps()));
    }

    private static String beside(TimedTraining training, Dataset dataset) {
        TrainingConfig config = training.config(dataset);
        try {
            BareLoop.Comparison comparison = BareLoop.compare(
                    config.model().plan(dataset.shape()), config.rule(), dataset, config.batch(), training.steps());
            return comparison.bareMillis() + " " + comparison.ratio();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return Double.NaN + " " + Double.NaN;
        }
    }
}
