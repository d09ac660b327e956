package org.thalweg.lab.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.thalweg.optim.text.Names;
import org.thalweg.optim.text.Values;

/**
 * Between which values one setting of a rule is searched.
 *
 * @param name {@link #RATE}, or an option of the rule such as {@code beta1}
 * @param low the smallest value
 * @param high the largest; the same where the setting is fixed
 * @param scale on which values are spread evenly
 */
public record Range(String name, double low, double high, Scale scale) {
    /** What the learning rate is called. */
    public static final String RATE = "lr";

    private static final String TO = "..";
    private static final MathContext DIGITS = new MathContext(3);

    /** On which values are spread evenly. */
    public enum Scale {
        /** The values themselves. */
        LINEAR,
        /** Their logarithms: 0.001 to 0.01 is as likely as 0.01 to 0.1. */
        LOG,
        /** The logarithms of one less the values: 0.9 to 0.99 is as likely as 0.99 to 0.999. */
        LOG_FROM_ONE;

        /** The name on the command line and in files. */
        @Override
        public String toString() {
            return Names.kebab(name());
        }

        static Scale parse(String text) {
            return List.of(values()).stream()
                    .filter(scale -> Names.same(scale.toString(), text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(Names.unknown(
                            "scale",
                            text,
                            List.of(values()).stream().map(Scale::toString).toList())));
        }
    }

    /** @throws IllegalArgumentException if there is no such range on that scale */
    public Range {
        if (!(low <= high) || !Double.isFinite(low) || !Double.isFinite(high)) {
            throw new IllegalArgumentException(
                    "%s is searched from a number to a larger one, not from %s to %s".formatted(name, low, high));
        }
        if (low < high && scale == Scale.LOG && low <= 0) {
            throw new IllegalArgumentException(
                    "%s can be searched on a log scale above 0 only, not from %s: write %s..%s:linear"
                            .formatted(name, Values.text(low), Values.text(low), Values.text(high)));
        }
        if (low < high && scale == Scale.LOG_FROM_ONE && high >= 1) {
            throw new IllegalArgumentException("%s can be searched on the scale %s below 1 only, not to %s"
                    .formatted(name, scale, Values.text(high)));
        }
    }

    /** A setting that is not searched. */
    public static Range fixed(String name, double value) {
        return new Range(name, value, value, Scale.LINEAR);
    }

    /** Equal factors are equally likely. */
    public static Range log(String name, double low, double high) {
        return new Range(name, low, high, Scale.LOG);
    }

    /**
     * Reads {@code 1e-4..1e-1}, {@code 0..1:linear} or a single number.
     *
     * @param name of the setting
     * @param usual the scale where the text names none
     * @throws IllegalArgumentException if it is none of these
     */
    public static Range parse(String name, String text, Scale usual) {
        int colon = text.indexOf(':');
        String values = colon < 0 ? text : text.substring(0, colon);
        Scale scale = colon < 0 ? usual : Scale.parse(text.substring(colon + 1).strip());
        int to = values.indexOf(TO);
        if (to < 0) {
            return fixed(name, number(name, values));
        }
        return new Range(name, number(name, values.substring(0, to)), number(name, values.substring(to + 2)), scale);
    }

    private static double number(String name, String text) {
        try {
            return (double) Values.parse(double.class, text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the range of %s is written like 1e-4..1e-1, 0..1:linear or 0.9: %s"
                            .formatted(name, e.getMessage()),
                    e);
        }
    }

    /** Whether there is nothing to search. */
    public boolean isFixed() {
        return low == high;
    }

    /**
     * The value at a share of the way, with three digits.
     *
     * @param share 0 for the smallest, 1 for the largest
     */
    public double at(double share) {
        if (isFixed()) {
            return low;
        }
        return switch (scale) {
            case LINEAR -> rounded(low + share * (high - low));
            case LOG -> rounded(between(low, high, share));
            case LOG_FROM_ONE ->
                BigDecimal.ONE
                        .subtract(BigDecimal.valueOf(rounded(between(1 - low, 1 - high, share))))
                        .doubleValue();
        };
    }

    private static double between(double from, double to, double share) {
        return from * Math.pow(to / from, share);
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }

    /** The text that {@link #parse} reads. */
    public String text() {
        return isFixed() ? Values.text(low) : Values.text(low) + TO + Values.text(high) + ":" + scale;
    }
}
