package org.thalweg.train.worker;

/**
 * Workers cannot go on together: one of them ended, stopped or was cut off, or they never met. The message is a sentence that
 * says who and what was waited for.
 */
public final class WorkersException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final boolean byAnother;

    private WorkersException(String message, boolean byAnother) {
        super(message);
        this.byAnother = byAnother;
    }

    private WorkersException(String message, Throwable cause, boolean byAnother) {
        super(message, cause);
        this.byAnother = byAnother;
    }

    /** This worker is wrong here. */
    static WorkersException own(String message) {
        return new WorkersException(message, false);
    }

    /** This worker is wrong here. */
    static WorkersException own(String message, Throwable cause) {
        return new WorkersException(message, cause, false);
    }

    /** Another worker is not there, or not any more. */
    static WorkersException byAnother(String message) {
        return new WorkersException(message, true);
    }

    /** Another worker is not there, or not any more. */
    static WorkersException byAnother(String message, Throwable cause) {
        return new WorkersException(message, cause, true);
    }

    /** Whether this worker could go on, and another one could not: the same may well work when it is tried again. */
    public boolean byAnother() {
        return byAnother;
    }
}
