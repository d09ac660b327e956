package org.thalweg.lab.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.picture.Metrics;
import org.thalweg.lab.picture.RunLog;
import org.thalweg.lab.picture.RunLog.Noise;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Chart.Fit;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Line.Style;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.Score;
import org.thalweg.train.StepMetrics;
import org.thalweg.train.metrics.LayerStatistics;

/** The charts of a run. */
record CurveFigures(RunLog log) {
    private static final int MOST_LISTED = 12;

    /** The loss, whatever the task is measured by, and the rate. */
    List<Chart> course() {
        List<Chart> charts = new ArrayList<>();
        charts.add(loss());
        for (String metric : metrics()) {
            charts.add(quality(metric));
        }
        charts.add(rate());
        charts.add(noise());
        return present(charts);
    }

    /** What went on inside the network, if that was recorded. */
    List<Chart> layers() {
        List<Chart> charts = List.of(
                new Chart(
                        "Gradient over weight",
                        "ratio of norms",
                        "step",
                        Fit.VALUES,
                        series(
                                statistics -> statistics.ratios().sequencedKeySet().stream()
                                        .filter(name -> name.endsWith("weight"))
                                        .toList(),
                                (statistics, name) -> statistics.ratios().getOrDefault(name, Double.NaN))),
                new Chart(
                        "Activations: mean",
                        "",
                        "step",
                        Fit.VALUES,
                        series(
                                statistics ->
                                        List.copyOf(statistics.activations().sequencedKeySet()),
                                (statistics, name) -> moments(statistics, name).mean())),
                new Chart(
                        "Activations: variance",
                        "",
                        "step",
                        Fit.VALUES,
                        series(
                                statistics ->
                                        List.copyOf(statistics.activations().sequencedKeySet()),
                                (statistics, name) -> moments(statistics, name).variance())));
        return present(charts);
    }

    private static List<Chart> present(List<Chart> charts) {
        return charts.stream().filter(chart -> !chart.isEmpty()).toList();
    }

    private Chart loss() {
        Curve batches = Curve.of(log.steps(), StepMetrics::step, StepMetrics::loss);
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("single steps", batches.thinned(), Style.FAINT, "var(--blue)", false));
        lines.add(new Line("training", batches.smoothed().thinned(), Style.PLAIN, "var(--blue)"));
        lines.addAll(heldOut(Score::loss, EpochMetrics::steps));
        return new Chart("Loss", log.loss(), "step", Fit.VALUES, lines);
    }

    private Set<String> metrics() {
        Set<String> names = new LinkedHashSet<>();
        log.epochs().forEach(epoch -> names.addAll(epoch.test().metrics().keySet()));
        return names;
    }

    private Chart quality(String metric) {
        Metrics.Shown shown = Metrics.shown(metric);
        ToDoubleFunction<Score> value =
                score -> shown.factor() * score.metrics().getOrDefault(metric, Double.NaN);
        Fit fit = shown.unit().equals("%") ? Fit.PERCENT : Fit.VALUES;
        return new Chart(shown.name(), shown.unit(), "epoch", fit, heldOut(value, EpochMetrics::epoch));
    }

    private Chart rate() {
        Curve rates =
                Curve.of(log.steps(), StepMetrics::step, StepMetrics::rate).thinned();
        return new Chart(
                "Learning rate",
                "",
                "step",
                Fit.FROM_ZERO,
                List.of(new Line("rate", rates, Style.PLAIN, "var(--green)")));
    }

    private Chart noise() {
        return new Chart(
                "Gradient noise scale",
                "examples",
                "step",
                Fit.VALUES,
                List.of(
                        new Line(
                                "noise scale",
                                Curve.of(
                                                log.noise(),
                                                Noise::step,
                                                at -> at.scale().examples())
                                        .thinned(),
                                Style.PLAIN,
                                "var(--purple)"),
                        new Line(
                                "batch size",
                                Curve.of(
                                                log.noise(),
                                                Noise::step,
                                                at -> at.scale().batch())
                                        .thinned(),
                                Style.PLAIN,
                                "var(--green)")));
    }

    private List<Line> heldOut(ToDoubleFunction<Score> value, ToDoubleFunction<EpochMetrics> x) {
        List<EpochMetrics> validated = log.epochs().stream()
                .filter(epoch -> epoch.validation().isPresent())
                .toList();
        Curve validation = Curve.of(
                validated, x, epoch -> value.applyAsDouble(epoch.validation().orElseThrow()));
        Curve test = Curve.of(log.epochs(), x, epoch -> value.applyAsDouble(epoch.test()));
        return List.of(
                new Line("validation", validation, Style.SQUARES, "var(--purple)"),
                new Line("test", test, Style.DOTS, "var(--orange)"));
    }

    /** A number of a layer at a step. */
    private interface Value {
        double of(LayerStatistics statistics, String name);
    }

    private static LayerStatistics.Moments moments(LayerStatistics statistics, String name) {
        return statistics.activations().getOrDefault(name, new LayerStatistics.Moments(Double.NaN, Double.NaN));
    }

    /** One line for each layer, from blue at the input to orange at the output. */
    private List<Line> series(Function<LayerStatistics, List<String>> names, Value value) {
        if (log.layers().isEmpty()) {
            return List.of();
        }
        List<String> all = names.apply(log.layers().getFirst());
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String name = all.get(i);
            Curve curve = Curve.of(log.layers(), LayerStatistics::step, at -> value.of(at, name))
                    .thinned();
            long share = Math.round(100.0 * i / Math.max(1, all.size() - 1));
            String colour = "color-mix(in oklab, var(--orange) %d%%, var(--blue))".formatted(share);
            lines.add(new Line(name, curve, Style.PLAIN, colour, isListed(i, all.size())));
        }
        return lines;
    }

    /** So many lines of many, evenly spread, the first and the last among them. */
    private static boolean isListed(int line, int all) {
        int before = line * (MOST_LISTED - 1) / Math.max(1, all - 1);
        int last = (line - 1) * (MOST_LISTED - 1) / Math.max(1, all - 1);
        return all <= MOST_LISTED || line == 0 || before > last;
    }
}
