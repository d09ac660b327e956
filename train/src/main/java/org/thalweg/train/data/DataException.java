package org.thalweg.train.data;

/** Data that cannot be used; the message is one sentence for the user: what is wrong, where, and what to do. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
