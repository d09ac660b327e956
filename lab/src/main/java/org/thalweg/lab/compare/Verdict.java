package org.thalweg.lab.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.thalweg.lab.statistics.Holm;
import org.thalweg.lab.statistics.Interval;
import org.thalweg.lab.statistics.MeanDifference;
import org.thalweg.lab.statistics.Spread;

/**
 * Which rule is best on a task, as far as the final runs show. Means are compared by Welch's test, all pairs at once after Holm: with
 * probability 0.95 none of the differences that are called shown is chance.
 *
 * @param ranking the rules, that with the smallest mean first
 * @param pairs every two of them
 * @param sentence the verdict in words
 */
public record Verdict(List<String> ranking, List<Pair> pairs, String sentence) {
    private static final double LEVEL = 0.95;

    public Verdict {
        ranking = List.copyOf(ranking);
        pairs = List.copyOf(pairs);
    }

    /**
     * Two rules.
     *
     * @param better the one whose mean is smaller
     * @param worse the other
     * @param difference by how much the mean of the worse is larger
     * @param interval where the difference lies, at the level that Holm's procedure holds this pair to
     * @param p of this pair by itself
     * @param adjusted that there are other pairs taken into account
     * @param shown whether the interval leaves zero out
     */
    public record Pair(
            String better,
            String worse,
            double difference,
            Interval interval,
            double p,
            double adjusted,
            boolean shown) {}

    /**
     * From figures of final runs.
     *
     * @param figures by rule, the smaller the better
     * @param measure what they are
     */
    public static Verdict of(SequencedMap<String, double[]> figures, Measure measure) {
        List<String> ranking = figures.keySet().stream()
                .sorted(Comparator.comparingDouble(rule -> mean(of(figures, rule))))
                .toList();
        String first = ranking.getFirst();
        if (ranking.size() == 1) {
            return new Verdict(ranking, List.of(), "%s was not compared with any other rule.".formatted(first));
        }
        if (figures.values().stream().anyMatch(row -> row.length < 2)) {
            return new Verdict(
                    ranking,
                    List.of(),
                    "No verdict: one seed shows no spread. The smallest test %s is that of %s, %s."
                            .formatted(measure, first, measure.text(mean(of(figures, first)))));
        }
        List<Pair> pairs = pairs(ranking, figures);
        return new Verdict(ranking, pairs, sentence(ranking, pairs, measure, mean(of(figures, first))));
    }

    private static double[] of(SequencedMap<String, double[]> figures, String rule) {
        return Objects.requireNonNull(figures.get(rule), rule);
    }

    private static double mean(double... figures) {
        return Spread.of(figures).mean();
    }

    private static List<Pair> pairs(List<String> ranking, SequencedMap<String, double[]> figures) {
        List<MeanDifference> differences = new ArrayList<>();
        List<String[]> names = new ArrayList<>();
        for (int i = 0; i < ranking.size(); i++) {
            for (int j = i + 1; j < ranking.size(); j++) {
                names.add(new String[] {ranking.get(i), ranking.get(j)});
                differences.add(MeanDifference.welch(of(figures, ranking.get(j)), of(figures, ranking.get(i))));
            }
        }
        Holm holm = Holm.of(differences.stream().map(MeanDifference::p).toList(), LEVEL);
        List<Pair> pairs = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            MeanDifference found = differences.get(k);
            double adjusted = holm.adjusted().get(k);
            pairs.add(new Pair(
                    names.get(k)[0],
                    names.get(k)[1],
                    found.difference(),
                    found.interval(holm.levels().get(k)),
                    found.p(),
                    adjusted,
                    adjusted <= 1 - LEVEL));
        }
        return pairs;
    }

    private static String sentence(List<String> ranking, List<Pair> pairs, Measure measure, double least) {
        String first = ranking.getFirst();
        List<Pair> ofFirst =
                pairs.stream().filter(pair -> pair.better().equals(first)).toList();
        List<String> worse =
                ofFirst.stream().filter(Pair::shown).map(Pair::worse).toList();
        List<String> equal =
                ofFirst.stream().filter(pair -> !pair.shown()).map(Pair::worse).toList();
        if (equal.isEmpty()) {
            Pair next = ofFirst.getFirst();
            return "%s is best: its mean test %s, %s, is below that of every other rule; below that of %s by %s (%s to %s)."
                    .formatted(
                            first,
                            measure,
                            measure.text(least),
                            next.worse(),
                            measure.text(next.difference()),
                            measure.text(next.interval().low()),
                            measure.text(next.interval().high()));
        }
        String open = "%s has the smallest mean test %s, %s, but no difference from %s is shown"
                .formatted(first, measure, measure.text(least), listed(equal));
        return worse.isEmpty() ? open + "." : open + "; worse than it: %s.".formatted(listed(worse));
    }

    private static String listed(List<String> names) {
        return names.size() == 1
                ? names.getFirst()
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    /** The pair of two rules, in either order. */
    public Pair pair(String one, String other) {
        return pairs.stream()
                .filter(it -> (it.better().equals(one) && it.worse().equals(other))
                        || (it.better().equals(other) && it.worse().equals(one)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s and %s were not compared".formatted(one, other)));
    }
}
