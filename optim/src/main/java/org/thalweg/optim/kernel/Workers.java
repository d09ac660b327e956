package org.thalweg.optim.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Threads that work off a list of tasks together with the caller.
 *
 * <p>A thread takes pieces of a task until none is left and goes on to the next one, waiting only for the tasks that one
 * depends on. Nobody waits for a thread as such: one that the system has put aside holds up no more than the piece it holds.
 * Waiting is spinning at first, because a step has many short tasks and waking a thread would cost more than a task.
 *
 * <p>There is one set of threads in the process. A caller that finds it busy does its work alone; no result depends on the
 * number of threads, so nobody can tell but by the clock.
 */
final class Workers {
    private static final int SPINS = 20_000;
    private static final long REST_NANOS = 10_000;
    /** Below so many pieces for each thread, waking it costs more than it helps. */
    private static final int LEAST_PIECES = 2;

    private static final ReentrantLock BUSY = new ReentrantLock();
    private static volatile List<Worker> pool = List.of();

    /** Work that may be split, and what must happen once after all of it. */
    interface Stage {
        /** How many pieces, each independent of the others. */
        int pieces();

        /** Does one piece, on any thread. */
        void run(int piece);

        /** Runs once, on one thread, when all pieces are done. */
        default void finish() {}
    }

    /**
     * A stage in a list.
     *
     * @param after it may start when so many tasks from the head of the list are finished
     */
    record Task(Stage stage, int after) {}

    private Workers() {}

    /** Works off the tasks on at most {@code threads} threads, of which the caller is one. */
    static void run(List<Task> tasks, int threads) {
        int widest =
                tasks.stream().mapToInt(task -> task.stage().pieces()).max().orElse(0);
        int useful = Math.min(threads, widest / LEAST_PIECES);
        if (useful > 1 && BUSY.tryLock()) {
            try {
                together(tasks, useful);
            } finally {
                BUSY.unlock();
            }
        } else {
            tasks.forEach(task -> alone(task.stage()));
        }
    }

    private static void alone(Stage stage) {
        for (int piece = 0; piece < stage.pieces(); piece++) {
            stage.run(piece);
        }
        stage.finish();
    }

    private static void together(List<Task> tasks, int threads) {
        Round round = new Round(tasks);
        workers(threads - 1).forEach(worker -> worker.take(round));
        round.work();
        round.awaitFirst(tasks.size(), 0);
        round.failure().ifPresent(Workers::rethrow);
    }

    private static void rethrow(Throwable failure) {
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    private static List<Worker> workers(int count) {
        while (pool.size() < count) {
            List<Worker> more = new ArrayList<>(pool);
            more.add(new Worker("thalweg-step-" + (pool.size() + 1)));
            pool = List.copyOf(more);
        }
        return pool.subList(0, count);
    }

    /** One call of {@link #run}. */
    private static final class Round {
        private final List<Task> tasks;
        private final AtomicIntegerArray taken;
        private final AtomicIntegerArray done;
        private final AtomicIntegerArray finished;
        private volatile Optional<Throwable> failure = Optional.empty();

        Round(List<Task> tasks) {
            this.tasks = tasks;
            this.taken = new AtomicIntegerArray(tasks.size());
            this.done = new AtomicIntegerArray(tasks.size());
            this.finished = new AtomicIntegerArray(tasks.size());
        }

        Optional<Throwable> failure() {
            return failure;
        }

        void work() {
            int known = 0;
            for (int i = 0; i < tasks.size(); i++) {
                known = awaitFirst(tasks.get(i).after(), known);
                takePieces(i, tasks.get(i).stage());
            }
        }

        /** Whoever does the last piece finishes the task; a task without pieces is finished by whoever comes first. */
        private void takePieces(int task, Stage stage) {
            int pieces = stage.pieces();
            for (int piece = taken.getAndIncrement(task);
                    piece < Math.max(pieces, 1);
                    piece = taken.getAndIncrement(task)) {
                int mine = piece;
                if (mine < pieces) {
                    guarded(() -> stage.run(mine));
                }
                if (done.incrementAndGet(task) == Math.max(pieces, 1)) {
                    guarded(stage::finish);
                    finished.set(task, 1);
                }
            }
        }

        /** After a failure nothing more is done, but tasks are still ticked off, so that nobody waits forever. */
        private void guarded(Runnable work) {
            if (failure.isPresent()) {
                return;
            }
            try {
                work.run();
            } catch (Throwable e) {
                failure = Optional.of(e);
            }
        }

        /**
         * Waits until the first {@code count} tasks are finished.
         *
         * @param known how many of them the caller has seen finished before
         * @return how many it has seen now
         */
        int awaitFirst(int count, int known) {
            int seen = known;
            for (int spins = 0; seen < count; spins++) {
                if (finished.get(seen) == 1) {
                    seen++;
                } else if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(REST_NANOS);
                }
            }
            return seen;
        }
    }

    /** A parked thread that wakes for a round. */
    private static final class Worker implements Runnable {
        private final AtomicReference<Optional<Round>> next = new AtomicReference<>(Optional.empty());
        private final Thread thread;

        Worker(String name) {
            thread = Thread.ofPlatform().daemon().name(name).start(this);
        }

        void take(Round round) {
            next.set(Optional.of(round));
            LockSupport.unpark(thread);
        }

        @Override
        public void run() {
            while (true) {
                Optional<Round> round = next.getAndSet(Optional.empty());
                round.ifPresentOrElse(Round::work, () -> LockSupport.park(this));
            }
        }
    }
}
