package org.thalweg.optim.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * Threads that run a list of stages together with the caller. Between two stages all wait for each other, spinning: a step
 * has many short stages, and waking a thread for each would cost more than the stage.
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

    private Workers() {}

    /** Runs the stages in order on at most {@code threads} threads, of which the caller is one. */
    static void run(List<Stage> stages, int threads) {
        int widest = stages.stream().mapToInt(Stage::pieces).max().orElse(0);
        int useful = Math.min(threads, widest / LEAST_PIECES);
        if (useful > 1 && BUSY.tryLock()) {
            try {
                together(stages, useful);
            } finally {
                BUSY.unlock();
            }
        } else {
            alone(stages);
        }
    }

    private static void alone(List<Stage> stages) {
        for (Stage stage : stages) {
            for (int piece = 0; piece < stage.pieces(); piece++) {
                stage.run(piece);
            }
            stage.finish();
        }
    }

    private static void together(List<Stage> stages, int threads) {
        Round round = new Round(stages, threads);
        List<Worker> workers = workers(threads - 1);
        workers.forEach(worker -> worker.take(round));
        round.work();
        round.awaitAllLeft();
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
            Worker worker = new Worker("thalweg-step-" + (pool.size() + 1));
            List<Worker> more = new ArrayList<>(pool);
            more.add(worker);
            pool = List.copyOf(more);
        }
        return pool.subList(0, count);
    }

    /** One call of {@link #run}. */
    private static final class Round {
        private final List<Stage> stages;
        private final int threads;
        private final AtomicInteger[] nextPiece;
        private final AtomicInteger arrived = new AtomicInteger();
        private final AtomicInteger left = new AtomicInteger();
        private volatile Optional<Throwable> failure = Optional.empty();
        private volatile int stagesDone;

        Round(List<Stage> stages, int threads) {
            this.stages = stages;
            this.threads = threads;
            this.nextPiece = new AtomicInteger[stages.size()];
            for (int i = 0; i < nextPiece.length; i++) {
                nextPiece[i] = new AtomicInteger();
            }
        }

        Optional<Throwable> failure() {
            return failure;
        }

        void work() {
            for (int i = 0; i < stages.size(); i++) {
                Stage stage = stages.get(i);
                int number = i;
                guarded(() -> pieces(stage, nextPiece[number]));
                if (arrived.incrementAndGet() == threads) {
                    guarded(stage::finish);
                    arrived.set(0);
                    stagesDone = i + 1;
                } else {
                    awaitStage(i + 1);
                }
            }
            left.incrementAndGet();
        }

        private static void pieces(Stage stage, AtomicInteger next) {
            for (int piece = next.getAndIncrement(); piece < stage.pieces(); piece = next.getAndIncrement()) {
                stage.run(piece);
            }
        }

        /** After a failure nothing more is done, but everybody still passes every stage, so that nobody waits forever. */
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

        private void awaitStage(int done) {
            spinUntilAtLeast(() -> stagesDone, done);
        }

        void awaitAllLeft() {
            spinUntilAtLeast(left::get, threads);
        }

        private static void spinUntilAtLeast(IntSupplier counter, int goal) {
            for (int spins = 0; counter.getAsInt() < goal; spins++) {
                if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(REST_NANOS);
                }
            }
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
