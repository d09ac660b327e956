package org.thalweg.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.lab.bench.TrainingBenchmark;
import org.thalweg.optim.rule.Rules;
import org.thalweg.train.engine.EngineSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code thalweg bench train}. */
@Command(
        name = "train",
        description = "Measure training steps in processes with and without Thalweg's set-up of threads and allocator.")
final class BenchTrainCommand implements Runnable {
    private final Console console;

    @Option(names = "--data", defaultValue = "fashion-mnist", description = "Default: ${DEFAULT-VALUE}.")
    private String data = "";

    @Option(names = "--model", defaultValue = "convnet", description = "Default: ${DEFAULT-VALUE}.")
    private String model = "";

    @Option(names = "--rule", defaultValue = "adamw", description = "Default: ${DEFAULT-VALUE}.")
    private String rule = "";

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

    @Option(
            names = "--data-dir",
            description =
                    "The folder of the data's files (default: the user's cache, then where Debian puts data sets).")
    private Optional<Path> dataDirectory = Optional.empty();

    BenchTrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        TrainingBenchmark benchmark =
                new TrainingBenchmark(data, dataDirectory, model, Rules.parse(rule), batch, steps, rounds);
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
