package org.thalweg.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A run's directory as bytes. */
final class RunArchive {
    private static final String LOCK = ".lock";

    private RunArchive() {}

    /** Bytes in the files of a run, before they are packed. */
    static long size(Path run, Predicate<Path> wanted) throws IOException {
        long size = 0;
        for (Path file : files(run, wanted)) {
            size += Files.size(file);
        }
        return size;
    }

    /**
     * Packs the files of a run.
     *
     * @param wanted of the paths in it
     */
    static byte[] pack(Path run, Predicate<Path> wanted) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.BEST_SPEED); // weights hardly get smaller
            for (Path file : files(run, wanted)) {
                zip.putNextEntry(new ZipEntry(run.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static List<Path> files(Path run, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> found = Files.walk(run)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(LOCK) && wanted.test(run.relativize(file)))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Unpacks a run, whole or not at all.
     *
     * @param name of its directory; where there is one, a number is added
     */
    static Path unpack(byte[] packed, Path runs, String name) throws IOException {
        Path draft = Files.createDirectory(runs.resolve(".%s-%s".formatted(name, UUID.randomUUID())));
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(packed))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = draft.resolve(entry.getName()).normalize();
                if (!file.startsWith(draft)) {
                    throw new IOException("a file of the run lies outside of it: " + entry.getName());
                }
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.copy(zip, file);
            }
        }
        for (int copy = 1; ; copy++) {
            Path run = runs.resolve(copy == 1 ? name : name + "-" + copy);
            try {
                Files.createDirectory(run); // nobody else has the name now
                return Files.move(draft, run, StandardCopyOption.REPLACE_EXISTING);
            } catch (FileAlreadyExistsException e) {
                // The next number.
            }
        }
    }
}
