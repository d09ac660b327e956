package org.thalweg.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.thalweg.train.engine.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Runs a little of everything, so that Java can record which classes a start needs, and so that what is unpacked on first
 * use is unpacked. The launcher calls it after a build, once without the vector module and once with it.
 */
@Command(name = "warm-up", hidden = true, description = "Prepare quick starts; the launcher calls it after a build.")
final class WarmUp implements Runnable {
    private static final String FILE = "FILE";

    private enum Kind {
        plain,
        vector
    }

    private final Console console;

    @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
    private Kind kind;

    WarmUp(Console console) {
        this.console = console;
    }

    /**
     * The command lines whose start is made quick: those that the launcher starts without the vector module, and the rest.
     * {@link #FILE} stands for a file to write.
     */
    private static List<String> lines(Kind kind) {
        return switch (kind) {
            case plain ->
                List.of(
                        "",
                        "--version",
                        "--version --json",
                        "rules",
                        "explain lamb",
                        "plot --help",
                        "schedules",
                        "schedules plot 0.1",
                        "problems",
                        "descend --steps 20 --html FILE --png FILE");
            case vector -> List.of("--version --json");
        };
    }

    @Override
    public void run() {
        if (kind == Kind.vector) {
            Engine.start();
        }
        try {
            Path file = Files.createTempFile("thalweg", ".warm-up");
            try {
                lines(kind).forEach(line -> run(line, file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String line, Path file) {
        String[] words = Arrays.stream(line.split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> word.equals(FILE) ? file.toString() : word)
                .toArray(String[]::new);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        if (Main.run(new Console(nowhere, console.err()), words) != 0) {
            throw new IllegalStateException("'thalweg " + line + "' failed");
        }
    }
}
