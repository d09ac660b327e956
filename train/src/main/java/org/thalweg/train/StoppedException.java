package org.thalweg.train;

import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/** Training was stopped between two steps, as was asked for, and saved. */
public final class StoppedException extends CancellationException {
    private static final long serialVersionUID = 1;

    StoppedException(Path run, long step) {
        super("training was stopped after step %,d, and saved; './thalweg resume %s' goes on".formatted(step, run));
    }
}
