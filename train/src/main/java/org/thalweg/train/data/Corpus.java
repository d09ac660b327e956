package org.thalweg.train.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Data as it is published, before it is divided and prepared. */
public sealed interface Corpus permits ExampleCorpus, TextCorpus {
    /** What users call it. */
    String name();

    /** Where it comes from and on what terms; empty for the user's own. */
    String attribution();

    /** What the classes are called, in their order; empty if they have no names, or there are none. */
    List<String> classNames();

    /**
     * Loads ready or generated data by name, or the user's own by the path of a file or folder whose kind can be told.
     *
     * @param directory where to look first for data that is not part of the application
     * @throws IllegalArgumentException if there is no data of that name
     * @throws DataException if the data is missing or damaged
     */
    static Corpus load(String name, Optional<Path> directory) {
        return Corpora.load(name, directory, Reading.USUAL);
    }

    /** The same, looked for in the usual places alone. */
    static Corpus load(String name) {
        return load(name, Optional.empty());
    }

    /**
     * Its parts, which share no example.
     *
     * @throws IllegalArgumentException if a part would be empty
     */
    Parts divide(Split split);
}
