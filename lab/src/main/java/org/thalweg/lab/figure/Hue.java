package org.thalweg.lab.figure;

import java.awt.Color;
import java.util.Locale;

/** Colours of lines: Okabe and Ito's, which the colour-blind can tell apart. */
public enum Hue {
    BLUE(0x0072B2),
    ORANGE(0xD55E00),
    GREEN(0x009E73),
    PURPLE(0xCC79A7),
    AMBER(0xE69F00),
    SKY(0x56B4E9),
    INK(0x222222);

    private final int rgb;

    Hue(int rgb) {
        this.rgb = rgb;
    }

    /** The colour of the line with that number, from 0; they come again after the last. */
    public static Hue of(int line) {
        return values()[line % values().length];
    }

    /** As a style sheet's variable, which is lighter in the dark. */
    public String css() {
        return "var(--%s)".formatted(name().toLowerCase(Locale.ROOT));
    }

    /** On white paper. */
    public Color colour() {
        return new Color(rgb);
    }
}
