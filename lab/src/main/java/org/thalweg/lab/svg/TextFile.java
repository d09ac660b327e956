package org.thalweg.lab.svg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pages, pictures and lists as files. */
public final class TextFile {
    private TextFile() {}

    /**
     * Writes a text in UTF-8.
     *
     * @param file is overwritten; its folder is made if need be
     * @throws IllegalArgumentException if it is a folder
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(Path file, String text) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("%s is a folder: name the file to write".formatted(file));
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written: %s".formatted(file, e), e);
        }
    }
}
