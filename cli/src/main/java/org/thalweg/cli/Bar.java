package org.thalweg.cli;

import java.util.Locale;

/**
 * A progress bar's line at one moment.
 *
 * @param done steps that are made, of all
 * @param all steps of the whole run
 * @param perSecond steps a second of late; NaN while unknown
 * @param secondsLeft until the end, as far as one can tell; NaN while unknown
 * @param loss of the latest step; NaN while unknown
 */
record Bar(long done, long all, double perSecond, double secondsLeft, double loss) {
    private static final int LEAST_BAR = 8;
    private static final int MOST_BAR = 40;
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final double FEW = 10;

    /**
     * The line, as long as there is room: the drawn bar shrinks first, then what is behind it is cut.
     *
     * @param width columns
     */
    String line(int width) {
        double share = all == 0 ? 1 : Math.clamp((double) done / all, 0, 1);
        String before = "%3d %% [".formatted((int) Math.floor(100 * share));
        String after = "] %,d/%,d%s".formatted(done, all, figures());
        int room = Math.clamp(width - before.length() - after.length(), LEAST_BAR, MOST_BAR);
        int filled = (int) Math.round(share * room);
        String line = before + "=".repeat(filled) + " ".repeat(room - filled) + after;
        return line.length() <= width ? line : line.substring(0, Math.max(0, width));
    }

    private String figures() {
        StringBuilder figures = new StringBuilder();
        if (Double.isFinite(perSecond)) {
            figures.append(
                    String.format(Locale.ROOT, perSecond < FEW ? "  %.1f steps/s" : "  %,.0f steps/s", perSecond));
        }
        if (Double.isFinite(secondsLeft)) {
            figures.append("  ").append(time(secondsLeft)).append(" left");
        }
        if (Double.isFinite(loss)) {
            figures.append(String.format(Locale.ROOT, "  loss %.3g", loss));
        }
        return figures.toString();
    }

    /** {@code 45 s}, {@code 3 min 20 s} or {@code 2 h 5 min}. */
    static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole < MINUTE) {
            return whole + " s";
        }
        return whole < HOUR
                ? "%d min %d s".formatted(whole / MINUTE, whole % MINUTE)
                : "%d h %d min".formatted(whole / HOUR, whole % HOUR / MINUTE);
    }
}
