package org.thalweg.train.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The binary version of CIFAR-10 and CIFAR-100 (A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images",
 * 2009): records of one or two label bytes and 3,072 pixels, red, green and blue, each row by row.
 *
 * @param name what users call it
 * @param labelBytes before each image; the last one counts
 * @param classes number of labels
 * @param trainFiles in their order
 * @param namesFile of the classes' names, a line each
 */
record Cifar(String name, int labelBytes, int classes, List<String> trainFiles, String testFile, String namesFile) {
    private static final Shape SHAPE = Shape.image(3, 32, 32);
    private static final String ATTRIBUTION =
            "A. Krizhevsky, \"Learning Multiple Layers of Features from Tiny Images\", 2009";

    static final Cifar TEN = new Cifar(
            "cifar-10",
            1,
            10,
            IntStream.rangeClosed(1, 5).mapToObj("data_batch_%d.bin"::formatted).toList(),
            "test_batch.bin",
            "batches.meta.txt");

    static final Cifar HUNDRED =
            new Cifar("cifar-100", 2, 100, List.of("train.bin"), "test.bin", "fine_label_names.txt");

    /** Whether a folder holds a training file of this set. */
    boolean isIn(Path folder) {
        return trainFiles.stream().anyMatch(file -> IdxFolder.find(folder, file).isPresent());
    }

    /**
     * Reads a folder, or one file. A folder needs at least one training file; without a test file the test part is drawn.
     *
     * @throws DataException if there is none, or one is damaged
     */
    Corpus read(Path path) {
        if (!Files.isDirectory(path)) {
            return new ExampleCorpus(
                    String.valueOf(path.getFileName()), file(path), Optional.empty(), List.of(), ATTRIBUTION);
        }
        List<Examples> train = trainFiles.stream()
                .flatMap(file -> IdxFolder.find(path, file).stream())
                .map(this::file)
                .toList();
        if (train.isEmpty()) {
            throw new DataException("%s holds no %s; unpack the binary version of %s there"
                    .formatted(path, trainFiles.getFirst(), name));
        }
        return new ExampleCorpus(
                name,
                train.size() == 1 ? train.getFirst() : new JoinedExamples(train),
                IdxFolder.find(path, testFile).map(this::file),
                names(path.resolve(namesFile)),
                ATTRIBUTION);
    }

    private Examples file(Path path) {
        MemorySegment records = DataFile.bytes(path);
        long size = (long) labelBytes + SHAPE.size();
        long count = records.byteSize() / size;
        if (count < 1 || records.byteSize() % size != 0 || count > Integer.MAX_VALUE) {
            throw new DataException("%s, offset %d: the file ends inside a record; %s has records of %d bytes each"
                    .formatted(path, records.byteSize(), name, size));
        }
        int[] labels = new int[(int) count];
        for (int i = 0; i < labels.length; i++) {
            long place = i * size + labelBytes - 1;
            labels[i] = records.get(ValueLayout.JAVA_BYTE, place) & 0xFF;
            if (labels[i] >= classes) {
                throw new DataException(
                        "%s, offset %d: label %d is outside 0 to %d".formatted(path, place, labels[i], classes - 1));
            }
        }
        return new ByteExamples(SHAPE, classes, records, labelBytes, size, labels, path.toString());
    }

    /** The names, if there is a file of as many. */
    private List<String> names(Path file) {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            List<String> names = new ArrayList<>(Files.readAllLines(file));
            names.removeIf(String::isBlank);
            return names.size() == classes ? names : List.of();
        } catch (IOException e) {
            throw DataFile.failure(file.toString(), e);
        }
    }
}
