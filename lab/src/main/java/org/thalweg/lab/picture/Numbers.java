package org.thalweg.lab.picture;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people read them. */
public final class Numbers {
    private static final MathContext DIGITS = new MathContext(4);
    private static final double SMALL = 0.001;
    private static final double LARGE = 1e6;

    private Numbers() {}

    /** A number with four digits at most, as short as it can be written: 0.002, 50, 1E-5; in words if it is not finite. */
    public static String text(double value) {
        if (!Double.isFinite(value)) {
            return "not finite";
        }
        BigDecimal shortest = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        boolean far = shortest.signum() != 0 && (Math.abs(value) < SMALL || Math.abs(value) >= LARGE);
        return far ? shortest.toString() : shortest.toPlainString();
    }

    /** The same where there is room for a few letters only: as a power of ten if it would be longer. */
    public static String brief(double value, int letters) {
        String text = text(value);
        if (text.length() <= letters || !Double.isFinite(value)) {
            return text;
        }
        BigDecimal shortest = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        return "%sE%d".formatted(shortest.movePointLeft(exponent).toPlainString(), exponent);
    }
}
