package org.thalweg.train.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Images in one folder for each class, {@code CLASS/image.png}, or in {@code train} and {@code test}, each with such
 * folders. PNG and JPEG.
 */
final class ImageFolder {
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg");

    private ImageFolder() {}

    /** Whether it looks like one: a folder in it holds an image, or {@code train} in it is one. */
    static boolean isOne(Path path) {
        return holdsClasses(path) || holdsClasses(path.resolve("train"));
    }

    private static boolean holdsClasses(Path path) {
        return folders(path).stream().anyMatch(folder -> !images(folder).isEmpty());
    }

    /**
     * Looks at every image's header, and decodes an image whenever it is copied.
     *
     * @param wanted the shape that all images are brought to: 1 channel for grey or 3 for red, green and blue, and a size
     *     that they are resized to; without it they must all have one size, and are grey if all of them are
     * @throws DataException naming the first file that is no such image
     */
    static Corpus read(Path path, Optional<Shape> wanted) {
        String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
        boolean parts = Files.isDirectory(path.resolve("train"));
        Path train = parts ? path.resolve("train") : path;
        List<String> classes = folders(train).stream()
                .filter(folder -> !images(folder).isEmpty())
                .map(folder -> folder.getFileName().toString())
                .toList();
        if (classes.isEmpty()) {
            throw new DataException("%s holds no folders of PNG or JPEG images, one for each class".formatted(train));
        }
        List<ImageFile> files = files(train, classes);
        Shape shape = wanted.orElseGet(() -> ImageFile.commonShape(files));
        Optional<Examples> test = Optional.of(path.resolve("test"))
                .filter(folder -> parts && Files.isDirectory(folder))
                .map(folder -> examples(folder, classes, shape));
        return new ExampleCorpus(name, new ImageExamples(shape, classes.size(), files), test, classes, "");
    }

    private static Examples examples(Path folder, List<String> classes, Shape shape) {
        for (Path other : folders(folder)) {
            if (!classes.contains(other.getFileName().toString())) {
                throw new DataException("%s is a class that the training part does not have".formatted(other));
            }
        }
        List<ImageFile> files = files(folder, classes);
        if (files.isEmpty()) {
            throw new DataException("%s holds no images".formatted(folder));
        }
        return new ImageExamples(shape, classes.size(), files);
    }

    private static List<ImageFile> files(Path folder, List<String> classes) {
        List<ImageFile> files = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            for (Path file : images(folder.resolve(classes.get(label)))) {
                files.add(ImageFile.read(file, label));
            }
        }
        return files;
    }

    private static List<Path> folders(Path folder) {
        return list(folder).filter(Files::isDirectory).toList();
    }

    private static List<Path> images(Path folder) {
        return list(folder)
                .filter(Files::isRegularFile)
                .filter(file ->
                        ENDINGS.stream().anyMatch(file.getFileName().toString().toLowerCase(Locale.ROOT)::endsWith))
                .toList();
    }

    /** By name, so that their order does not depend on the disk. */
    private static Stream<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList().stream();
        } catch (IOException e) {
            throw DataFile.failure(folder.toString(), e);
        }
    }
}
