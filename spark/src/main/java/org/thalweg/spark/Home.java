package org.thalweg.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.internal.config.package$;

/**
 * Where the first worker writes the run: in the driver's folder if it sees that, else in one of its own from which the run travels.
 *
 * @param runs the folder
 * @param marker says whether the driver's folder is seen here, and which run an attempt began
 * @param shared whether it is the driver's
 */
record Home(Path runs, Path marker, boolean shared) implements AutoCloseable {
    private static final String CHECKPOINTS = "checkpoints";

    static Home of(Job job) {
        Path marker = job.marker();
        Path runs = Path.of(job.runs());
        if (Files.isWritable(marker) && Files.isWritable(runs)) {
            return new Home(runs, marker, true);
        }
        try {
            return new Home(Files.createTempDirectory("thalweg-runs-"), marker, false);
        } catch (IOException e) {
            throw new UncheckedIOException("there is no room for the run on the first worker's machine", e);
        }
    }

    /** The run that an earlier attempt at the stage began here. */
    Optional<Path> begun() {
        try {
            String name = shared ? Files.readString(marker) : "";
            return Optional.of(name)
                    .filter(text -> !text.isEmpty())
                    .map(runs::resolve)
                    .filter(run -> Files.exists(run.resolve("config.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes which run was begun, for a later attempt. */
    void begin(Path run) {
        if (shared) {
            try {
                Files.writeString(marker, run.getFileName().toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * How the run gets to the driver: it is there already, or it is packed, without its checkpoints where it would be too large.
     *
     * @throws UncheckedIOException if even then it is
     */
    Ending deliver(Ending ending, Path run) {
        return shared ? ending.in(run.toString(), new byte[0]) : deliver(ending, run, mostBytes());
    }

    Ending deliver(Ending ending, Path run, long most) {
        try {
            if (RunArchive.size(run, _ -> true) < most) {
                return ending.in(run.toString(), RunArchive.pack(run, _ -> true));
            }
            if (RunArchive.size(run, Home::isNoCheckpoint) < most) {
                return ending.in(run.toString(), RunArchive.pack(run, Home::isNoCheckpoint));
            }
            throw new IOException(
                    "the run takes more than the %,d bytes that may travel to the driver: raise spark.driver.maxResultSize, or let the"
                                    .formatted(most)
                            + " folder of runs be one that all machines see");
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static boolean isNoCheckpoint(Path file) {
        return !file.startsWith(CHECKPOINTS);
    }

    /** What Spark lets through, with room for the other answers. */
    private static long mostBytes() {
        long limit = (long) SparkEnv.get().conf().get(package$.MODULE$.MAX_RESULT_SIZE());
        long array = Integer.MAX_VALUE - (1 << 20);
        return limit <= 0 ? array : Math.min(array, limit - limit / 16);
    }

    /** Removes what has travelled. */
    @Override
    public void close() {
        if (shared) {
            return;
        }
        try (Stream<Path> found = Files.walk(runs)) {
            List<Path> paths = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : paths) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // It lies among temporary files.
        }
    }
}
