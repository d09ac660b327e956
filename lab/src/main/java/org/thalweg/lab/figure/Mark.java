package org.thalweg.lab.figure;

/**
 * A place on a map that has a name.
 *
 * @param name for the pointer
 * @param kind how it is drawn
 */
public record Mark(String name, Kind kind, double x, double y) {
    /** What is to be found there. */
    public enum Kind {
        /** A star. */
        MINIMUM,
        /** A ring. */
        START
    }
}
