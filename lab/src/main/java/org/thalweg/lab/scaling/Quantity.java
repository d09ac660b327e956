package org.thalweg.lab.scaling;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bandwidths, times and sizes as people write them, with decimal prefixes: {@code 25Gbit}, {@code 1.5GB/s}, {@code 20us}. */
public final class Quantity {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?) ?([A-Za-zµ/]+)");

    private static final Map<String, Integer> BANDWIDTHS =
            Map.of("bit", 0, "kbit", 3, "Mbit", 6, "Gbit", 9, "Tbit", 12);
    private static final Map<String, Integer> SIZES = Map.of("B", 0, "kB", 3, "MB", 6, "GB", 9, "TB", 12);
    private static final Map<String, Integer> TIMES = Map.of("s", 0, "ms", -3, "us", -6, "µs", -6, "ns", -9);
    private static final int BITS = 8;

    private Quantity() {}

    /**
     * A bandwidth in bytes per second.
     *
     * @param text a number above 0 and {@code kbit}, {@code Mbit}, {@code Gbit} or {@code Tbit}, with or without {@code /s}, or
     *     {@code kB/s}, {@code MB/s}, {@code GB/s}
     * @throws IllegalArgumentException if it is anything else
     */
    public static double bandwidth(String text) {
        String what = "a bandwidth such as 25Gbit, 10Gbit/s or 3GB/s";
        Matcher parts = parts(text, what);
        String unit = parts.group(2);
        String bare = unit.endsWith("/s") ? unit.substring(0, unit.length() - 2) : unit;
        double bytes = BANDWIDTHS.containsKey(bare)
                ? value(parts, bare, BANDWIDTHS, text, what) / BITS
                : value(parts, bare, unit.endsWith("/s") ? SIZES : Map.of(), text, what);
        if (bytes <= 0) {
            throw unreadable(text, what + ", above 0");
        }
        return bytes;
    }

    /**
     * A time in seconds, 0 or more.
     *
     * @param text a number and {@code s}, {@code ms}, {@code us} or {@code ns}
     * @throws IllegalArgumentException if it is anything else
     */
    public static double time(String text) {
        String what = "a time such as 20us, 1.5ms or 2s";
        Matcher parts = parts(text, what);
        return value(parts, parts.group(2), TIMES, text, what);
    }

    /**
     * A size in bytes, at least 1.
     *
     * @param text a number and {@code B}, {@code kB}, {@code MB}, {@code GB} or {@code TB}
     * @throws IllegalArgumentException if it is anything else
     */
    public static double size(String text) {
        String what = "a size such as 25MB";
        Matcher parts = parts(text, what);
        double bytes = value(parts, parts.group(2), SIZES, text, what);
        if (bytes < 1) {
            throw unreadable(text, what + ", at least 1 byte");
        }
        return bytes;
    }

    private static Matcher parts(String text, String what) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw unreadable(text, what);
        }
        return parts;
    }

    private static double value(Matcher parts, String unit, Map<String, Integer> units, String text, String what) {
        if (!units.containsKey(unit)) {
            throw unreadable(text, what);
        }
        int power = Objects.requireNonNull(units.get(unit));
        return new BigDecimal(parts.group(1)).scaleByPowerOfTen(power).doubleValue();
    }

    private static IllegalArgumentException unreadable(String text, String what) {
        return new IllegalArgumentException("'%s' is not %s".formatted(text, what));
    }

    /** A time with its unit, to three digits. */
    public static String timeText(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "–";
        }
        if (seconds < 1e-3) {
            return "%.3g µs".formatted(1e6 * seconds);
        }
        if (seconds < 1) {
            return "%.3g ms".formatted(1e3 * seconds);
        }
        if (seconds < 100) {
            return "%.3g s".formatted(seconds);
        }
        return seconds < 7200 ? "%.1f min".formatted(seconds / 60) : "%.1f h".formatted(seconds / 3600);
    }
}
