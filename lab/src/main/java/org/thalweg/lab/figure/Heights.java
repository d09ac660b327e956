package org.thalweg.lab.figure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * At which heights a map has lines, and how high a value stands between the lowest and the highest. Where most of a
 * function lies far below its highest value, as with Beale's, equal distances are equal factors above the lowest.
 *
 * @param floor the lowest
 * @param top the highest, above it
 * @param unit how far above the floor, in values, heights turn from linear to logarithmic; infinite if they never do
 * @param levels ascending
 */
public record Heights(double floor, double top, double unit, List<Double> levels) {
    private static final int MOST_LEVELS = 16;
    private static final double LOW = 0.002;
    /** From this ratio of the highest to the middle value on, lines at equal distances would all lie at the edges. */
    private static final double STEEP = 8;

    private static final double[][] FACTORS = {{1, 2, 5}, {1, 3}, {1}};

    public Heights {
        levels = List.copyOf(levels);
    }

    /**
     * What suits a field.
     *
     * @param least the function's least value, where it is known
     */
    public static Heights of(Field field, OptionalDouble least) {
        double[] values = field.sorted();
        if (values.length == 0) {
            return new Heights(0, 1, Double.POSITIVE_INFINITY, List.of());
        }
        double floor = Math.min(least.orElse(values[0]), values[0]);
        double top = values[values.length - 1];
        if (!(top > floor)) {
            return new Heights(floor, floor + Math.max(1, Math.abs(floor)), Double.POSITIVE_INFINITY, List.of());
        }
        double middle = values[values.length / 2];
        double low = values[(int) (LOW * values.length)] - floor;
        return top - floor > STEEP * (middle - floor) && low > 0
                ? logarithmic(floor, top, low)
                : new Heights(floor, top, Double.POSITIVE_INFINITY, evenly(floor, top));
    }

    private static Heights logarithmic(double floor, double top, double low) {
        List<Double> levels = new ArrayList<>();
        for (double[] factors : FACTORS) {
            levels = decades(floor, top, low, factors, 1);
            if (levels.size() <= MOST_LEVELS) {
                break;
            }
        }
        for (int every = 2; levels.size() > MOST_LEVELS; every++) {
            levels = decades(floor, top, low, FACTORS[FACTORS.length - 1], every);
        }
        double unit = levels.isEmpty() ? low : levels.getFirst() - floor;
        return new Heights(floor, top, unit, levels);
    }

    private static List<Double> decades(double floor, double top, double low, double[] factors, int every) {
        List<Double> levels = new ArrayList<>();
        int last = (int) Math.floor(Math.log10(top - floor));
        for (int decade = (int) Math.floor(Math.log10(low)); decade <= last; decade += every) {
            for (double factor : factors) {
                double above =
                        BigDecimal.valueOf(factor).scaleByPowerOfTen(decade).doubleValue();
                if (above >= low && floor + above < top) {
                    levels.add(floor + above);
                }
            }
        }
        return levels;
    }

    private static List<Double> evenly(double floor, double top) {
        double rough = (top - floor) / MOST_LEVELS;
        double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
        double step =
                magnitude * (rough <= magnitude ? 1 : rough <= 2 * magnitude ? 2 : rough <= 5 * magnitude ? 5 : 10);
        List<Double> levels = new ArrayList<>();
        for (double i = Math.floor(floor / step) + 1; i * step < top; i++) {
            levels.add(i * step);
        }
        return levels;
    }

    /** Whether equal distances are equal factors. */
    public boolean logarithmic() {
        return unit < Double.POSITIVE_INFINITY;
    }

    /** How many levels a value has reached. */
    public int band(double value) {
        int reached = 0;
        while (reached < levels.size() && value >= levels.get(reached)) {
            reached++;
        }
        return reached;
    }

    /** From 0 at the floor to 1 at the top; what lies beyond stays there. */
    public double share(double value) {
        double above = Math.clamp(value - floor, 0, top - floor);
        return logarithmic() ? Math.log1p(above / unit) / Math.log1p((top - floor) / unit) : above / (top - floor);
    }
}
