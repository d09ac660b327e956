package org.thalweg.lab.svg;

import org.thalweg.lab.picture.Curve;

/**
 * One curve of a chart.
 *
 * @param name for the legend and the pointer
 * @param curve its points
 * @param style how it is drawn
 * @param colour a colour of the style sheet, such as {@code var(--blue)}
 * @param listed whether it is in the legend
 */
public record Line(String name, Curve curve, Style style, String colour, boolean listed) {
    /** How points are joined. */
    public enum Style {
        /** Many values that only their crowd tells something of. */
        FAINT,
        /** A line. */
        PLAIN,
        /** A dashed line. */
        DASHED,
        /** A line with a dot at each value. */
        DOTS,
        /** The same, dashed, with a square at each. */
        SQUARES,
        /** A dot at each value, and no line. */
        SCATTER,
        /** A line that stays at a value until the next. */
        STAIRS
    }

    /** A curve in the legend. */
    public Line(String name, Curve curve, Style style, String colour) {
        this(name, curve, style, colour, true);
    }

    boolean marked() {
        return style == Style.DOTS || style == Style.SQUARES || style == Style.SCATTER;
    }
}
