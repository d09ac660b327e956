package org.thalweg.train.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * IDX files found by their names, as MNIST's are called: {@code train-images-idx3-ubyte} and {@code
 * train-labels-idx1-ubyte}, and the same with {@code t10k} or {@code test} for the test part, each with or without
 * {@code .gz}.
 */
final class IdxFolder {
    private static final List<String> TESTS = List.of("t10k", "test");

    private IdxFolder() {}

    /**
     * Reads a folder with a training part and perhaps a test part, or one file of examples whose labels lie beside it.
     *
     * @throws DataException if there are none, or they are damaged
     */
    static Corpus read(Path path) {
        String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
        if (!Files.isDirectory(path)) {
            IdxPair pair = IdxPair.read(path, labelsBeside(path));
            return new ExampleCorpus(name, pair.examples(pair.classes()), Optional.empty());
        }
        IdxPair train = pair(path, "train")
                .orElseThrow(() -> new DataException(
                        "%s holds no train-images-idx3-ubyte with train-labels-idx1-ubyte beside it".formatted(path)));
        Optional<IdxPair> test =
                TESTS.stream().flatMap(part -> pair(path, part).stream()).findFirst();
        int classes = Math.max(train.classes(), test.map(IdxPair::classes).orElse(0));
        return new ExampleCorpus(name, train.examples(classes), test.map(pair -> pair.examples(classes)));
    }

    private static Optional<IdxPair> pair(Path folder, String part) {
        return Stream.of("images-idx3", "images-idx4", "images-idx2", "features-idx2")
                .flatMap(kind -> find(folder, part + "-" + kind + "-ubyte").stream())
                .findFirst()
                .map(inputs -> IdxPair.read(
                        inputs,
                        find(folder, part + "-labels-idx1-ubyte")
                                .orElseThrow(() -> new DataException(
                                        "%s has no %s-labels-idx1-ubyte beside it".formatted(inputs, part)))));
    }

    private static Path labelsBeside(Path inputs) {
        String file = String.valueOf(inputs.getFileName());
        String wanted = file.replaceFirst("(images|features)-idx[234]-ubyte(\\.gz)?$", "labels-idx1-ubyte");
        if (wanted.equals(file)) {
            throw new DataException(
                    "%s is not called such as name-images-idx3-ubyte, so its labels cannot be found".formatted(inputs));
        }
        return find(inputs.resolveSibling("."), wanted)
                .orElseThrow(() -> new DataException("%s has no %s beside it".formatted(inputs, wanted)));
    }

    /** The file, or the same with {@code .gz}. */
    static Optional<Path> find(Path folder, String file) {
        return Stream.of(folder.resolve(file), folder.resolve(file + ".gz"))
                .filter(Files::exists)
                .findFirst();
    }
}
