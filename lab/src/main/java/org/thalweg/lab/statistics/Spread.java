package org.thalweg.lab.statistics;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What several measurements of one thing say.
 *
 * @param count how many, at least 1
 * @param mean their mean
 * @param deviation the sample's standard deviation, with count - 1 below the sum of squares; NaN of one measurement
 * @param least the smallest
 * @param median the middle one, or the mean of the two in the middle
 * @param most the largest
 */
public record Spread(int count, double mean, double deviation, double least, double median, double most) {
    /**
     * Of some measurements.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no measurement has no spread: at least one is needed");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double mean = mean(sorted);
        double squares = DoubleStream.of(sorted)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return new Spread(
                sorted.length,
                mean,
                sorted.length == 1 ? Double.NaN : Math.sqrt(squares / (sorted.length - 1)),
                sorted[0],
                middle(sorted),
                sorted[sorted.length - 1]);
    }

    /** Of some measurements. */
    public static Spread of(Collection<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The middle one, or the mean of the two in the middle; infinite where that is not finite, as of runs that never end. */
    public static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return middle(sorted);
    }

    static double mean(double... values) {
        return DoubleStream.of(values).sum() / values.length;
    }

    private static double middle(double... sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2;
    }

    /** How far the mean is off, as a standard deviation; NaN of one measurement. */
    public double standardError() {
        return deviation / Math.sqrt(count);
    }

    /**
     * Where the mean of all that could have been measured lies, by Student's distribution; everywhere, of one measurement.
     *
     * @param level such as 0.95
     */
    public Interval interval(double level) {
        Interval.checkLevel(level);
        if (count == 1) {
            return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, level);
        }
        double reach = TDistribution.of(count - 1.0).inverseSurvivalProbability((1 - level) / 2) * standardError();
        return new Interval(mean - reach, mean + reach, level);
    }
}
