package org.thalweg.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.train.SavedRun;
import org.thalweg.train.Training;
import org.thalweg.train.data.Dataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code thalweg resume}. */
@Command(
        name = "resume",
        description = "Go on with a run that was stopped, at its latest checkpoint, as if it had never stopped.")
final class ResumeCommand implements Runnable {
    private final Console console;

    @Parameters(paramLabel = "RUN", description = "The run's directory, as 'thalweg train' named it.")
    private Path run = Path.of("");

    @Option(names = "--data-dir", description = "The folder of the data's files, if it is another one now.")
    private Optional<Path> dataDirectory = Optional.empty();

    ResumeCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        WorkerProcess process = WorkerProcess.of(System.getenv());
        SavedRun saved = SavedRun.read(run);
        Dataset data = saved.data(dataDirectory);
        process.start(console, saved::startEngine);
        process.train(
                console,
                saved.config(),
                data.name(),
                (listener, workers) -> Training.resume(run, data, listener, workers));
    }
}
