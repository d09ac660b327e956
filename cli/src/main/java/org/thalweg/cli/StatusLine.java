package org.thalweg.cli;

import java.io.PrintStream;

/** What a command is about, in one line that is drawn anew where a person watches; elsewhere nothing is said. */
final class StatusLine implements AutoCloseable {
    private final PrintStream err;
    private final boolean watched = Terminal.isWatched();
    private int drawn;

    StatusLine(PrintStream err) {
        this.err = err;
    }

    void show(String text) {
        if (watched) {
            clear();
            String line = text.substring(0, Math.min(text.length(), Terminal.columns() - 1));
            err.print("\r" + line);
            err.flush();
            drawn = line.length();
        }
    }

    /** Takes the line away, so that something else can be written there. */
    void clear() {
        if (drawn > 0) {
            err.print("\r" + " ".repeat(drawn) + "\r");
            drawn = 0;
        }
    }

    @Override
    public void close() {
        clear();
        err.flush();
    }
}
