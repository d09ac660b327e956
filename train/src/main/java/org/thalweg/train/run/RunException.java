package org.thalweg.train.run;

/** A run's directory that cannot be used; the message is one sentence for the user: what is wrong, where, and what to do. */
public final class RunException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RunException(String message) {
        super(message);
    }

    public RunException(String message, Throwable cause) {
        super(message, cause);
    }
}
