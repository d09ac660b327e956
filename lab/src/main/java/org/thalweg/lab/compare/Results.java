package org.thalweg.lab.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.thalweg.lab.bench.Machine;
import org.thalweg.lab.statistics.Bootstrap;
import org.thalweg.lab.statistics.Interval;
import org.thalweg.lab.statistics.Spread;

/**
 * All that a comparison found. Where no target was given, a task's is a quarter above the median, over the rules, of what their best trials
 * reached in tuning: it is known before any final run, and favours no rule.
 *
 * @param comparison what was asked
 * @param tasks in the order of the question
 * @param trials every one that was made
 * @param machine where this was put together
 */
public record Results(Comparison comparison, List<TaskResult> tasks, List<Trial> trials, Machine machine) {
    private static final Bootstrap DRAWS = new Bootstrap(2_000, 1);

    public Results {
        tasks = List.copyOf(tasks);
        trials = List.copyOf(trials);
    }

    static Results of(Comparison comparison, SequencedMap<String, Long> steps, List<Trial> trials) {
        List<TaskResult> tasks = new ArrayList<>();
        for (Workload workload : comparison.workloads()) {
            long length = Objects.requireNonNull(steps.get(workload.name()));
            tasks.add(TaskResult.of(comparison, workload, length, trials));
        }
        return new Results(comparison, tasks, trials, Machine.here());
    }

    /** What came of a task. */
    public TaskResult task(String name) {
        return tasks.stream()
                .filter(it -> it.task().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s was not compared on".formatted(name)));
    }

    /** What a profile counts. */
    public enum Cost {
        /** Steps to the target. */
        STEPS,
        /** Seconds of steps to the target. */
        SECONDS;

        private double[] of(List<Trial> finals, Measure measure, double target) {
            return this == STEPS ? Standing.steps(finals, measure, target) : Standing.seconds(finals, measure, target);
        }
    }

    /**
     * A rule's place over all tasks.
     *
     * @param score the mean share of tasks over ratios from 1 to 4, as {@link PerformanceProfile#score} has it
     * @param interval where other seeds would have put it, by the bootstrap; other tasks are not in it
     */
    public record Place(String rule, double score, Interval interval) {}

    /** How often each rule is how near to the best; none of times where they may not be compared. */
    public Optional<PerformanceProfile> profile(Cost cost) {
        boolean comparable = cost == Cost.STEPS || tasks.stream().allMatch(TaskResult::timesComparable);
        return comparable ? Optional.of(profile(cost, sample -> sample)) : Optional.empty();
    }

    /** Every rule's place, the best first; none where {@link #profile} gives none. */
    public List<Place> places(Cost cost) {
        return profile(cost).stream()
                .flatMap(profile -> profile.ratios().keySet().stream().map(rule -> place(rule, cost, profile)))
                .sorted((one, other) -> Double.compare(other.score(), one.score()))
                .toList();
    }

    private Place place(String rule, Cost cost, PerformanceProfile profile) {
        Interval interval =
                DRAWS.interval(again -> profile(cost, again::of).score(rule, PerformanceProfile.MOST), 0.95);
        return new Place(rule, profile.score(rule, PerformanceProfile.MOST), interval);
    }

    private PerformanceProfile profile(Cost cost, Function<double[], double[]> sampling) {
        SequencedMap<String, List<Double>> costs = new LinkedHashMap<>();
        for (Contender rule : comparison.contenders()) {
            costs.put(
                    rule.name(),
                    tasks.stream()
                            .map(task -> Spread.median(sampling.apply(
                                    cost.of(task.of(rule.name()).finals(), task.measure(), task.target()))))
                            .toList());
        }
        return PerformanceProfile.of(costs);
    }
}
