package org.thalweg.lab.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * By how much two means differ, from two independent samples whose variances may differ (Welch, Biometrika 34, 1947).
 *
 * @param difference the first mean less the second
 * @param standardError of the difference; 0 where neither sample varies
 * @param degrees of freedom, after Welch and Satterthwaite; infinite where neither sample varies
 * @param p how likely a difference as large is where there is none, two-sided
 */
public record MeanDifference(double difference, double standardError, double degrees, double p) {
    /**
     * Of two samples.
     *
     * @throws IllegalArgumentException if one has fewer than two measurements, which show no variance
     */
    public static MeanDifference welch(double[] first, double[] second) {
        if (first.length < 2 || second.length < 2) {
            throw new IllegalArgumentException(
                    "two means are compared by at least 2 measurements each, not %d and %d; ask for more seeds"
                            .formatted(first.length, second.length));
        }
        Spread one = Spread.of(first);
        Spread other = Spread.of(second);
        double difference = one.mean() - other.mean();
        double a = one.standardError() * one.standardError();
        double b = other.standardError() * other.standardError();
        if (a + b == 0) {
            return new MeanDifference(difference, 0, Double.POSITIVE_INFINITY, difference == 0 ? 1 : 0);
        }
        double error = Math.sqrt(a + b);
        double degrees = (a + b) * (a + b) / (a * a / (one.count() - 1) + b * b / (other.count() - 1));
        double p = 2 * TDistribution.of(degrees).survivalProbability(Math.abs(difference) / error);
        return new MeanDifference(difference, error, degrees, p);
    }

    /**
     * Where the difference lies; it holds zero where {@link #p} is above one less the level.
     *
     * @param level such as 0.95
     */
    public Interval interval(double level) {
        Interval.checkLevel(level);
        double reach = standardError == 0
                ? 0
                : TDistribution.of(degrees).inverseSurvivalProbability((1 - level) / 2) * standardError;
        return new Interval(difference - reach, difference + reach, level);
    }
}
