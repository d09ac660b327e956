package org.thalweg.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.thalweg.lab.descent.Descent;
import org.thalweg.lab.descent.DescentView;
import org.thalweg.lab.descent.RatedRule;
import org.thalweg.lab.descent.Trajectory;
import org.thalweg.lab.figure.Window;
import org.thalweg.lab.picture.DescentPicture;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.problem.Noisy;
import org.thalweg.lab.problem.Problem;
import org.thalweg.lab.problem.Problems;
import org.thalweg.lab.report.DescentReport;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.optim.text.Source;
import org.thalweg.optim.text.Values;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code thalweg descend}. */
@Command(
        name = "descend",
        description = "Let rules go down a test problem or a function of your own, and draw the ways they take.")
final class DescendCommand implements Runnable {
    private static final List<String> SEVEN =
            List.of("sgd", "momentum", "nesterov", "adagrad", "rms-prop", "adadelta", "adam");
    private static final int MOST_RULES = 50;
    private static final String ROW = "%-34s %-14s %10s %12s %12s %10s  %s";

    private final Console console;

    @Option(
            names = "--problem",
            paramLabel = "PROBLEM",
            defaultValue = "beale",
            description =
                    "A test problem such as quadratic:condition=100 ('thalweg problems' lists them), or a function of x and"
                            + " y such as '(1-x)^2 + 100*(y-x^2)^2' (default: ${DEFAULT-VALUE}).")
    private String problem = "";

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description =
                    "A rule or a composition, with a rate or without: adam, adam:lr=0.05, sgd:lr=cosine(0.01, 500); once for"
                            + " each (default: sgd, momentum, nesterov, adagrad, rms-prop, adadelta and adam).")
    private List<String> rules = List.of();

    @Option(
            names = "--lr",
            paramLabel = "SCHEDULE",
            description =
                    "The rate of the rules that name none (default: the best of 13 from 10 to 0.00001, for each).")
    private Optional<String> rate = Optional.empty();

    @Option(names = "--steps", paramLabel = "N", description = "How many (default: 500).")
    private Optional<Integer> steps = Optional.empty();

    @Option(names = "--start", paramLabel = "X,Y", description = "Where to start (default: the problem's usual place).")
    private Optional<String> start = Optional.empty();

    @Option(names = "--tolerance", paramLabel = "T", description = "How near a minimum is near enough (default: 0.01).")
    private Optional<Double> tolerance = Optional.empty();

    @Option(names = "--noise", paramLabel = "S", description = "Add normal noise of that deviation to every gradient.")
    private Optional<Double> noise = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Of all that is drawn by chance (default: 1).")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--window",
            paramLabel = "L,R,B,T",
            description = "The part of the plane to show: left, right, bottom, top (default: the problem's).")
    private Optional<String> window = Optional.empty();

    @Option(names = "--html", paramLabel = "FILE", description = "The page to write, with a map and a surface to play.")
    private Optional<Path> page = Optional.empty();

    @Option(names = "--png", paramLabel = "FILE", description = "The picture to write.")
    private Optional<Path> picture = Optional.empty();

    DescendCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (problem.equals("list")) {
            new ProblemsCommand(console).run();
            return;
        }
        Descent descent = descent();
        DescentView view = view(descent, trajectories(descent));
        page.ifPresent(file -> DescentReport.write(view, repeat(view), file));
        picture.ifPresent(file -> DescentPicture.write(view, file));
        if (console.json()) {
            console.document(DescentAnswer.of(view, page, picture));
        } else {
            print(view);
        }
    }

    private Descent descent() {
        Problem plain = Problems.parse(problem);
        Problem asked =
                noise.<Problem>map(deviation -> new Noisy(plain, deviation)).orElse(plain);
        Descent descent = new Descent(
                asked,
                start.map(text -> numbers("--start", text))
                        .orElseGet(() -> Arrays.stream(asked.start()).boxed().toList()));
        Descent timed = steps.map(descent::steps).orElse(descent);
        Descent ended = tolerance.map(timed::tolerance).orElse(timed);
        return seed.map(ended::seed).orElse(ended);
    }

    private List<Trajectory> trajectories(Descent descent) {
        List<String> texts = rules.isEmpty() ? SEVEN : rules;
        if (texts.size() > MOST_RULES) {
            throw new IllegalArgumentException(
                    "--rule may be given %d times at most, not %d".formatted(MOST_RULES, texts.size()));
        }
        List<RatedRule> rated = texts.stream().map(this::rated).toList();
        return rated.stream().map(descent::run).toList();
    }

    private RatedRule rated(String text) {
        RatedRule rule = RatedRule.parse(text);
        return rule.rate().isPresent()
                ? rule
                : rate.map(Schedule::parse).map(rule::with).orElse(rule);
    }

    private DescentView view(Descent descent, List<Trajectory> trajectories) {
        if (window.isEmpty()) {
            return new DescentView(descent, trajectories);
        }
        List<Double> ends = numbers("--window", window.get());
        if (ends.size() != 4 || descent.problem().dimension() != 2) {
            throw new IllegalArgumentException(
                    "--window takes left,right,bottom,top, four numbers, of a problem of two variables");
        }
        Window shown = new Window(ends.get(0), ends.get(1), ends.get(2), ends.get(3));
        return new DescentView(descent, trajectories, Optional.of(shown));
    }

    private static List<Double> numbers(String option, String text) {
        Source source = new Source(option, text);
        List<Double> numbers = new ArrayList<>();
        int place = 0;
        for (String part : text.split(",", -1)) {
            try {
                numbers.add((Double) Values.parse(double.class, part.strip()));
            } catch (IllegalArgumentException refused) {
                throw source.error(place, String.valueOf(refused.getMessage()));
            }
            place += part.length() + 1;
        }
        return numbers;
    }

    /** The command that makes the page again, with the rates that were found. */
    private String repeat(DescentView view) {
        List<String> words = new ArrayList<>(List.of("./thalweg", "descend", "--problem", problem));
        for (Trajectory way : view.trajectories()) {
            words.addAll(List.of("--rule", way.rule().text()));
        }
        start.ifPresent(value -> words.addAll(List.of("--start", value)));
        steps.ifPresent(value -> words.addAll(List.of("--steps", value.toString())));
        tolerance.ifPresent(value -> words.addAll(List.of("--tolerance", value.toString())));
        noise.ifPresent(value -> words.addAll(List.of("--noise", value.toString())));
        seed.ifPresent(value -> words.addAll(List.of("--seed", value.toString())));
        window.ifPresent(value -> words.addAll(List.of("--window", value)));
        page.ifPresent(value -> words.addAll(List.of("--html", value.toString())));
        return DescentReport.command(words);
    }

    private void print(DescentView view) {
        PrintStream out = console.out();
        row("rule", "lr", "steps to", "distance", "loss", "out of", "");
        row("", "", "tolerance", "at the end", "at the end", "window at", "");
        for (Trajectory way : view.trajectories()) {
            row(
                    way.rule().name(),
                    way.rule().rateText().orElse("") + (way.tuned() ? "*" : ""),
                    count(way.stepsToTolerance()),
                    number(way.finalDistance()),
                    Numbers.text(way.finalLoss()),
                    count(way.stepsToEscape()),
                    way.outcome().words());
        }
        if (view.trajectories().stream().anyMatch(Trajectory::tuned)) {
            out.println("* the best of 13 rates; adam:lr=0.05 names one.");
        }
        page.ifPresent(out::println);
        picture.ifPresent(out::println);
        if (page.isEmpty() && picture.isEmpty()) {
            out.println("--html FILE writes a page with a map and a surface to play, --png FILE a picture.");
        }
    }

    private void row(Object... cells) {
        console.out().println(ROW.formatted(cells).stripTrailing());
    }

    private static String count(OptionalInt steps) {
        return steps.isPresent() ? "%,d".formatted(steps.getAsInt()) : "-";
    }

    private static String number(OptionalDouble number) {
        return number.isPresent() ? Numbers.text(number.getAsDouble()) : "-";
    }
}
