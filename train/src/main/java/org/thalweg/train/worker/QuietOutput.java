package org.thalweg.train.worker;

import java.lang.foreign.MemorySegment;

/**
 * Turns the process's standard output to its standard error for a while, from the first that asks for it until the last has
 * done. Gloo greets its peers on standard output, which is for answers.
 */
final class QuietOutput implements AutoCloseable {
    private static final int OUT = 1;
    private static final int ERR = 2;
    private static final Object LOCK = new Object();

    private static int users;
    private static int saved;

    private QuietOutput() {}

    static QuietOutput begin() {
        synchronized (LOCK) {
            if (users++ == 0) {
                flush();
                saved = CLibrary.call("dup", OUT);
                CLibrary.call("dup2", ERR, OUT);
            }
            return new QuietOutput();
        }
    }

    @Override
    public void close() {
        synchronized (LOCK) {
            if (--users == 0) {
                flush();
                CLibrary.call("dup2", saved, OUT);
                CLibrary.call("close", saved);
            }
        }
    }

    private static void flush() {
        CLibrary.call("fflush", MemorySegment.NULL);
    }
}
