package org.thalweg.lab.picture;

import java.util.Locale;

/** How metrics are shown to people. */
public final class Metrics {
    private static final double PERCENT = 100;

    private Metrics() {}

    /**
     * A metric on an axis or in a sentence.
     *
     * @param name such as {@code Accuracy}
     * @param unit such as {@code %}; empty for none
     * @param factor from the value in files to the one that is shown
     */
    public record Shown(String name, String unit, double factor) {
        /** Name and unit. */
        public String title() {
            return unit.isEmpty() ? name : "%s (%s)".formatted(name, unit);
        }

        /** A value that has been multiplied by the factor, with as many digits as mean something. */
        public String number(double value) {
            return String.format(Locale.ROOT, unit.equals("%") ? "%.2f" : "%.4g", value);
        }

        /** A value from a file, with its unit. */
        public String text(double value) {
            return unit.isEmpty() ? number(factor * value) : number(factor * value) + " " + unit;
        }
    }

    /** How to show a metric by the name it has in files; one that is not known is shown as it is. */
    public static Shown shown(String name) {
        return switch (name) {
            case "accuracy" -> new Shown("Accuracy", "%", PERCENT);
            case "top5" -> new Shown("Top-5 accuracy", "%", PERCENT);
            case "r2" -> new Shown("R²", "", 1);
            case "perplexity" -> new Shown("Perplexity", "", 1);
            default -> new Shown(name, "", 1);
        };
    }
}
