package org.thalweg.train.run;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What has to stay whole whenever the process or the machine stops: files, folders and their names, forced to the disk. */
final class Disk {
    /** What ends the name of a draft: of no use after a stop, and cleared away. */
    static final String DRAFT = ".part";

    /** As {@link java.io.FileNotFoundException} has it. */
    private static final Pattern IN_BRACKETS = Pattern.compile("^.*\\(([^()]+)\\)$");

    private Disk() {}

    /** What goes into a file. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a file and waits until its bytes are on the disk. */
    static void write(Path file, Content content) throws IOException {
        // Not a channel: those are closed when the thread is interrupted.
        try (FileOutputStream out = new FileOutputStream(file.toFile());
                OutputStream buffered = new BufferedOutputStream(out, 1 << 16)) {
            content.writeTo(buffered);
            buffered.flush();
            out.getFD().sync();
        }
    }

    /**
     * Writes beside the file, waits for the disk, and moves it into place.
     *
     * @throws RunException if that fails; an older file is untouched then
     */
    static void replace(Path file, Content content) {
        Path draft = file.resolveSibling(file.getFileName() + DRAFT);
        try {
            write(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        } catch (IOException e) {
            throw failure(file, e);
        } finally {
            clear(draft);
        }
    }

    /** Waits until the names in a folder are on the disk; where a system cannot do that for folders, nothing is done. */
    static void syncFolder(Path folder) throws IOException {
        boolean interrupted = Thread.interrupted(); // which would close the channel
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (FileSystemException e) {
            // Windows opens no folders; its file system keeps names by itself.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Removes a file, or a folder with what is in it, as far as that can be done: what stays is a draft still. */
    static void clear(Path draft) {
        try (Stream<Path> found = Files.exists(draft) ? Files.walk(draft) : Stream.empty()) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // The next start tries again.
        }
    }

    /** The names in a folder; none if there is no such folder. */
    static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** One sentence about what cannot be written. */
    static RunException failure(Path file, IOException e) {
        return new RunException("%s cannot be written: %s".formatted(file, reason(e)), e);
    }

    /** Why, without the path that some messages of Java repeat. */
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "this user has no right to";
            case FileSystemException failure when failure.getReason() != null -> failure.getReason();
            default -> IN_BRACKETS.matcher(String.valueOf(e.getMessage())).replaceFirst("$1");
        };
    }
}
