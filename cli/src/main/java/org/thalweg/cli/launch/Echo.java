package org.thalweg.cli.launch;

import java.io.PrintStream;

/** A stream of the launcher's own, on which the first worker's output passes through and sentences stand on lines of their own. */
final class Echo {
    private final PrintStream to;
    private boolean atLineStart = true;

    Echo(PrintStream to) {
        this.to = to;
    }

    synchronized void pass(byte[] bytes, int start, int end) {
        if (end > start) {
            to.write(bytes, start, end - start);
            to.flush();
            atLineStart = bytes[end - 1] == '\n';
        }
    }

    /** A sentence of the launcher. */
    synchronized void say(String sentence) {
        if (!atLineStart) {
            to.println(); // below a progress bar
        }
        to.println("thalweg: " + sentence);
        to.flush();
        atLineStart = true;
    }
}
