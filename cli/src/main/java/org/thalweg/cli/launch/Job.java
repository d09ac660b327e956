package org.thalweg.cli.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many workers are launched, and how they are looked after.
 *
 * @param workers how many, 1 to {@value #MOST_WORKERS}
 * @param restarts how often they are started again after a fault, at least 0
 * @param address of this machine, where rank 0 listens and the others find it
 * @param port where rank 0 listens, 1 to 65535; a free one where none is given
 * @param timeout how long a worker may go unheard of before the others give it up, 0.1 s to a day
 * @param logs the folder of what each worker prints; in the run's directory where none is given
 * @param patience how long workers may take to end by themselves when another has failed, and again to end when told to
 */
public record Job(
        int workers,
        int restarts,
        String address,
        OptionalInt port,
        Duration timeout,
        Optional<Path> logs,
        Duration patience) {
    /** More on one machine are a slip of the finger. */
    public static final int MOST_WORKERS = 256;

    public static final String LOOPBACK = "127.0.0.1";
    private static final int MOST_PORT = 65_535;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(5);

    public Job {
        if (workers < 1 || workers > MOST_WORKERS) {
            throw new IllegalArgumentException(
                    "there can be 1 to %d workers on a machine, but --workers is %,d".formatted(MOST_WORKERS, workers));
        }
        if (restarts < 0) {
            throw new IllegalArgumentException(
                    "--max-restarts is how often workers are started again, so 0 or more, but is %,d"
                            .formatted(restarts));
        }
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > MOST_PORT)) {
            throw new IllegalArgumentException("a port is a number from 1 to %d, but --port is %d; without it"
                            .formatted(MOST_PORT, port.getAsInt())
                    + " a free one is taken");
        }
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("--timeout is how long a worker may go unheard of, from 0.1 seconds to"
                    + " a day, but is %s".formatted(timeout.toMillis() / 1e3));
        }
    }

    /** Workers that wait, and are waited for, as long as is usual. */
    public Job(int workers, int restarts, String address, OptionalInt port, Duration timeout, Optional<Path> logs) {
        this(workers, restarts, address, port, timeout, logs, USUAL_PATIENCE);
    }

    /** Processors for each worker: an equal share of this machine's, one at least. */
    public int processors() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / workers);
    }
}
