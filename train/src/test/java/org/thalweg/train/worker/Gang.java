package org.thalweg.train.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Several workers as threads of this process, which meet over the loopback like any others. */
public final class Gang {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private Gang() {}

    /** A port that nothing listens on now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Worlds of so many workers of one job. */
    public static List<World> worlds(int size, Duration timeout) {
        int port = freePort();
        List<World> worlds = new ArrayList<>();
        for (int rank = 0; rank < size; rank++) {
            worlds.add(new World(rank, size, rank, "127.0.0.1", port, "test", timeout));
        }
        return worlds;
    }

    /** Lets each of so many workers do the same, and gives what came of it by rank. */
    public static <T> List<T> run(int size, Function<Workers, T> work) {
        return inThreads(worlds(size, TIMEOUT), world -> {
            try (Workers workers = Workers.open(world)) {
                T result = work.apply(workers);
                workers.barrier();
                return result;
            }
        });
    }

    /** Runs something for each world on a thread of its own; the first that fails, by rank, is thrown. */
    public static <T> List<T> inThreads(List<World> worlds, Function<World, T> work) {
        List<Future<T>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(worlds.size())) {
            worlds.forEach(world -> running.add(threads.submit(() -> work.apply(world))));
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
