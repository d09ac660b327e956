package org.thalweg.train.worker;

/**
 * Workers cannot go on together: one of them ended, stopped or was cut off, or they never met. The message is a sentence that
 * says who and what was waited for.
 */
public final class WorkersException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    WorkersException(String message) {
        super(message);
    }

    WorkersException(String message, Throwable cause) {
        super(message, cause);
    }
}
