package org.thalweg.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.lab.trained.Sample;
import org.thalweg.lab.trained.TrainedRun;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which trained run is looked into, and over which examples. */
final class RunOptions {
    @Parameters(paramLabel = "RUN", description = "The directory that 'thalweg train' saved the run in.")
    private Path run = Path.of("");

    @Option(names = "--data-dir", description = "The folder of the data's files, if it is another one now.")
    private Optional<Path> dataDirectory = Optional.empty();

    @Option(
            names = "--part",
            defaultValue = "train",
            description = "Of which part of the data the loss is taken: train, validation or test"
                    + " (default: ${DEFAULT-VALUE}).")
    private Sample.Part part = Sample.Part.TRAIN;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Over how many examples of that part, drawn at random; 'all' for all of them"
                    + " (default: ${DEFAULT-VALUE}).")
    private String examples = "";

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of the examples, and of all that is random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--html", paramLabel = "FILE", description = "The page to write (default: in the run's directory).")
    private Optional<Path> html = Optional.empty();

    Path run() {
        return run;
    }

    long seed() {
        return seed;
    }

    Optional<Path> dataDirectory() {
        return dataDirectory;
    }

    TrainedRun open() {
        return TrainedRun.open(run, dataDirectory);
    }

    Sample sample() {
        return new Sample(part, count(), seed);
    }

    private int count() {
        if (examples.equals("all")) {
            return Integer.MAX_VALUE;
        }
        try {
            return Integer.parseInt(examples);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--examples is a number of examples, or 'all', but not '%s'".formatted(examples), e);
        }
    }

    /** Which run it is about, over which examples, in words. */
    String subject(TrainedRun opened) {
        Sample sample = sample();
        int count = sample.of(opened.data()).count();
        return "%s · %,d %s examples · seed %d".formatted(opened.name(), count, sample.part(), seed);
    }

    /** Where the page goes. */
    Path html(String name) {
        return html.orElseGet(() -> run.resolve(name));
    }
}
