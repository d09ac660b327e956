package org.thalweg.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.lab.picture.RunLog;
import org.thalweg.lab.picture.TrainingPicture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code thalweg plot}. */
@Command(name = "plot", description = "Draw the course of a training run: loss, accuracy and learning rate.")
final class PlotCommand implements Runnable {
    private final Console console;

    @Parameters(paramLabel = "RUN", description = "The directory that 'thalweg train' saved the run in.")
    private Path run;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The PNG file to write; RUN/curves.png if not given.")
    private Optional<Path> output = Optional.empty();

    PlotCommand(Console console) {
        this.console = console;
    }

    /** The answer. */
    record Drawing(String picture) {}

    @Override
    public void run() {
        Path picture = output.orElseGet(() -> run.resolve("curves.png"));
        TrainingPicture.write(RunLog.read(run), picture);
        if (console.json()) {
            console.document(new Drawing(picture.toString()));
        } else {
            console.out().println(picture);
        }
    }
}
