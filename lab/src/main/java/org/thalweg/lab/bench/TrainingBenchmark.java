package org.thalweg.lab.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.StepTiming;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.engine.EngineSetup;
import org.thalweg.train.engine.EngineSetup.Tuning;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.ready.Models;

/**
 * Measures the same training loop in processes with and without our set-up, in turns. What is set up is read once, while
 * libtorch loads, so each figure needs a process of its own.
 *
 * @param steps that count in each process
 * @param rounds processes of each kind
 */
public record TrainingBenchmark(
        String data, Optional<Path> dataDirectory, String model, Rule rule, int batch, int steps, int rounds) {
    private static final int WARM_UP_STEPS = 30;
    private static final double RATE = 1e-3;
    private static final String ALONE = "alone";
    private static final String BESIDE = "beside";

    public TrainingBenchmark {
        if (steps < 1 || rounds < 1) {
            throw new IllegalArgumentException("steps and rounds must be 1 or more");
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
        config(dataset());
        double[] tuned = new double[rounds];
        double[] untuned = new double[rounds];
        double[] ratios = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            tuned[round] = inProcess(Tuning.TUNED);
            untuned[round] = inProcess(Tuning.UNTUNED);
            ratios[round] = untuned[round] / tuned[round];
        }
        double[] bare = Children.numbers(List.of(process(Tuning.TUNED, BESIDE)));
        return new Report(
                data,
                model,
                Rules.format(rule),
                batch,
                steps,
                Alternation.median(tuned),
                Alternation.median(untuned),
                Alternation.median(ratios),
                bare[0],
                bare[1],
                Machine.here());
    }

    private Dataset dataset() {
        return Dataset.of(Corpus.load(data, dataDirectory), new Split(1));
    }

    private TrainingConfig config(Dataset dataset) {
        Model wanted = Models.named(model, dataset.shape(), dataset.task());
        return new TrainingConfig(wanted, rule, Schedule.constant(RATE), 1, batch, 1).with(wanted.loss(dataset.task()));
    }

    private double inProcess(Tuning tuning) {
        return Children.numbers(List.of(process(tuning, ALONE)))[0];
    }

    private ProcessBuilder process(Tuning tuning, String what) {
        List<String> command = ThisJava.running(TrainingBenchmark.class);
        command.addAll(List.of(
                data,
                dataDirectory.map(Path::toString).orElse(""),
                model,
                Rules.format(rule),
                Integer.toString(batch),
                Integer.toString(steps),
                what));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .put(EngineSetup.VARIABLE, tuning == Tuning.TUNED ? new EngineSetup().toString() : "untuned");
        return builder;
    }

    /** The measuring process: prints its median step in milliseconds, or the bare loop's and how ours compares. */
    public static void main(String[] args) {
        TrainingBenchmark benchmark = new TrainingBenchmark(
                args[0],
                Optional.of(args[1]).filter(text -> !text.isEmpty()).map(Path::of),
                args[2],
                Rules.parse(args[3]),
                Integer.parseInt(args[4]),
                Integer.parseInt(args[5]),
                1);
        Dataset dataset = benchmark.dataset();
        System.out.println(
                args[6].equals(BESIDE)
                        ? benchmark.beside(dataset)
                        : StepTiming.medianMillis(
                                benchmark.config(dataset), dataset, WARM_UP_STEPS, benchmark.steps()));
    }

    private String beside(Dataset dataset) {
        TrainingConfig config = config(dataset);
        try {
            BareLoop.Comparison comparison =
                    BareLoop.compare(config.model().plan(dataset.shape()), rule, dataset, batch, steps);
            return comparison.bareMillis() + " " + comparison.ratio();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return Double.NaN + " " + Double.NaN;
        }
    }
}
