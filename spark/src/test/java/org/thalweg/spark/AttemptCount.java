package org.thalweg.spark;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts over all tasks, which run in this process. */
final class AttemptCount {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private AttemptCount() {}

    static void reset() {
        COUNT.set(0);
    }

    static void add() {
        COUNT.incrementAndGet();
    }

    static int get() {
        return COUNT.get();
    }
}
