package org.thalweg.lab.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.thalweg.lab.compare.Assignment.Phase;
import org.thalweg.lab.compare.Comparison.Watcher;
import org.thalweg.lab.ledger.Ledger;
import org.thalweg.train.run.Document;

/** One run of a comparison: what is tried, in which order, and what was found before. */
final class ComparisonRun {
    private static final int TIMED_STEPS = 30;

    private final Comparison comparison;
    private final Crew crew;
    private final Watcher watcher;
    private final SequencedMap<String, Trial> trials = new LinkedHashMap<>();

    ComparisonRun(Comparison comparison, Crew crew, Watcher watcher) {
        this.comparison = comparison;
        this.crew = crew;
        this.watcher = watcher;
    }

    Results in(Path file) {
        try (Ledger ledger = Ledger.open(file, comparison.settings())) {
            watcher.began((int) ledger.findings().stream().filter(Trial::isOne).count(), comparison.trials());
            SequencedMap<String, Long> steps = steps(ledger);
            List<List<Assignment>> rungs = new ArrayList<>();
            rungs.add(interleaved((workload, rule) -> drawn(workload, rule, rung(0, workload, steps))));
            complete(rungs.getFirst(), ledger);
            int last =
                    comparison.tuning().rungs(comparison.budget().trials(), 1).size() - 1;
            for (int k = 1; k <= last; k++) {
                int number = k;
                List<Assignment> before = rungs.getLast();
                rungs.add(interleaved((workload, rule) ->
                        promoted(number, best(before, workload, rule), rung(number, workload, steps))));
                complete(rungs.getLast(), ledger);
            }
            List<Assignment> tuned = rungs.getLast();
            complete(
                    interleaved((workload, rule) ->
                            finals(best(tuned, workload, rule).getFirst(), length(workload, steps))),
                    ledger);
            return Results.of(comparison, steps, List.copyOf(trials.values()));
        } catch (CancellationException e) {
            CancellationException told = new CancellationException(
                    "stopped after %,d of %,d trials, which are saved; the same command goes on"
                            .formatted(trials.size(), comparison.trials()));
            told.initCause(e);
            throw told;
        }
    }

    /** What is tried of one rule on one task. */
    private interface Share {
        List<Assignment> of(Workload workload, Contender rule);
    }

    /** All shares in turns, so that what changes with time, such as the machine's load, meets all rules alike. */
    private List<Assignment> interleaved(Share share) {
        List<List<Assignment>> shares = new ArrayList<>();
        for (Workload workload : comparison.workloads()) {
            for (Contender rule : comparison.contenders()) {
                shares.add(share.of(workload, rule));
            }
        }
        int longest = shares.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, longest)
                .boxed()
                .flatMap(number ->
                        shares.stream().filter(it -> number < it.size()).map(it -> it.get(number)))
                .toList();
    }

    private Tuning.Rung rung(int number, Workload workload, SequencedMap<String, Long> steps) {
        return comparison
                .tuning()
                .rungs(comparison.budget().trials(), length(workload, steps))
                .get(number);
    }

    private static long length(Workload workload, SequencedMap<String, Long> steps) {
        return Objects.requireNonNull(steps.get(workload.name()));
    }

    private List<Assignment> drawn(Workload workload, Contender rule, Tuning.Rung rung) {
        return IntStream.range(0, rung.trials())
                .mapToObj(number -> new Assignment(
                        workload.name(),
                        rule.name(),
                        Phase.TUNING,
                        0,
                        number,
                        rule.space().draw(comparison.seed(), rule.name(), number),
                        comparison.seed(),
                        rung.steps()))
                .toList();
    }

    private static List<Assignment> promoted(int number, List<Assignment> best, Tuning.Rung rung) {
        return best.stream()
                .limit(rung.trials())
                .map(it -> new Assignment(
                        it.workload(),
                        it.rule(),
                        Phase.TUNING,
                        number,
                        it.number(),
                        it.values(),
                        it.seed(),
                        rung.steps()))
                .toList();
    }

    private List<Assignment> finals(Assignment best, long steps) {
        return IntStream.range(0, comparison.seeds())
                .mapToObj(number -> new Assignment(
                        best.workload(),
                        best.rule(),
                        Phase.FINAL,
                        0,
                        number,
                        best.values(),
                        comparison.seed() + 1 + number,
                        steps))
                .toList();
    }

    /** What was tried of a rule on a task, the best first: by the measure, then by the loss, then in the order of drawing. */
    private List<Assignment> best(List<Assignment> tried, Workload workload, Contender rule) {
        Measure measure = workload.measure();
        return tried.stream()
                .filter(it -> it.workload().equals(workload.name()) && it.rule().equals(rule.name()))
                .sorted(Comparator.<Assignment>comparingDouble(it -> trial(it).validated(measure))
                        .thenComparingDouble(it -> trial(it).validated(Measure.LOSS))
                        .thenComparingInt(Assignment::number))
                .toList();
    }

    private Trial trial(Assignment what) {
        return Objects.requireNonNull(trials.get(what.key()));
    }

    /** Sees to it that all of them are made. */
    private void complete(List<Assignment> wanted, Ledger ledger) {
        List<Assignment> open = new ArrayList<>();
        for (Assignment what : wanted) {
            ledger.find(what.key())
                    .ifPresentOrElse(found -> trials.put(what.key(), Trial.read(found)), () -> open.add(what));
        }
        crew.run(
                open,
                trial -> {
                    ledger.add(trial.what().key(), trial.json());
                    trials.put(trial.what().key(), trial);
                    watcher.ended(trials.size(), comparison.trials(), trial);
                },
                watcher::stopAsked);
    }

    /** The length of a full trial of each task: as asked for, or as measured once and remembered. */
    private SequencedMap<String, Long> steps(Ledger ledger) {
        SequencedMap<String, Long> steps = new LinkedHashMap<>();
        for (Workload workload : comparison.workloads()) {
            switch (comparison.budget()) {
                case Budget.Steps(int _, long asked) -> steps.put(workload.name(), asked);
                case Budget.Time time -> {
                    String key = "steps of " + workload.name();
                    if (!ledger.has(key)) {
                        ledger.add(key, Document.fields("steps", measured(workload, time)));
                    }
                    steps.put(
                            workload.name(),
                            ledger.find(key).orElseThrow().whole("steps", Budget.LEAST_STEPS, Long.MAX_VALUE));
                }
            }
        }
        return steps;
    }

    private long measured(Workload workload, Budget.Time time) {
        List<Assignment> timings = new ArrayList<>();
        for (Contender rule : comparison.contenders()) {
            timings.add(new Assignment(
                    workload.name(),
                    rule.name(),
                    Phase.TIMING,
                    0,
                    0,
                    rule.space().lowest(),
                    comparison.seed(),
                    TIMED_STEPS));
        }
        List<Trial> timed = new ArrayList<>();
        crew.run(timings, timed::add, watcher::stopAsked);
        double step = timed.stream()
                .mapToDouble(trial -> trial.stepSeconds().orElse(0))
                .max()
                .orElseThrow();
        double score = timed.stream().mapToDouble(Trial::scoreSeconds).max().orElseThrow();
        return time.steps(workload.name(), step, score, workload.mostSteps());
    }
}
