package org.thalweg.cli.launch;

import java.io.PrintStream;

/** The launcher's own two streams. */
record Echoes(Echo out, Echo err) {
    Echoes(PrintStream out, PrintStream err) {
        this(new Echo(out), new Echo(err));
    }
}
