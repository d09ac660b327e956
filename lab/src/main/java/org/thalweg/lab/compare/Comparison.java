package org.thalweg.lab.compare;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.thalweg.optim.text.Names;
import org.thalweg.optim.text.Values;
import org.thalweg.train.data.DataException;
import org.thalweg.train.run.Document;

/**
 * A fair comparison of rules: each is tuned with the same budget over a search space that is stated, on validation data; then it is run
 * with the settings chosen from fresh seeds, and judged on test data that no choice has seen.
 *
 * @param workloads the tasks
 * @param contenders the rules, with their search spaces
 * @param budget of each rule's tuning on each task
 * @param tuning how settings are searched
 * @param pace how the rate of every trial goes
 * @param seeds final runs of each rule on each task, at least 1; with one there is no verdict
 * @param seed of everything: settings are drawn from it, trials of the tuning begin with it, final runs with those that follow it
 * @param targets how small the validation measure has to be, by task; where none is given, see {@link Results}
 */
public record Comparison(
        List<Workload> workloads,
        List<Contender> contenders,
        Budget budget,
        Tuning tuning,
        Pace pace,
        int seeds,
        long seed,
        SequencedMap<String, Double> targets) {
    /** What a comparison keeps its trials in. */
    public static final String FILE = "trials.jsonl";

    private static final int MOST_SEEDS = 1_000;
    private static final int USUAL_SEEDS = 5;

    /** @throws IllegalArgumentException if there is nothing to compare, or something is there twice */
    public Comparison {
        workloads = List.copyOf(workloads);
        contenders = List.copyOf(contenders);
        targets = new LinkedHashMap<>(targets);
        if (workloads.isEmpty() || contenders.isEmpty()) {
            throw new IllegalArgumentException("a comparison needs a task and a rule at least");
        }
        if (seeds < 1 || seeds > MOST_SEEDS) {
            throw new IllegalArgumentException("there are 1 to %,d seeds, not %,d".formatted(MOST_SEEDS, seeds));
        }
        List<String> tasks = workloads.stream().map(Workload::name).toList();
        checkNames("task", tasks);
        checkNames("rule", contenders.stream().map(Contender::name).toList());
        for (String task : targets.keySet()) {
            if (!tasks.contains(task)) {
                throw new IllegalArgumentException(Names.unknown("task", task, tasks));
            }
        }
    }

    private static void checkNames(String kind, List<String> names) {
        Set<String> seen = new HashSet<>();
        names.forEach(name -> {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("the %s %s is there twice".formatted(kind, name));
            }
        });
    }

    /** Random search, a cosine after a warm-up, five seeds, seed 1, targets as they come. */
    public Comparison(List<Workload> workloads, List<Contender> contenders, Budget budget) {
        this(workloads, contenders, budget, Tuning.RANDOM, new Pace(), USUAL_SEEDS, 1, new LinkedHashMap<>());
    }

    /** The same, searched otherwise. */
    public Comparison with(Tuning wanted) {
        return new Comparison(workloads, contenders, budget, wanted, pace, seeds, seed, targets);
    }

    /** The same at another pace. */
    public Comparison with(Pace wanted) {
        return new Comparison(workloads, contenders, budget, tuning, wanted, seeds, seed, targets);
    }

    /** The same with other seeds. */
    public Comparison withSeeds(int count, long first) {
        return new Comparison(workloads, contenders, budget, tuning, pace, count, first, targets);
    }

    /** The same with targets, by task. */
    public Comparison withTargets(SequencedMap<String, Double> wanted) {
        return new Comparison(workloads, contenders, budget, tuning, pace, seeds, seed, wanted);
    }

    /** Hears of a comparison's progress, on the thread that runs it. */
    public interface Watcher {
        /** Somebody who does not look. */
        Watcher NONE = new Watcher() {};

        /** Before the first trial that is to be made: so many are there from an earlier start. */
        default void began(int done, int all) {}

        /** After each trial. */
        default void ended(int done, int all, Trial trial) {}

        /** Asked now and then: whether to stop. */
        default boolean stopAsked() {
            return false;
        }
    }

    /** Makes the trials that are not there yet, in this process. */
    public Results run(Path folder) {
        return run(folder, Watcher.NONE);
    }

    /** The same, watched. */
    public Results run(Path folder, Watcher watcher) {
        try (Crew crew = alone()) {
            return run(folder, crew, watcher);
        }
    }

    /**
     * Makes the trials that are not there yet.
     *
     * @param folder keeps every trial as it ends, in {@value #FILE}
     * @throws IllegalArgumentException if the folder holds another comparison; the message says what is different
     * @throws CancellationException if it was stopped; the same call goes on
     * @throws DataException if the folder's file is damaged
     */
    public Results run(Path folder, Crew crew, Watcher watcher) {
        return new ComparisonRun(this, crew, watcher).in(folder.resolve(FILE));
    }

    /** This process by itself. */
    public Crew alone() {
        return new Alone(this);
    }

    /**
     * With so many helping processes, each with its share of the threads.
     *
     * @param jobs how many, at least 1
     * @param source of the tasks, which the helpers load for themselves
     * @param logs a folder for what helpers complain of
     */
    public Crew helpers(int jobs, Workloads source, Path logs) {
        return new Helpers(this, jobs, source, logs);
    }

    Workload workload(String name) {
        return workloads.stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new DataException("a trial is of the task %s, which is not compared".formatted(name)));
    }

    Contender contender(String name) {
        return contenders.stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new DataException("a trial is of the rule %s, which is not compared".formatted(name)));
    }

    /** How many trials there are in all. */
    public int trials() {
        int tuned = tuning.rungs(budget.trials(), 1).stream()
                .mapToInt(Tuning.Rung::trials)
                .sum();
        return workloads.size() * contenders.size() * (tuned + seeds);
    }

    /** Everything that trials depend on, by name. */
    Map<String, Object> settings() {
        SequencedMap<String, Object> settings = Document.fields("made by", "thalweg compare");
        workloads.forEach(workload -> settings.put("task " + workload.name(), workload.words()));
        contenders.forEach(
                rule -> settings.put("rule " + rule.name(), rule.space().text()));
        settings.put("budget", budget.text());
        settings.put("tuning", tuning.toString());
        settings.put("schedule", pace.words());
        settings.put("seeds", seeds);
        settings.put("seed", seed);
        targets.forEach((task, target) -> settings.put("target of " + task, Values.text(target)));
        return settings;
    }
}
