package org.thalweg.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.train.NoiseMeasurement;
import org.thalweg.train.SavedRun;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.model.Network;
import org.thalweg.train.noise.NoiseScale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code thalweg noise-scale}. */
@Command(
        name = "noise-scale",
        description =
                "Measure the gradient noise scale at a run's trained weights: up to which batch size more examples pay.")
final class NoiseScaleCommand implements Runnable {
    private static final int LARGE = 1024;

    private final Console console;

    @Parameters(paramLabel = "RUN", description = "The directory that 'thalweg train' saved the run in.")
    private Path run;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Examples in a measurement (default: 1024, or all if there are fewer).")
    private Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--pieces",
            defaultValue = "8",
            description = "Pieces that each is taken in (default: ${DEFAULT-VALUE}).")
    private int pieces;

    @Option(names = "--measurements", defaultValue = "40", description = "Default: ${DEFAULT-VALUE}.")
    private int measurements;

    @Option(names = "--data-dir", description = "The folder of the data's files, if they are not where they were.")
    private Optional<Path> directory = Optional.empty();

    NoiseScaleCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        SavedRun saved = SavedRun.read(run);
        Dataset data = saved.data(directory);
        int size = batch.orElse(Math.min(LARGE, data.train().count()));
        NoiseMeasurement measurement = new NoiseMeasurement(size, pieces, measurements);
        saved.startEngine();
        try (Network network = saved.network(run, data.shape())) {
            NoiseScale scale = measurement.of(
                    network, saved.config().loss(), data, saved.config().seed());
            answer(scale.forBatch(saved.config().batch()));
        }
    }

    private void answer(NoiseScale scale) {
        if (console.json()) {
            console.document(scale);
        } else {
            console.out().println(Answer.sentence(scale.advice()));
        }
    }
}
