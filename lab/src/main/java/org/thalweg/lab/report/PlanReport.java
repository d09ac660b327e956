package org.thalweg.lab.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.scaling.AllReduce;
import org.thalweg.lab.scaling.Forecast;
import org.thalweg.lab.scaling.Plan;
import org.thalweg.lab.scaling.Quantity;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Chart.Fit;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Line.Style;
import org.thalweg.lab.svg.Node;
import org.thalweg.lab.svg.Page;

/** A page about what more workers would come to, far beyond those that were asked about, with what it assumes. */
public final class PlanReport {
    private static final int MOST_LINES = 5;
    private static final double PERCENT = 100;

    private final String title;
    private final Plan plan;
    private final int far;

    private PlanReport(String title, Plan plan) {
        this.title = title;
        this.plan = plan;
        this.far = Math.max(Plan.FAR, plan.workers());
    }

    /**
     * Writes it.
     *
     * @param title of the run
     * @param file is overwritten; its folder is made if need be
     * @throws IllegalArgumentException if the file is a folder
     */
    public static void write(String title, Plan plan, Path file) {
        new PlanReport(title, plan).page().write(file);
    }

    private Page page() {
        Element header = Element.of(
                "header",
                Element.text("h1", title + ": more workers"),
                Element.text("p", "To reach " + plan.job().reached().words()).classed("soft"));
        List<Node> sections = new ArrayList<>();
        sections.add(header);
        sections.add(Page.section("The fastest batch for each number of workers", table(plan.best())));
        sections.add(Page.section("What this assumes", assumptions()));
        sections.add(Page.charts("By workers, as far as %,d".formatted(far), byWorkers()));
        sections.add(Page.charts("By batch size", List.of(targetByBatch(), tradeoff())));
        sections.add(Element.text("footer", "Made by Thalweg: foreseen, not measured."));
        return new Page(title + " · more workers", sections);
    }

    private Element assumptions() {
        return Element.of(
                "ul",
                plan.assumptions().stream()
                        .map(sentence -> Element.text("li", sentence))
                        .toList());
    }

    private static Element table(List<Forecast> forecasts) {
        List<Node> rows = new ArrayList<>();
        rows.add(row(
                "th",
                List.of(
                        "workers",
                        "batch",
                        "step",
                        "computing",
                        "waiting",
                        "efficiency",
                        "epoch",
                        "steps to the target",
                        "time to the target")));
        for (Forecast at : forecasts) {
            rows.add(row(
                    "td",
                    List.of(
                            "%,d".formatted(at.workers()),
                            "%,d".formatted(at.batch()),
                            Quantity.timeText(at.step()),
                            Quantity.timeText(at.compute()),
                            Quantity.timeText(at.exposed()),
                            "%.0f %%".formatted(PERCENT * at.efficiency()),
                            Quantity.timeText(at.epoch()),
                            "%,.0f".formatted(at.steps()),
                            Quantity.timeText(at.target()))));
        }
        return Element.of("div", Element.of("table", rows)).classed("plan");
    }

    private static Element row(String cell, List<String> texts) {
        return Element.of(
                "tr", texts.stream().map(text -> Element.text(cell, text)).toList());
    }

    private List<Chart> byWorkers() {
        return List.of(
                chart("Time to the target", "seconds", Fit.VALUES, lines(Forecast::target)),
                chart("Time of an epoch", "seconds", Fit.VALUES, lines(Forecast::epoch)),
                chart(
                        "Efficiency",
                        "% of one worker's",
                        Fit.PERCENT,
                        lines(forecast -> PERCENT * forecast.efficiency())),
                chart("All-reduce of the gradient", "seconds", Fit.VALUES, allReduces()));
    }

    private static Chart chart(String title, String unit, Fit fit, List<Line> lines) {
        return new Chart(title, unit, "workers", true, fit, lines);
    }

    /** One for each of a few batch sizes, from blue to orange. */
    private List<Line> lines(ToDoubleFunction<Forecast> value) {
        List<Integer> shown = few(plan.batches());
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            lines.add(new Line(
                    "batch %,d".formatted(shown.get(i)),
                    Curve.of(plan.of(shown.get(i), far), Forecast::workers, value),
                    Style.DOTS,
                    colour(i, shown.size())));
        }
        return lines;
    }

    private static String colour(int line, int all) {
        long share = Math.round(PERCENT * line / Math.max(1, all - 1));
        return "color-mix(in oklab, var(--orange) %d%%, var(--blue))".formatted(share);
    }

    /** The first, the last, and some evenly between. */
    private static List<Integer> few(List<Integer> batches) {
        int lines = Math.min(MOST_LINES, batches.size());
        return IntStream.range(0, lines)
                .map(i -> lines == 1 ? 0 : i * (batches.size() - 1) / (lines - 1))
                .mapToObj(batches::get)
                .toList();
    }

    private List<Line> allReduces() {
        List<Integer> crews = Plan.crews(far).stream().filter(crew -> crew > 1).toList();
        List<String> colours = List.of("var(--blue)", "var(--orange)", "var(--green)");
        return IntStream.range(0, AllReduce.values().length)
                .mapToObj(i -> new Line(
                        AllReduce.values()[i].words(),
                        Curve.of(
                                crews,
                                Integer::doubleValue,
                                crew -> AllReduce.values()[i].seconds(
                                        crew,
                                        plan.job().gradientBytes(),
                                        plan.cluster().link())),
                        Style.PLAIN,
                        colours.get(i)))
                .toList();
    }

    private Chart targetByBatch() {
        List<Integer> crews = few(Plan.crews(far));
        List<Line> lines = IntStream.range(0, crews.size())
                .mapToObj(i -> new Line(
                        "%,d %s".formatted(crews.get(i), crews.get(i) == 1 ? "worker" : "workers"),
                        Curve.of(
                                plan.batches().stream()
                                        .filter(batch -> batch >= crews.get(i))
                                        .toList(),
                                Integer::doubleValue,
                                batch -> Forecast.of(plan.job(), plan.cluster(), crews.get(i), batch)
                                        .target()),
                        Style.DOTS,
                        colour(i, crews.size())))
                .toList();
        return new Chart("Time to the target", "seconds", "batch size", true, Fit.VALUES, lines);
    }

    private Chart tradeoff() {
        List<Integer> batches = Plan.doublings(1, plan.job().examples());
        return new Chart(
                "Over the fewest possible",
                "times",
                "batch size",
                true,
                Fit.VALUES,
                List.of(
                        new Line(
                                "steps",
                                Curve.of(
                                        batches,
                                        Integer::doubleValue,
                                        batch -> plan.job().tradeoff().steps(batch)),
                                Style.PLAIN,
                                "var(--blue)"),
                        new Line(
                                "examples",
                                Curve.of(
                                        batches,
                                        Integer::doubleValue,
                                        batch -> plan.job().tradeoff().examples(batch)),
                                Style.PLAIN,
                                "var(--orange)")));
    }
}
