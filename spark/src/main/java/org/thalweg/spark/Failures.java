package org.thalweg.spark;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.train.data.DataException;

/** What Spark throws, as a sentence. */
final class Failures {
    /** What a task threw stands on a line of its own, with the name of its class before it. */
    private static final Pattern THROWN =
            Pattern.compile("^(?:Caused by: )?[\\w.$]+(?:Exception|Error): (.+)$", Pattern.MULTILINE);

    private Failures() {}

    /**
     * What to throw instead: a complaint about the data as it is, everything else with what the last task to fail said.
     *
     * @param run what was saved until then, if the driver has it
     */
    static RuntimeException of(Exception failure, Optional<Path> run) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataException complaint) {
                return complaint;
            }
        }
        String message = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
        Matcher thrown = THROWN.matcher(message);
        String first = message.lines().findFirst().orElse(message);
        return new SparkTrainingException(
                "Spark has given up: %s".formatted(thrown.find() ? thrown.group(1) : first), run, failure);
    }
}
