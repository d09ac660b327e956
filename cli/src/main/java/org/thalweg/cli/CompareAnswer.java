package org.thalweg.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import org.thalweg.lab.bench.Machine;
import org.thalweg.lab.compare.Measure;
import org.thalweg.lab.compare.Results;
import org.thalweg.lab.compare.Standing;
import org.thalweg.lab.compare.TaskResult;
import org.thalweg.lab.compare.Trial;
import org.thalweg.lab.compare.Verdict;
import org.thalweg.lab.statistics.Spread;

/**
 * What a comparison answers.
 *
 * @param spaces what was searched, by rule
 * @param bySteps every rule's place over all tasks, by steps to the target
 * @param byTime the same by time; empty where times may not be compared
 * @param trials every one
 */
record CompareAnswer(
        String page,
        List<Space> spaces,
        String budget,
        String tuning,
        String schedule,
        int seeds,
        long seed,
        List<Task> tasks,
        List<Results.Place> bySteps,
        List<Results.Place> byTime,
        List<Trial> trials,
        Machine machine) {
    /** A rule's search space. */
    record Space(String rule, String searched) {}

    /** A task. */
    record Task(
            String task,
            String words,
            Measure measure,
            long steps,
            double target,
            boolean timesComparable,
            List<Rule> rules,
            Verdict verdict) {
        static Task of(TaskResult result) {
            return new Task(
                    result.task(),
                    result.words(),
                    result.measure(),
                    result.steps(),
                    result.target(),
                    result.timesComparable(),
                    result.standings().stream()
                            .sorted(Comparator.comparingDouble(it -> it.test().mean()))
                            .map(Rule::of)
                            .toList(),
                    result.verdict());
        }
    }

    /** A rule on a task. */
    record Rule(
            String rule,
            SequencedMap<String, Double> settings,
            double validated,
            Spread test,
            int tuningTrials,
            int tuningDiverged,
            int diverged,
            int reached,
            double stepsToTarget,
            double secondsToTarget,
            double stepSeconds) {
        static Rule of(Standing standing) {
            return new Rule(
                    standing.rule(),
                    standing.chosen().what().values(),
                    standing.validated(),
                    standing.test(),
                    standing.tried().size(),
                    standing.triedDiverged(),
                    standing.diverged(),
                    standing.reached(),
                    standing.stepsToTarget(),
                    standing.secondsToTarget(),
                    standing.stepSeconds());
        }
    }

    static CompareAnswer of(Results results, Path page) {
        return new CompareAnswer(
                page.toString(),
                results.comparison().contenders().stream()
                        .map(rule -> new Space(rule.name(), rule.space().text()))
                        .toList(),
                results.comparison().budget().text(),
                results.comparison().tuning().toString(),
                results.comparison().pace().words(),
                results.comparison().seeds(),
                results.comparison().seed(),
                results.tasks().stream().map(Task::of).toList(),
                results.places(Results.Cost.STEPS),
                results.places(Results.Cost.SECONDS),
                results.trials(),
                results.machine());
    }

    /** For people. */
    void tell(PrintStream out) {
        for (Task task : tasks) {
            tell(task, out);
        }
        if (tasks.size() > 1) {
            out.printf("Over all tasks, by steps to the target (1: best everywhere; 95 %% over other seeds):%n");
            bySteps.forEach(place -> out.printf(
                    "  %-20s %.2f  (%.2f to %.2f)%n",
                    place.rule(),
                    place.score(),
                    place.interval().low(),
                    place.interval().high()));
            out.println();
        }
        out.println(page);
    }

    private static void tell(Task task, PrintStream out) {
        out.printf(
                "%s, %,d steps a trial; target: validation %s %s%n",
                task.task(), task.steps(), task.measure(), task.measure().text(task.target()));
        String row = "  %-20s %-20s %-10s %-10s %s%n";
        out.printf(row, "rule", "test " + task.measure(), "to target", "diverged", "settings chosen");
        for (Rule rule : task.rules()) {
            out.printf(
                    row,
                    rule.rule(),
                    "%s ± %s"
                            .formatted(
                                    task.measure().text(rule.test().mean()),
                                    task.measure().text(rule.test().deviation())),
                    Double.isFinite(rule.stepsToTarget()) ? "%,.0f".formatted(rule.stepsToTarget()) : "never",
                    "%d of %d"
                            .formatted(
                                    rule.tuningDiverged() + rule.diverged(),
                                    rule.tuningTrials() + rule.test().count()),
                    rule.settings());
        }
        out.println(task.verdict().sentence());
        out.println();
    }
}
