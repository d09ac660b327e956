package org.thalweg.cli.launch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A worker's process, with its leash and its log. */
final class Worker {
    /** What printed last is read to its end, unless a process of the worker's own keeps the stream open. */
    private static final Duration LAST_LINES = Duration.ofSeconds(1);

    private final int rank;
    private final Process process;
    private final WorkerLog log;
    private final List<Thread> pumps = new ArrayList<>();
    private volatile boolean told;

    private Worker(int rank, Process process, WorkerLog log) {
        this.rank = rank;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param echoes where its standard output and error pass through to; nowhere if there are none
     * @throws LaunchException if the system starts no such process
     */
    static Worker start(
            int rank, List<String> command, Map<String, String> environment, WorkerLog log, Optional<Echoes> echoes) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            Worker worker = new Worker(rank, builder.start(), log);
            worker.pump(echoes);
            return worker;
        } catch (IOException e) {
            throw new LaunchException("worker %d cannot be started: %s".formatted(rank, e.getMessage()), e);
        }
    }

    private void pump(Optional<Echoes> echoes) {
        pumps.add(thread(new Pump(process.getInputStream(), echoes.map(Echoes::out), log)));
        pumps.add(thread(new Pump(process.getErrorStream(), echoes.map(Echoes::err), log)));
    }

    /** Not a virtual one, of which only so many can wait for a pipe. */
    private Thread thread(Pump pump) {
        return Thread.ofPlatform().daemon().name("rank " + rank).start(pump);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Tells how it ended, as soon as it has, on another thread. */
    void whenEnded(Consumer<Ending> listener) {
        var _ = process.onExit().thenAcceptAsync(ended -> {
            drain();
            listener.accept(new Ending(rank, ended.exitValue(), told, log.lastWords()));
        });
    }

    private void drain() {
        try {
            for (Thread pump : pumps) {
                pump.join(LAST_LINES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void askToStop() {
        Leash.askToStop(process.getOutputStream());
    }

    /** Ends it if it listens to its launcher. */
    void letGo() {
        told = true;
        Leash.letGo(process.getOutputStream());
    }

    /** SIGTERM. {@link Process#destroy()} would also close the stream with its last words. */
    void terminate() {
        told = true;
        process.toHandle().destroy();
    }

    /** SIGKILL, which also ends what is stopped. */
    void kill() {
        told = true;
        process.toHandle().destroyForcibly();
    }
}
