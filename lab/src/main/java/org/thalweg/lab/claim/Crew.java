package org.thalweg.lab.claim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.thalweg.train.StoppedException;
import org.thalweg.train.Training;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.worker.Workers;
import org.thalweg.train.worker.World;

/**
 * Workers that train together as threads of this process; they meet over the loopback as those of several machines do.
 *
 * @param size how many, at least 1
 */
public record Crew(int size) {
    /**
     * Trains.
     *
     * @param config its batch is the one of all workers together
     * @param folder where the run's directory is made
     * @param watcher is asked whether to stop
     * @return the run's directory
     * @throws CancellationException if it was stopped
     */
    public Path train(TrainingConfig config, Dataset data, Path folder, Watcher watcher) {
        int port = freePort();
        String job = UUID.randomUUID().toString();
        List<Future<Path>> running = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public boolean stopAsked() {
                return watcher.stopAsked();
            }
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(size)) {
            for (int rank = 0; rank < size; rank++) {
                World world = new World(rank, size, rank, World.ALONE.address(), port, job, World.DEFAULT_TIMEOUT);
                running.add(threads.submit(() -> {
                    try (Workers workers = Workers.open(world)) {
                        return Training.run(config, data, folder, listener, workers)
                                .run();
                    }
                }));
            }
            return first(running);
        }
    }

    /** What rank 0 gives; the first failure, by rank, is thrown. */
    private static Path first(List<Future<Path>> running) {
        try {
            List<Path> runs = new ArrayList<>();
            for (Future<Path> one : running) {
                runs.add(one.get());
            }
            return runs.getFirst();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoppedException) {
                throw new CancellationException("the trial was interrupted");
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("the trial was interrupted").initCause(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
