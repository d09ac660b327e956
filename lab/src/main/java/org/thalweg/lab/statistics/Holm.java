package org.thalweg.lab.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Several tests at once: with probability one less the level none of the differences that this shows is chance (Holm, Scandinavian
 * Journal of Statistics 6, 1979).
 *
 * @param adjusted each test's p, made larger for that there are others; at most 1
 * @param levels at which each test's interval is to be taken, so that it holds zero exactly where nothing was shown
 */
public record Holm(List<Double> adjusted, List<Double> levels) {
    public Holm {
        adjusted = List.copyOf(adjusted);
        levels = List.copyOf(levels);
    }

    /**
     * Of the tests' own p.
     *
     * @param p each from 0 to 1
     * @param level of all together, such as 0.95
     */
    public static Holm of(List<Double> p, double level) {
        Interval.checkLevel(level);
        int tests = p.size();
        Double[] adjusted = new Double[tests];
        Double[] levels = new Double[tests];
        List<Integer> ascending = IntStream.range(0, tests)
                .boxed()
                .sorted(Comparator.comparing(p::get))
                .toList();
        double most = 0;
        double share = 1 - level;
        boolean shown = true;
        for (int rank = 0; rank < tests; rank++) {
            int test = ascending.get(rank);
            int left = tests - rank;
            most = Math.max(most, Math.min(1, left * p.get(test)));
            adjusted[test] = most;
            if (shown) { // where one shows nothing, those after it are held against the same
                share = (1 - level) / left;
                shown = p.get(test) <= share;
            }
            levels[test] = 1 - share;
        }
        return new Holm(List.of(adjusted), List.of(levels));
    }
}
