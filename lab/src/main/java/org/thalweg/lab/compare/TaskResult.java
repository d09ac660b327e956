package org.thalweg.lab.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.thalweg.lab.compare.Assignment.Phase;
import org.thalweg.lab.statistics.Spread;

/**
 * What came of one task.
 *
 * @param task its name
 * @param words what it is
 * @param measure what it is judged by
 * @param steps of a full trial
 * @param target how small the validation measure had to be
 * @param targetGiven whether it was asked for, instead of following from the tuning
 * @param standings one for each rule, in the order of the question
 * @param verdict which is best
 */
public record TaskResult(
        String task,
        String words,
        Measure measure,
        long steps,
        double target,
        boolean targetGiven,
        List<Standing> standings,
        Verdict verdict) {
    /** A target is reached by what comes this near to what tuning reached. */
    private static final double NEAR = 1.25;

    public TaskResult {
        standings = List.copyOf(standings);
    }

    static TaskResult of(Comparison comparison, Workload workload, long steps, List<Trial> all) {
        Measure measure = workload.measure();
        List<Trial> tuning = trials(all, workload, Phase.TUNING);
        List<Trial> finals = trials(all, workload, Phase.FINAL);
        Optional<Double> given = Optional.ofNullable(comparison.targets().get(workload.name()));
        double target = given.orElseGet(() -> derived(
                comparison.contenders().stream().map(rule -> of(tuning, rule)).toList(), measure));
        List<Standing> standings = comparison.contenders().stream()
                .map(rule -> Standing.of(rule.name(), of(tuning, rule), of(finals, rule), measure, target))
                .toList();
        SequencedMap<String, double[]> tested = new LinkedHashMap<>();
        standings.forEach(it -> tested.put(it.rule(), Standing.tested(it.finals(), measure)));
        return new TaskResult(
                workload.name(),
                workload.words(),
                measure,
                steps,
                target,
                given.isPresent(),
                standings,
                Verdict.of(tested, measure));
    }

    private static List<Trial> trials(List<Trial> all, Workload workload, Phase phase) {
        return all.stream()
                .filter(it -> it.what().phase() == phase)
                .filter(it -> it.what().workload().equals(workload.name()))
                .toList();
    }

    private static List<Trial> of(List<Trial> trials, Contender rule) {
        return trials.stream()
                .filter(it -> it.what().rule().equals(rule.name()))
                .toList();
    }

    /**
     * A quarter above the median of what the rules' best trials reached in tuning: known before any final run. None, which is written as
     * infinity, if all diverged.
     */
    private static double derived(List<List<Trial>> tuning, Measure measure) {
        double[] best = tuning.stream()
                .mapToDouble(trials -> trials.stream()
                        .mapToDouble(it -> it.validated(measure))
                        .min()
                        .orElse(Double.POSITIVE_INFINITY))
                .filter(Double::isFinite)
                .toArray();
        if (best.length == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double median = Spread.median(best);
        return median + (NEAR - 1) * Math.abs(median);
    }

    /** Whether times may be compared: all final runs were made by equally many threads, beside equally many others. */
    public boolean timesComparable() {
        return standings.stream()
                        .flatMap(standing -> standing.finals().stream())
                        .map(Trial::place)
                        .distinct()
                        .count()
                == 1;
    }

    /** Whether some trials were shorter than others. */
    boolean hasRungs() {
        return standings.stream()
                .flatMap(standing -> standing.tried().stream())
                .anyMatch(trial -> trial.what().rung() > 0);
    }

    /** How a rule did. */
    public Standing of(String rule) {
        return standings.stream()
                .filter(it -> it.rule().equals(rule))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s was not compared on %s".formatted(rule, task)));
    }
}
