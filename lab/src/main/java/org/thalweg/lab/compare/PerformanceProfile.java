package org.thalweg.lab.compare;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * How often each rule is how near to the best, over several tasks: of each the share of tasks that cost it at most tau times what they cost
 * the rule that is best there (Dolan and Moré, Mathematical Programming 91, 2002; as AlgoPerf uses it: Dahl et al., arXiv:2306.07179).
 *
 * @param ratios of each rule, one for each task: its cost over the least, at least 1; infinite where it did not get there
 */
public record PerformanceProfile(SequencedMap<String, List<Double>> ratios) {
    /** Up to which ratio AlgoPerf looks. */
    public static final double MOST = 4;

    public PerformanceProfile {
        ratios = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ratios));
    }

    /**
     * From what each task costs each rule.
     *
     * @param costs of each rule, one for each task, above 0; infinite where the rule does not get there
     * @throws IllegalArgumentException if rules have different numbers of tasks
     */
    public static PerformanceProfile of(SequencedMap<String, List<Double>> costs) {
        int tasks = costs.isEmpty() ? 0 : costs.firstEntry().getValue().size();
        if (costs.values().stream().anyMatch(row -> row.size() != tasks)) {
            throw new IllegalArgumentException("a profile needs the cost of every task for every rule");
        }
        double[] least = IntStream.range(0, tasks)
                .mapToDouble(task -> costs.values().stream()
                        .mapToDouble(row -> row.get(task))
                        .min()
                        .orElseThrow())
                .toArray();
        SequencedMap<String, List<Double>> ratios = new LinkedHashMap<>();
        costs.forEach((rule, row) -> ratios.put(
                rule,
                IntStream.range(0, tasks)
                        .mapToObj(task -> ratio(row.get(task), least[task]))
                        .toList()));
        return new PerformanceProfile(ratios);
    }

    private static double ratio(double cost, double least) {
        return Double.isFinite(cost) ? cost / least : Double.POSITIVE_INFINITY;
    }

    /** The share of tasks that cost a rule at most so many times the least. */
    public double share(String rule, double tau) {
        List<Double> row = row(rule);
        return row.stream().filter(ratio -> ratio <= tau).count() / (double) row.size();
    }

    /**
     * The mean of the share over tau from 1 to the most: 1 of a rule that is best everywhere, 0 of one that is nowhere within
     * that factor.
     *
     * @param most above 1
     */
    public double score(String rule, double most) {
        return row(rule).stream()
                .mapToDouble(ratio -> Math.max(0, most - ratio) / (most - 1))
                .average()
                .orElse(0);
    }

    List<Double> row(String rule) {
        return Objects.requireNonNull(ratios.get(rule), rule);
    }
}
