package org.thalweg.lab.lecture;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Gibbs's law of one number: {@code exp(-U(x) / T) / Z}, in bins of equal width.
 *
 * @param potential U
 * @param from where the first bin begins
 * @param to where the last one ends; what lies beyond either end counts as in the bin there
 */
record GibbsLaw(DoubleUnaryOperator potential, double from, double to, int bins) {
    /** Points in a bin at which the density is taken. */
    private static final int FINE = 20;
    /** Bins beyond either end that may hold something. */
    private static final int BEYOND = 20;

    double width() {
        return (to - from) / bins;
    }

    double middle(int bin) {
        return from + (bin + 0.5) * width();
    }

    /** The bin of a number. */
    int bin(double x) {
        return Math.clamp((int) Math.floor((x - from) / width()), 0, bins - 1);
    }

    /** The share of each bin at a temperature. */
    List<Double> shares(double temperature) {
        double[] shares = new double[bins];
        double sum = 0;
        for (int i = -BEYOND * FINE; i < (bins + BEYOND) * FINE; i++) {
            double x = from + (i + 0.5) * width() / FINE;
            double weight = Math.exp(-potential.applyAsDouble(x) / temperature);
            shares[bin(x)] += weight;
            sum += weight;
        }
        double all = sum;
        return IntStream.range(0, bins).mapToObj(i -> shares[i] / all).toList();
    }

    /** How far shares that were seen are from it in total variation: the share that is in the wrong bins, 0 to 1. */
    double distance(List<Double> seen, double temperature) {
        List<Double> law = shares(temperature);
        return IntStream.range(0, bins)
                        .mapToDouble(i -> Math.abs(seen.get(i) - law.get(i)))
                        .sum()
                / 2;
    }
}
