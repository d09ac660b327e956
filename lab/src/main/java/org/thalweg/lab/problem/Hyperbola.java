package org.thalweg.lab.problem;

/** How far it is to the nearest point of {@code x y = 1}. */
final class Hyperbola {
    /** Places between which the distance's slope can change its sign, evenly spread in the logarithm of x. */
    private static final int PLACES = 400;

    private static final int HALVINGS = 80;

    private Hyperbola() {}

    /** The distance of (a, b): at its nearest point {@code t^4 - a t^3 + b t - 1 = 0} with {@code t = x}. */
    static double distance(double a, double b) {
        if (!Double.isFinite(a) || !Double.isFinite(b)) {
            return Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : Double.POSITIVE_INFINITY;
        }
        return Math.min(onBranch(a, b), onBranch(-a, -b));
    }

    /** To the branch of positive x. The nearest point lies no further from (1, 1) than twice the distance of (a, b) does. */
    private static double onBranch(double a, double b) {
        double reach = Math.log(2 + 3 * Math.hypot(a - 1, b - 1));
        double best = Double.POSITIVE_INFINITY;
        double from = Math.exp(-reach);
        for (int i = 1; i <= PLACES; i++) {
            double to = Math.exp(reach * (2.0 * i / PLACES - 1));
            if (slope(a, b, from) <= 0 && slope(a, b, to) >= 0) {
                double t = root(a, b, from, to);
                best = Math.min(best, Math.hypot(a - t, b - 1 / t));
            }
            from = to;
        }
        return best;
    }

    /** The sign of the distance's derivative by t; divided so that it stays in range. */
    private static double slope(double a, double b, double t) {
        return t - a + (b - 1 / t) / (t * t);
    }

    private static double root(double a, double b, double from, double to) {
        double low = from;
        double high = to;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (slope(a, b, middle) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
