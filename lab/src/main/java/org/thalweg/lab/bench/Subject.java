package org.thalweg.lab.bench;

/** Something whose time is measured against others'. */
public interface Subject extends AutoCloseable {
    /** What it is called in a report. */
    String name();

    /** Does the work once. */
    void run();

    /** Gives memory back. */
    @Override
    default void close() {}
}
