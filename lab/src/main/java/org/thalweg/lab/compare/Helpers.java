package org.thalweg.lab.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.thalweg.train.run.Document;

/** Processes like this one that make trials beside each other, each with its share of the threads. */
final class Helpers implements Crew {
    private static final int MOST = 256;
    private static final long LOOK_MILLIS = 100;
    private static final int LOOKS = 5;

    private final Trial.Place place;
    private final List<Helper> helpers = new ArrayList<>();

    Helpers(Comparison comparison, int jobs, Workloads source, Path logs) {
        if (jobs < 1 || jobs > MOST) {
            throw new IllegalArgumentException("there are 1 to %d jobs, not %,d".formatted(MOST, jobs));
        }
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / jobs);
        place = new Trial.Place(threads, jobs);
        SequencedMap<String, Object> setUp = Document.fields(
                "workloads", source.json(), "pace", comparison.pace().json(), "threads", threads, "jobs", jobs);
        try {
            Files.createDirectories(logs);
            for (int job = 1; job <= jobs; job++) {
                helpers.add(Helper.start(Document.of(setUp), threads, logs.resolve("job-%d.log".formatted(job))));
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("a helping process cannot be started: " + e.getMessage(), e);
        }
    }

    @Override
    public Trial.Place place() {
        return place;
    }

    /** What a helper's thread brings back. */
    private sealed interface Brought {
        record Done(Trial trial) implements Brought {}

        record Failed(RuntimeException why) implements Brought {}
    }

    @Override
    public void run(List<Assignment> trials, Consumer<Trial> done, BooleanSupplier stop) {
        Queue<Assignment> open = new ConcurrentLinkedQueue<>(trials);
        BlockingQueue<Brought> back = new LinkedBlockingQueue<>();
        for (Helper helper : helpers) {
            Thread.ofPlatform().daemon().name("helper").start(() -> work(helper, open, back));
        }
        for (int left = trials.size(); left > 0; left--) {
            switch (next(back, stop)) {
                case Brought.Done(Trial trial) -> done.accept(trial);
                case Brought.Failed(RuntimeException why) -> throw unlessStopped(why, stop);
            }
        }
    }

    /** Ctrl-C ends the helpers as well, and may be heard of here after they have ended. */
    private static RuntimeException unlessStopped(RuntimeException why, BooleanSupplier stop) {
        for (int look = 0; look < LOOKS && !stop.getAsBoolean(); look++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
        }
        return stop.getAsBoolean() ? new CancellationException("a stop was asked for") : why;
    }

    private static void work(Helper helper, Queue<Assignment> open, BlockingQueue<Brought> back) {
        try {
            for (Assignment what = open.poll(); what != null; what = open.poll()) {
                back.add(new Brought.Done(helper.run(what)));
            }
        } catch (RuntimeException e) {
            back.add(new Brought.Failed(e));
        }
    }

    private static Brought next(BlockingQueue<Brought> back, BooleanSupplier stop) {
        try {
            while (!stop.getAsBoolean()) {
                Brought brought = back.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (brought != null) {
                    return brought;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new CancellationException("a stop was asked for");
    }

    /** Ends what still runs. */
    @Override
    public void close() {
        helpers.forEach(Helper::close);
    }
}
