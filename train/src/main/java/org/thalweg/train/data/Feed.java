package org.thalweg.train.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The numbers of batches, from 0, each once it has been filled on a thread of its own while the ones before were in use. A
 * batch is given back by asking for the next. What goes wrong on that thread is thrown where the batch is asked for.
 */
final class Feed implements Iterator<Integer> {
    private static final long STOP_MILLIS = 10_000;

    /** Fills a buffer. */
    interface Source {
        /**
         * Fills.
         *
         * @param number of the batch, from 0
         * @param buffer from 0; the batch that was in it is no longer in use
         */
        void fill(int number, int buffer);
    }

    private final Source source;
    private final int batches;
    private final int buffers;
    private final Thread thread;
    private int filled;
    private int asked;
    private boolean stopped;
    private Optional<Throwable> failure = Optional.empty();
    private long waitedNanos;

    private Feed(Source source, int batches, int buffers) {
        this.source = source;
        this.batches = batches;
        this.buffers = buffers;
        this.thread = Thread.ofPlatform().daemon().name("thalweg-data").unstarted(this::fillAll);
    }

    /**
     * Begins to fill.
     *
     * @param buffers at least 2
     */
    static Feed start(Source source, int batches, int buffers) {
        Feed feed = new Feed(source, batches, buffers);
        feed.thread.start();
        return feed;
    }

    @Override
    public boolean hasNext() {
        return asked < batches;
    }

    @Override
    public Integer next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all %d batches have been handed out".formatted(batches));
        }
        return take();
    }

    /** Time that batches were waited for. */
    synchronized long waitedNanos() {
        return waitedNanos;
    }

    /**
     * Fills no more, and waits for the batch that is being filled.
     *
     * @return whether the thread has ended: not if what it reads from has kept it for ten seconds
     */
    boolean stop() {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + STOP_MILLIS * 1_000_000;
        while (thread.isAlive() && System.nanoTime() < deadline) {
            try {
                thread.join(STOP_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        restore(interrupted);
        return !thread.isAlive();
    }

    private synchronized int take() {
        int number = asked++;
        notifyAll(); // the batch before is given back
        long began = System.nanoTime();
        boolean waiting = filled <= number;
        boolean interrupted = false;
        while (filled <= number && failure.isEmpty() && !stopped) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // The batch comes soon; whoever interrupts wants to stop between two steps.
            }
        }
        restore(interrupted);
        waitedNanos += waiting ? System.nanoTime() - began : 0;
        if (filled > number) {
            return number;
        }
        throw failed();
    }

    private RuntimeException failed() {
        if (failure.isEmpty()) {
            return new IllegalStateException("another pass over the same batches has begun, or they are closed");
        }
        return switch (failure.get()) {
            case RuntimeException exception -> exception;
            case Error error -> throw error;
            case Throwable other -> new IllegalStateException(other);
        };
    }

    private void fillAll() {
        try {
            for (int number = 0; number < batches && awaitRoom(number); number++) {
                source.fill(number, number % buffers);
                filled(number);
            }
        } catch (Throwable e) { // it must reach the trainer, whatever it is
            failed(e);
        }
    }

    /** Whether the batch may be filled, once the one that lay in its buffer has been given back. */
    private synchronized boolean awaitRoom(int number) throws InterruptedException {
        while (!stopped && number >= Math.max(0, asked - 1) + buffers) {
            wait();
        }
        return !stopped;
    }

    private synchronized void filled(int number) {
        filled = number + 1;
        notifyAll();
    }

    private synchronized void failed(Throwable e) {
        failure = Optional.of(e);
        notifyAll();
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
