package org.thalweg.train.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Data as it is published, before any split or scaling.
 *
 * @param name what users call it
 * @param examples to train on and, if there is no test part, to take one from
 * @param test the published test part, if there is one
 */
public record Corpus(String name, Examples examples, Optional<Examples> test) {
    /** The names that {@link #load} knows. */
    public static final List<String> NAMES = List.of("digits", "mnist", "fashion-mnist");

    /**
     * Loads data by name.
     *
     * @param directory where to look first for data that is not part of the application
     * @throws IllegalArgumentException if there is no data of that name
     * @throws DataException if the data is missing or damaged
     */
    public static Corpus load(String name, Optional<Path> directory) {
        return switch (name) {
            case "digits" -> Digits.load();
            case "mnist" -> IdxCorpus.MNIST.load(directory);
            case "fashion-mnist" -> IdxCorpus.FASHION_MNIST.load(directory);
            default ->
                throw new IllegalArgumentException(
                        "there is no data set '%s'; choose one of %s".formatted(name, String.join(", ", NAMES)));
        };
    }
}
