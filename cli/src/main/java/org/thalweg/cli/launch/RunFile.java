package org.thalweg.cli.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How the worker of rank 0 tells its launcher which directory the run has: in a file that the launcher names. */
public final class RunFile implements AutoCloseable {
    /** The environment variable that names the file. */
    public static final String VARIABLE = "THALWEG_RUN_FILE";

    private final Path folder;
    private Optional<Path> run;

    private RunFile(Path folder, Optional<Path> run) {
        this.folder = folder;
        this.run = run;
    }

    /**
     * The launcher's side.
     *
     * @param known the run's directory, where it is there already
     */
    static RunFile create(Optional<Path> known) {
        try {
            return new RunFile(Files.createTempDirectory("thalweg-launch"), known);
        } catch (IOException e) {
            throw new LaunchException("no temporary folder can be made: " + e, e);
        }
    }

    /** The file's name, for the environment. */
    String path() {
        return file().toString();
    }

    /** The run's directory, once it is known. */
    Optional<Path> run() {
        if (run.isEmpty() && Files.exists(file())) {
            try {
                run = Optional.of(Path.of(Files.readString(file()).strip()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return run;
    }

    private Path file() {
        return folder.resolve("run");
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder.resolve("run.part")); // of a worker that was killed as it wrote
            Files.deleteIfExists(file());
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // It lies among temporary files.
        }
    }
}
