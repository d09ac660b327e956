package org.thalweg.spark;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A training on Spark did not come to its end. The message is a sentence that says why. */
public final class SparkTrainingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable String run;

    SparkTrainingException(String message) {
        this(message, Optional.empty(), null);
    }

    SparkTrainingException(String message, Throwable cause) {
        this(message, Optional.empty(), cause);
    }

    SparkTrainingException(String message, Optional<Path> run, @Nullable Throwable cause) {
        super(message, cause);
        this.run = run.map(Path::toString).orElse(null); // a path does not travel
    }

    /** The directory with what was saved until then, if the training had begun and it has come back. */
    public Optional<Path> run() {
        return Optional.ofNullable(run).map(Path::of);
    }
}
