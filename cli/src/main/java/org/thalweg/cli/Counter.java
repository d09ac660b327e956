package org.thalweg.cli;

import java.io.PrintStream;
import java.util.function.IntConsumer;

/** How far a command has come, in one line that is drawn anew where a person watches, and in a few lines elsewhere. */
final class Counter implements IntConsumer, AutoCloseable {
    private static final long NANOS = 200_000_000;

    private final PrintStream err;
    private final boolean watched = Terminal.isWatched();
    private String what = "";
    private long all;
    private long began;
    private long drawn;
    private boolean open;

    Counter(PrintStream err) {
        this.err = err;
    }

    /** Begins with something of so many points. */
    void begin(String name, long count) {
        beginQuietly(name, count);
        if (!watched) {
            err.printf("Taking %,d points of %s ...%n", all, what);
        }
    }

    /** The same, saying nothing where nobody watches. */
    void beginQuietly(String name, long count) {
        close();
        what = name;
        all = count;
        began = System.nanoTime();
        drawn = began;
    }

    @Override
    public void accept(int done) {
        long now = System.nanoTime();
        if (watched && (now - drawn > NANOS || done == all)) {
            double perSecond = done / ((now - began) / 1e9);
            String line = new Bar(done, all, Double.NaN, (all - done) / perSecond, Double.NaN)
                    .line(Terminal.columns() - what.length() - 2);
            err.print("\r" + what + " " + line);
            err.flush();
            drawn = now;
            open = true;
        }
    }

    /** Ends the line. */
    @Override
    public void close() {
        if (open) {
            err.println();
            open = false;
        }
    }
}
