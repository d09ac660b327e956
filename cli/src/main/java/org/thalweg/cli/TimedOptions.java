package org.thalweg.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.lab.bench.TimedTraining;
import org.thalweg.optim.rule.Rules;
import picocli.CommandLine.Option;

/** Which training it is whose steps a {@code thalweg bench} command times. */
final class TimedOptions {
    @Option(names = "--data", defaultValue = "fashion-mnist", description = "Default: ${DEFAULT-VALUE}.")
    private String data = "";

    @Option(
            names = "--data-dir",
            description =
                    "The folder of the data's files (default: the user's cache, then where Debian puts data sets).")
    private Optional<Path> dataDirectory = Optional.empty();

    @Option(names = "--model", defaultValue = "convnet", description = "Default: ${DEFAULT-VALUE}.")
    private String model = "";

    @Option(names = "--rule", defaultValue = "adamw", description = "Default: ${DEFAULT-VALUE}.")
    private String rule = "";

    TimedTraining training(int batch, int steps) {
        return new TimedTraining(data, dataDirectory, model, Rules.parse(rule), batch, steps);
    }
}
