package org.thalweg.lab.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * The sign test: of pairs that differ, in how many is the first larger (Dixon and Mood, JASA 41, 1946). It asks nothing of the
 * distribution, and can show nothing with fewer than six pairs: five equal signs have p = 0.0625.
 *
 * @param larger pairs of which the first is larger
 * @param smaller pairs of which the first is smaller; equal ones count for neither
 * @param p how likely signs as uneven are where both are equally likely, two-sided
 */
public record SignTest(int larger, int smaller, double p) {
    /**
     * Of pairs.
     *
     * @throws IllegalArgumentException if they are not equally many
     */
    public static SignTest of(double[] first, double[] second) {
        double[] differences = differences(first, second);
        int larger = (int) Arrays.stream(differences).filter(it -> it > 0).count();
        int smaller = (int) Arrays.stream(differences).filter(it -> it < 0).count();
        int both = larger + smaller;
        double p = both == 0
                ? 1
                : BinomialTest.withDefaults().test(both, larger, 0.5).getPValue();
        return new SignTest(larger, smaller, p);
    }

    static double[] differences(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "pairs are equally many on both sides, not %d and %d".formatted(first.length, second.length));
        }
        double[] differences = new double[first.length];
        Arrays.setAll(differences, i -> first[i] - second[i]);
        return differences;
    }
}
