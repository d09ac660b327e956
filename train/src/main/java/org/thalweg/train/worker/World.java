package org.thalweg.train.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One worker's place among those that train together, as {@code torchrun} and what starts PyTorch elsewhere say it.
 *
 * @param rank from 0 to size - 1; rank 0 writes the run's directory
 * @param size number of workers, at least 1
 * @param localRank the rank among the workers on the same machine, from 0
 * @param address of rank 0, which listens there and nowhere else
 * @param port of rank 0, 1 to 65535
 * @param job what the workers of one job share and no other job knows; may be empty
 * @param timeout how long a worker may go unheard of before the others give it up, 100 ms to 1 day; however long they wait for one
 *     that is alive does not count
 */
public record World(int rank, int size, int localRank, String address, int port, String job, Duration timeout) {
    /** PyTorch's port. */
    public static final int DEFAULT_PORT = 29500;

    /** A minute. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private static final int LAST_PORT = 65_535;
    private static final int MOST_WORKERS = 1 << 20;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** A worker by itself. */
    public static final World ALONE = new World(0, 1, 0, "127.0.0.1", DEFAULT_PORT, "", DEFAULT_TIMEOUT);

    private static final String RANK = "RANK";
    private static final String WORLD_SIZE = "WORLD_SIZE";
    private static final String LOCAL_RANK = "LOCAL_RANK";
    private static final String MASTER_ADDR = "MASTER_ADDR";
    private static final String MASTER_PORT = "MASTER_PORT";
    private static final String THALWEG_JOB = "THALWEG_JOB";
    private static final String THALWEG_TIMEOUT = "THALWEG_TIMEOUT";

    public World {
        require(size >= 1 && size <= MOST_WORKERS, "there are 1 to %d workers, not %d", MOST_WORKERS, size);
        require(rank >= 0 && rank < size, "the rank of %d workers is from 0 to %d, not %d", size, size - 1, rank);
        require(localRank >= 0, "the rank on a machine is 0 or more, not %d", localRank);
        require(!address.isBlank(), "rank 0 needs an address to listen on, such as 127.0.0.1");
        require(port >= 1 && port <= LAST_PORT, "a port is from 1 to %d, not %d", LAST_PORT, port);
        require(
                timeout.compareTo(SHORTEST) >= 0 && timeout.compareTo(LONGEST) <= 0,
                "workers wait for each other from 0.1 s to a day, not %s s",
                timeout.toMillis() / 1e3);
    }

    private static void require(boolean condition, String message, Object... values) {
        if (!condition) {
            throw new IllegalArgumentException(message.formatted(values));
        }
    }

    /**
     * What the variables {@code RANK}, {@code WORLD_SIZE}, {@code LOCAL_RANK} (default: the rank), {@code MASTER_ADDR}, {@code
     * MASTER_PORT} (default: {@value #DEFAULT_PORT}), {@code THALWEG_JOB} and {@code THALWEG_TIMEOUT} (seconds) say.
     *
     * @return empty where neither {@code RANK} nor {@code WORLD_SIZE} is set: a process by itself
     * @throws IllegalArgumentException if they do not make sense; the message names the variable
     */
    public static Optional<World> fromEnvironment(Map<String, String> environment) {
        if (text(environment, RANK).isEmpty() && text(environment, WORLD_SIZE).isEmpty()) {
            return Optional.empty();
        }
        int size = whole(environment, WORLD_SIZE, 1, MOST_WORKERS);
        int rank = whole(environment, RANK, 0, size - 1);
        int localRank = text(environment, LOCAL_RANK)
                .map(_ -> whole(environment, LOCAL_RANK, 0, size - 1))
                .orElse(rank);
        String address = size == 1
                ? text(environment, MASTER_ADDR).orElse(ALONE.address())
                : text(environment, MASTER_ADDR).orElseThrow(() -> missing(MASTER_ADDR));
        int port = text(environment, MASTER_PORT)
                .map(_ -> whole(environment, MASTER_PORT, 1, LAST_PORT))
                .orElse(DEFAULT_PORT);
        Duration timeout =
                text(environment, THALWEG_TIMEOUT).map(World::seconds).orElse(DEFAULT_TIMEOUT);
        return Optional.of(
                new World(rank, size, localRank, address, port, environment.getOrDefault(THALWEG_JOB, ""), timeout));
    }

    /** The variables that say this: what a launcher gives to a worker. */
    public Map<String, String> environment() {
        return Map.of(
                RANK, Integer.toString(rank),
                WORLD_SIZE, Integer.toString(size),
                LOCAL_RANK, Integer.toString(localRank),
                MASTER_ADDR, address,
                MASTER_PORT, Integer.toString(port),
                THALWEG_JOB, job,
                THALWEG_TIMEOUT, Double.toString(timeout.toMillis() / 1e3));
    }

    public boolean isAlone() {
        return size == 1;
    }

    /** Whether this is rank 0, which writes what is written. */
    public boolean leads() {
        return rank == 0;
    }

    private static Optional<String> text(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static int whole(Map<String, String> environment, String name, int least, int most) {
        String value = text(environment, name).orElseThrow(() -> missing(name));
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "the variable %s must be a whole number from %d to %d, not '%s'".formatted(name, least, most, value));
    }

    private static Duration seconds(String value) {
        try {
            double seconds = Double.parseDouble(value);
            if (seconds >= SHORTEST.toMillis() / 1e3 && seconds <= LONGEST.toSeconds()) {
                return Duration.ofMillis(Math.round(seconds * 1e3));
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException("the variable %s must be seconds from 0.1 to %d, not '%s'"
                .formatted(THALWEG_TIMEOUT, LONGEST.toSeconds(), value));
    }

    private static IllegalArgumentException missing(String name) {
        List<String> all = new ArrayList<>(List.of(RANK, WORLD_SIZE, MASTER_ADDR));
        all.remove(name);
        return new IllegalArgumentException(
                "the variable %s is not set: a worker needs it beside %s; 'thalweg launch' sets them all"
                        .formatted(name, String.join(" and ", all)));
    }

    /** Without the job, which is a secret. */
    @Override
    public String toString() {
        return "rank %d of %d at %s:%d".formatted(rank, size, address, port);
    }
}
