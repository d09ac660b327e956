package org.thalweg.cli.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What one worker prints, line by line in a file, over all attempts. Until it is known where that file is, since the run's
 * directory is made by the worker, lines wait in memory.
 */
final class WorkerLog implements AutoCloseable {
    private static final int MOST_WAITING = 10_000;
    private static final int LAST_WORDS = 3;

    private final String name;
    private final List<String> waiting = new ArrayList<>();
    private final Deque<String> lastWords = new ArrayDeque<>();
    private Optional<Writer> writer = Optional.empty();
    private Optional<Path> file = Optional.empty();

    WorkerLog(int rank) {
        this.name = "rank-" + rank + ".log";
    }

    /** A line that says of which attempt the following ones are. */
    synchronized void heading(String line) {
        lastWords.clear();
        keep("--- " + line);
    }

    /** A line that the worker printed. */
    synchronized void line(String line) {
        if (!line.isBlank()) {
            lastWords.addLast(line.strip());
            if (lastWords.size() > LAST_WORDS) {
                lastWords.removeFirst();
            }
        }
        keep(line);
    }

    private void keep(String line) {
        if (writer.isPresent()) {
            write(writer.get(), line);
        } else if (waiting.size() < MOST_WAITING) {
            waiting.add(line);
        }
    }

    /**
     * From now on, and with what waited, into a file in that folder, behind what is there already.
     *
     * @throws LaunchException if that cannot be written
     */
    synchronized void openIn(Path folder) {
        Path path = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            Writer opened = Files.newBufferedWriter(
                    path, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            writer = Optional.of(opened);
            file = Optional.of(path);
            waiting.forEach(line -> write(opened, line));
            waiting.clear();
        } catch (IOException e) {
            throw new LaunchException("logs cannot be written in %s: %s".formatted(folder, e), e);
        }
    }

    /** A disk that is full must not end a training that could go on: the rest of the log is lost then. */
    private static void write(Writer to, String line) {
        try {
            to.write(line);
            to.write(System.lineSeparator());
            to.flush();
        } catch (IOException e) {
            // Lost.
        }
    }

    /** The last lines of this attempt that say something. */
    synchronized List<String> lastWords() {
        return List.copyOf(lastWords);
    }

    /** Where the lines are. */
    synchronized Optional<Path> file() {
        return file;
    }

    @Override
    public synchronized void close() {
        if (writer.isPresent()) {
            try {
                writer.get().close();
            } catch (IOException e) {
                // As above.
            }
            writer = Optional.empty();
        }
    }
}
