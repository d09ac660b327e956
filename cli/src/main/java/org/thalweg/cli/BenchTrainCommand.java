package org.thalweg.cli;

import org.thalweg.lab.bench.TrainingBenchmark;
import org.thalweg.train.engine.EngineSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code thalweg bench train}. */
@Command(
        name = "train",
        description = "Measure training steps in processes with and without Thalweg's set-up of threads and allocator.")
final class BenchTrainCommand implements Runnable {
    private final Console console;

    @Mixin
    private final TimedOptions timed = new TimedOptions();

    @Option(names = "--batch", defaultValue = "128", description = "Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--steps",
            defaultValue = "200",
            description = "Steps that count, in each process (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Processes of each kind, in turns (default: ${DEFAULT-VALUE}).")
    private int rounds;

    BenchTrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        TrainingBenchmark benchmark = new TrainingBenchmark(timed.training(batch, steps), rounds);
        TrainingBenchmark.Report report = benchmark.run();
        if (console.json()) {
            console.document(report);
            return;
        }
        console.out()
                .printf(
                        "%s on %s, batch %d: %.2f ms a step; without the set-up (%s=untuned) %.2f ms, %.2f times as long%n",
                        report.model(),
                        report.data(),
                        report.batch(),
                        report.stepMillis(),
                        EngineSetup.VARIABLE,
                        report.untunedStepMillis(),
                        report.ratio());
        if (!Double.isNaN(report.overBareLoop())) {
            console.out()
                    .printf(
                            "The same by hand with libtorch's modules and optimizer: %.2f ms a step; ours takes %.2f times as"
                                    + " long%n",
                            report.bareMillis(), report.overBareLoop());
        }
    }
}
