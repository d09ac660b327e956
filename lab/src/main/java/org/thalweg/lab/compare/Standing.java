package org.thalweg.lab.compare;

import java.util.List;
import java.util.Optional;
import org.thalweg.lab.statistics.Spread;

/**
 * How one rule did on one task.
 *
 * @param rule its name
 * @param chosen the trial whose settings were best, of the search's last rung
 * @param tried every trial of the search
 * @param finals the runs with these settings
 * @param triedDiverged of them, those that diverged
 * @param validated the chosen trial's figure
 * @param test the final runs' figures; one that diverged counts with its first weights
 * @param diverged final runs that did
 * @param reached final runs that reached the target
 * @param stepsToTarget the median of all final runs, those that never get there being longest; infinite if that is one of them
 * @param secondsToTarget the same in time
 * @param stepSeconds median over the final runs
 */
public record Standing(
        String rule,
        Trial chosen,
        List<Trial> tried,
        List<Trial> finals,
        int triedDiverged,
        double validated,
        Spread test,
        int diverged,
        int reached,
        double stepsToTarget,
        double secondsToTarget,
        double stepSeconds) {
    public Standing {
        tried = List.copyOf(tried);
        finals = List.copyOf(finals);
    }

    static Standing of(String rule, List<Trial> tuning, List<Trial> finals, Measure measure, double target) {
        Trial chosen = chosen(tuning, finals.getFirst());
        return new Standing(
                rule,
                chosen,
                tuning,
                finals,
                (int) tuning.stream().filter(Trial::diverged).count(),
                chosen.validated(measure),
                Spread.of(tested(finals, measure)),
                (int) finals.stream().filter(Trial::diverged).count(),
                (int) finals.stream()
                        .filter(it -> it.reached(measure, target).isPresent())
                        .count(),
                Spread.median(steps(finals, measure, target)),
                Spread.median(seconds(finals, measure, target)),
                Spread.median(finals.stream()
                        .mapToDouble(it -> it.stepSeconds().orElse(Double.NaN))
                        .toArray()));
    }

    /** The longest trial that had the settings of the final runs. */
    private static Trial chosen(List<Trial> tuning, Trial judged) {
        return tuning.stream()
                .filter(it -> it.what().values().equals(judged.what().values()))
                .max((one, other) ->
                        Integer.compare(one.what().rung(), other.what().rung()))
                .orElseThrow();
    }

    static double[] tested(List<Trial> finals, Measure measure) {
        return finals.stream().mapToDouble(it -> it.tested(measure)).toArray();
    }

    /** Steps to the target of each run; infinite if it never gets there. */
    static double[] steps(List<Trial> finals, Measure measure, double target) {
        return finals.stream()
                .map(it -> it.reached(measure, target))
                .mapToDouble(point -> cost(point.map(it -> (double) it.step())))
                .toArray();
    }

    static double[] seconds(List<Trial> finals, Measure measure, double target) {
        return finals.stream()
                .map(it -> it.reached(measure, target))
                .mapToDouble(point -> cost(point.map(Trial.Point::seconds)))
                .toArray();
    }

    private static double cost(Optional<Double> reached) {
        return reached.orElse(Double.POSITIVE_INFINITY);
    }
}
