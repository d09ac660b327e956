package org.thalweg.lab.svg;

/** Places on a figure as text; there are thousands on a page. */
final class Coordinate {
    /** Nothing further outside can be seen, whatever the figure; renderers fail on larger numbers. */
    private static final double FAR = 1e5;

    private Coordinate() {}

    /** To a tenth of a pixel. */
    static String text(double coordinate) {
        long tenths = Math.round(10 * Math.clamp(coordinate, -FAR, FAR));
        long rest = Math.abs(tenths % 10);
        String whole = tenths / 10 == 0 && tenths < 0 ? "-0" : Long.toString(tenths / 10);
        return rest == 0 ? Long.toString(tenths / 10) : whole + "." + rest;
    }
}
