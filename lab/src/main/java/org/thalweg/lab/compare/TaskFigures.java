package org.thalweg.lab.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.statistics.Interval;
import org.thalweg.lab.statistics.Spread;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Node;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Strips;
import org.thalweg.lab.svg.Table;

/** One task on the page: how final runs ended, how they came there, and how much the settings mattered. */
record TaskFigures(TaskResult task) {
    private static final double LEVEL = 0.95;

    List<Node> sections() {
        List<Chart> charts = new ArrayList<>();
        charts.add(courses("steps", Trial.Point::step));
        if (task.timesComparable()) {
            charts.add(courses("seconds", Trial.Point::seconds));
        }
        List<Node> figures = new ArrayList<>(List.of(ends().figure()));
        charts.stream().filter(chart -> !chart.isEmpty()).map(Chart::figure).forEach(figures::add);
        figures.add(rates().figure());
        return List.of(
                Page.section(task.task(), Element.of("div", figures).classed("grid2"), standings()),
                Page.section(task.task() + ": by how much", pairs()));
    }

    private double shown(double figure) {
        return task.measure() == Measure.ERROR ? 100 * figure : figure;
    }

    private String unit() {
        return task.measure() == Measure.ERROR ? "%" : "";
    }

    private static String colour(int rule) {
        return Hue.of(rule).css();
    }

    private Strips ends() {
        List<Strips.Row> rows = IntStream.range(0, task.standings().size())
                .mapToObj(i -> row(task.standings().get(i), colour(i)))
                .sorted(Comparator.comparingDouble(Strips.Row::mean))
                .toList();
        return new Strips("Test %s of final runs".formatted(task.measure()), unit(), rows);
    }

    private Strips.Row row(Standing standing, String colour) {
        Interval interval = standing.test().interval(LEVEL);
        return new Strips.Row(
                standing.rule(),
                standing.finals().stream()
                        .map(trial -> shown(trial.tested(task.measure())))
                        .toList(),
                shown(standing.test().mean()),
                shown(interval.low()),
                shown(interval.high()),
                colour,
                " (95 %% of such intervals hold the mean: %s to %s)"
                        .formatted(Numbers.text(shown(interval.low())), Numbers.text(shown(interval.high()))));
    }

    /** A faint line for each final run, a plain one for the median run of each rule, and the target. */
    private Chart courses(String across, ToDoubleFunction<Trial.Point> x) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < task.standings().size(); i++) {
            for (Trial run : task.standings().get(i).finals()) {
                lines.add(new Line(task.standings().get(i).rule(), course(run, x), Line.Style.FAINT, colour(i), false));
            }
        }
        for (int i = 0; i < task.standings().size(); i++) {
            Standing standing = task.standings().get(i);
            lines.add(new Line(standing.rule(), course(middle(standing), x), Line.Style.PLAIN, colour(i)));
        }
        double end = lines.stream()
                .filter(line -> !line.curve().isEmpty())
                .mapToDouble(line -> line.curve().x()[line.curve().x().length - 1])
                .max()
                .orElse(0);
        if (end > 0 && Double.isFinite(task.target())) {
            lines.add(new Line(
                    "target",
                    Curve.of(List.of(0.0, end), Double::doubleValue, _ -> shown(task.target())),
                    Line.Style.DASHED,
                    "var(--soft)"));
        }
        return new Chart("Validation %s".formatted(task.measure()), unit(), across, Chart.Fit.VALUES, lines);
    }

    private Curve course(Trial run, ToDoubleFunction<Trial.Point> x) {
        return Curve.of(run.curve(), x, point -> shown(task.measure().of(point.validation())));
    }

    private Trial middle(Standing standing) {
        List<Trial> sorted = standing.finals().stream()
                .sorted(Comparator.comparingDouble(trial -> trial.tested(task.measure())))
                .toList();
        return sorted.get((sorted.size() - 1) / 2);
    }

    /** Every trial of the search by its rate; those that diverged, or are worse than nothing, stand where nothing was learned. */
    private Chart rates() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < task.standings().size(); i++) {
            Standing standing = task.standings().get(i);
            lines.add(new Line(standing.rule(), rates(standing), Line.Style.SCATTER, colour(i)));
        }
        return new Chart(
                "Validation %s of every trial".formatted(task.measure()),
                "%s at the top: diverged, or no better than untrained"
                        .formatted(unit())
                        .strip(),
                "learning rate",
                true,
                Chart.Fit.VALUES,
                lines);
    }

    private Curve rates(Standing standing) {
        List<Trial> tried = standing.tried().stream()
                .filter(trial -> trial.what().rung() == standing.chosen().what().rung())
                .sorted(Comparator.comparingDouble(TaskFigures::rate))
                .toList();
        double untrained = untrained();
        return Curve.of(tried, TaskFigures::rate, trial -> shown(Math.min(untrained, trial.validated(task.measure()))));
    }

    private double untrained() {
        return task.standings().stream()
                .flatMap(standing -> standing.finals().stream())
                .flatMap(run -> run.curve().stream().limit(1))
                .mapToDouble(point -> task.measure().of(point.validation()))
                .max()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static double rate(Trial trial) {
        return trial.what().values().getOrDefault(Range.RATE, Double.NaN);
    }

    private Element standings() {
        List<List<String>> rows = task.standings().stream()
                .sorted(Comparator.comparingDouble(it -> it.test().mean()))
                .map(this::cells)
                .toList();
        Element table = new Table(
                        List.of(
                                "rule",
                                "settings chosen",
                                "validation",
                                "test, mean ± sd",
                                "diverged: tuning",
                                "final",
                                "reached %s".formatted(task.measure().text(task.target())),
                                "steps to it",
                                "time to it",
                                "a step"),
                        rows)
                .element();
        String target = task.targetGiven()
                ? "The target was given."
                : "The target is a quarter above the median, over the rules, of what their best trials reached in tuning.";
        String times = task.timesComparable()
                ? ""
                : " Final runs had different numbers of threads or of others beside them, so times are not compared.";
        return Element.of(
                "div",
                Element.of("div", table).classed("plan"),
                Element.text(
                                "p",
                                target
                                        + " Steps and times to it are medians; a run that never reaches it is the longest."
                                        + times)
                        .classed("soft"));
    }

    private List<String> cells(Standing standing) {
        Spread test = standing.test();
        boolean times = task.timesComparable();
        return List.of(
                standing.rule(),
                standing.chosen().what().settings(),
                task.measure().text(standing.validated()),
                "%s ± %s"
                        .formatted(
                                task.measure().text(test.mean()), task.measure().text(test.deviation())),
                "%,d of %,d"
                        .formatted(standing.triedDiverged(), standing.tried().size()),
                "%,d of %,d".formatted(standing.diverged(), standing.finals().size()),
                "%,d of %,d".formatted(standing.reached(), standing.finals().size()),
                Double.isFinite(standing.stepsToTarget()) ? "%,.0f".formatted(standing.stepsToTarget()) : "never",
                !times
                        ? ""
                        : Double.isFinite(standing.secondsToTarget())
                                ? "%.3g s".formatted(standing.secondsToTarget())
                                : "never",
                times ? "%.3g ms".formatted(1e3 * standing.stepSeconds()) : "");
    }

    private Element pairs() {
        Measure measure = task.measure();
        List<List<String>> rows = task.verdict().pairs().stream()
                .map(pair -> List.of(
                        "%s before %s".formatted(pair.better(), pair.worse()),
                        measure.text(pair.difference()),
                        "%s to %s"
                                .formatted(
                                        measure.text(pair.interval().low()),
                                        measure.text(pair.interval().high())),
                        "%.2f %%".formatted(100 * pair.interval().level()),
                        "%.2g".formatted(pair.p()),
                        "%.2g".formatted(pair.adjusted()),
                        pair.shown() ? "shown" : "no difference shown"))
                .toList();
        if (rows.isEmpty()) {
            return Element.text("p", task.verdict().sentence());
        }
        return Element.of(
                        "div",
                        new Table(
                                        List.of(
                                                "rules",
                                                "difference of means",
                                                "interval",
                                                "at level",
                                                "p",
                                                "p after Holm",
                                                ""),
                                        rows)
                                .element())
                .classed("plan");
    }
}
