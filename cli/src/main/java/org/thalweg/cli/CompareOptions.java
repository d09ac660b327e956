package org.thalweg.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.thalweg.lab.compare.Budget;
import org.thalweg.lab.compare.Comparison;
import org.thalweg.lab.compare.Contender;
import org.thalweg.lab.compare.Pace;
import org.thalweg.lab.compare.Tuning;
import org.thalweg.lab.compare.Workload;
import org.thalweg.lab.compare.Workloads;
import org.thalweg.optim.text.Names;
import picocli.CommandLine.Option;

/** What is compared, and how. */
final class CompareOptions {
    private static final String DEFAULT_TIME = "5m";

    @Option(
            names = "--rules",
            paramLabel = "RULES",
            defaultValue = "sgd,momentum,adam,adamw,lamb",
            description = "Rules or compositions, separated by commas; what a text gives is not searched, as in"
                    + " adam:beta2=0.99 (default: ${DEFAULT-VALUE}).")
    private String rules = "";

    @Option(
            names = "--tasks",
            paramLabel = "TASKS",
            description =
                    "deep-quadratic, logistic-regression, mlp, convnet, resnet, char; any test problem; or DATA/MODEL"
                            + " such as digits/mlp:width=64. Separated by commas.")
    private Optional<String> tasks = Optional.empty();

    @Option(names = "--data", description = "With --model: the only task's data (default: digits).")
    private Optional<String> data = Optional.empty();

    @Option(names = "--model", description = "With --data: the only task's ready model (default: mlp).")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--data-dir",
            description =
                    "The folder of ready data's files (default: the user's cache, then where Debian puts data sets).")
    private Optional<Path> directory = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "Examples in a step (default: what suits the data).")
    private Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description =
                    "What each rule's tuning takes on each task, such as 90s, 10m or 1h30m: turned into equally many steps"
                            + " for all rules before the first trial (default: " + DEFAULT_TIME + ").")
    private Optional<String> budget = Optional.empty();

    @Option(names = "--steps", paramLabel = "N", description = "Instead of a time: steps of each trial.")
    private Optional<Long> steps = Optional.empty();

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "20",
            description = "Full trials' worth of tuning for each rule on each task (default: ${DEFAULT-VALUE}).")
    private int trials;

    @Option(
            names = "--tuning",
            defaultValue = "random",
            description = "random, or halving: more settings, of which the better are tried for longer"
                    + " (default: ${DEFAULT-VALUE}).")
    private Tuning tuning = Tuning.RANDOM;

    @Option(
            names = "--range",
            paramLabel = "RULE:SETTING=RANGE",
            description =
                    "What is searched, such as adam:lr=1e-4..1e-1, adam:beta1=0.8..0.99 or adamw:decay=0.01; without a"
                            + " rule, for all. Once for each.")
    private List<String> ranges = List.of();

    @Option(
            names = "--target",
            paramLabel = "TASK=FIGURE",
            description =
                    "How small the validation error, a share, or loss has to be, such as digits/mlp=0.03 (default: near what"
                            + " the tuned rules reach). Once for each task.")
    private List<String> targets = List.of();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Final runs of each rule on each task (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "What everything that is drawn follows from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--decay",
            defaultValue = "cosine",
            description = "How every trial's rate falls: cosine, linear or constant (default: ${DEFAULT-VALUE}).")
    private Pace.Decay decay = Pace.Decay.COSINE;

    @Option(
            names = "--warm-up",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description = "Share of the steps in which it rises first (default: ${DEFAULT-VALUE}).")
    private double warmUp;

    /** Where tasks come from. */
    Workloads source() {
        return new Workloads(directory, batch, seed);
    }

    /** Reads what was asked for, and loads the data. */
    Comparison comparison() {
        List<Contender> contenders =
                ranged(listed(rules).stream().map(Contender::of).toList());
        Budget allowed = allowed();
        Pace pace = new Pace(decay, warmUp);
        Workloads source = source();
        List<Workload> workloads = names().stream().map(source::named).toList();
        return new Comparison(workloads, contenders, allowed, tuning, pace, seeds, seed, targets(workloads));
    }

    private Budget allowed() {
        if (budget.isPresent() && steps.isPresent()) {
            throw new IllegalArgumentException("give --budget or --steps, not both: a time is turned into steps.");
        }
        return steps.<Budget>map(number -> new Budget.Steps(trials, number))
                .orElseGet(() -> Budget.Time.parse(budget.orElse(DEFAULT_TIME), trials));
    }

    private List<String> names() {
        if (tasks.isPresent() && (data.isPresent() || model.isPresent())) {
            throw new IllegalArgumentException("give --tasks, or --data and --model, not both.");
        }
        return tasks.map(CompareOptions::listed)
                .orElseGet(() -> List.of(data.orElse("digits") + "/" + model.orElse("mlp")));
    }

    /** Texts between commas; what begins with {@code name=} goes on with the options of the text before. */
    private static List<String> listed(String text) {
        List<String> texts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            boolean option = part.strip().matches("[A-Za-z0-9_-]+\\s*=[^:]*");
            if (option && !texts.isEmpty()) {
                texts.add(texts.removeLast() + "," + part);
            } else {
                texts.add(part.strip());
            }
        }
        return texts;
    }

    private List<Contender> ranged(List<Contender> contenders) {
        List<Contender> all = new ArrayList<>(contenders);
        for (String range : ranges) {
            int equals = range.indexOf('=');
            int colon = range.substring(0, Math.max(0, equals)).lastIndexOf(':');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "a range is written like adam:lr=1e-4..1e-1 or lr=1e-4..1e-1, not '%s'".formatted(range));
            }
            String rule = colon < 0 ? "" : range.substring(0, colon).strip();
            String setting = range.substring(colon + 1, equals).strip();
            List<String> known = all.stream().map(Contender::name).toList();
            if (!rule.isEmpty() && known.stream().noneMatch(name -> Names.same(name, rule))) {
                throw new IllegalArgumentException(Names.unknown("compared rule", rule, known));
            }
            all.replaceAll(contender -> rule.isEmpty() || Names.same(contender.name(), rule)
                    ? contender.with(setting, range.substring(equals + 1))
                    : contender);
        }
        return all;
    }

    private SequencedMap<String, Double> targets(List<Workload> workloads) {
        SequencedMap<String, Double> wanted = new LinkedHashMap<>();
        for (String target : targets) {
            int equals = target.lastIndexOf('=');
            String task = equals < 0
                    ? workloads.getFirst().name()
                    : target.substring(0, equals).strip();
            try {
                wanted.put(task, Double.parseDouble(target.substring(equals + 1).strip()));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "a target is written like digits/mlp=0.03, not '%s'".formatted(target), e);
            }
        }
        return wanted;
    }

    /** Where a comparison's trials are kept unless a place was named. */
    Path folder() {
        List<String> names = names();
        String subject = names.size() == 1 ? names.getFirst() : names.size() + "-tasks";
        return Path.of(
                "runs", "compare-" + subject.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", ""));
    }
}
