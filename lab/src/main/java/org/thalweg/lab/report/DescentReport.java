package org.thalweg.lab.report;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.thalweg.lab.descent.Descent;
import org.thalweg.lab.descent.DescentView;
import org.thalweg.lab.descent.Trajectory;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.problem.About;
import org.thalweg.lab.problem.Problem;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Chart.Fit;
import org.thalweg.lab.svg.ContourMap;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Line.Style;
import org.thalweg.lab.svg.Node;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Player;
import org.thalweg.lab.svg.Surface;

/**
 * A page about the ways that rules took on a problem: a map and a surface on which they grow step by step, their losses, and the
 * numbers. One file that asks for nothing from elsewhere.
 */
public final class DescentReport {
    private final DescentView view;
    private final String command;

    private DescentReport(DescentView view, String command) {
        this.view = view;
        this.command = command;
    }

    /**
     * Writes the page.
     *
     * @param command what makes it again
     * @param file is overwritten; its folder is made if need be
     * @throws IllegalArgumentException if the file is a folder
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(DescentView view, String command, Path file) {
        page(view, command).write(file);
    }

    /** Words as a line for a shell; those that a shell would take apart are quoted. */
    public static String command(List<String> words) {
        return String.join(" ", words.stream().map(Repeat::quoted).toList());
    }

    static Page page(DescentView view, String command) {
        return new DescentReport(view, command).page();
    }

    private Page page() {
        List<Node> parts = new ArrayList<>();
        parts.add(header());
        parts.add(new Player(view.frames()).controls());
        List<Node> figures = new ArrayList<>();
        view.terrain().ifPresent(terrain -> {
            figures.add(new ContourMap(terrain).figure());
            figures.add(new Surface(terrain).figure());
        });
        charts().forEach(chart -> figures.add(chart.figure()));
        parts.add(Element.of("div", figures).classed("grid2 curves"));
        parts.add(Page.section("How they did", Element.of("div", table()).classed("grid2")));
        parts.add(Page.section(
                "To repeat it", Element.of("pre", Element.text("code", command)).classed("wrapped")));
        parts.add(Element.text("footer", "Made by Thalweg."));
        if (view.window().isPresent()) {
            parts.addAll(Surface.library());
        }
        parts.addAll(Player.script());
        return new Page(descent().problem().name() + " · descent", parts);
    }

    private Descent descent() {
        return view.descent();
    }

    private Element header() {
        Problem problem = descent().problem();
        About about = problem.getClass().getAnnotation(About.class);
        Element header = Element.of("header", Element.text("h1", problem.name()));
        if (about != null) {
            header = header.and(
                    Element.text("p", about.formula() + ": " + about.summary() + "."),
                    Element.text("p", about.source()).classed("soft"));
        }
        return header.and(Element.text("p", settings()).classed("soft"));
    }

    private String settings() {
        List<String> words = new ArrayList<>();
        if (descent().start().size() <= 3) {
            words.add("from " + point(descent().start()));
        }
        words.add("%,d steps".formatted(descent().steps()));
        words.add("within " + Numbers.text(descent().tolerance()) + " is near enough");
        if (descent().problem().stochastic()) {
            words.add("seed " + descent().seed());
        }
        words.add("float32");
        return String.join(" · ", words);
    }

    private static String point(List<Double> numbers) {
        return String.join(", ", numbers.stream().map(Numbers::text).toList());
    }

    private List<Chart> charts() {
        return List.of(
                        chart(view.lossTitle(), view.losses()),
                        chart("Distance to the nearest minimum", view.distances()),
                        chart("w", view.positions()))
                .stream()
                .filter(chart -> !chart.isEmpty())
                .toList();
    }

    private static Chart chart(String title, List<DescentView.Line> lines) {
        return new Chart(
                title,
                "",
                "step",
                Fit.VALUES,
                lines.stream()
                        .map(line -> new Line(
                                line.name(),
                                line.curve(),
                                line.dashed() ? Style.DASHED : Style.PLAIN,
                                line.hue().css()))
                        .toList());
    }

    private Element table() {
        List<Node> rows = new ArrayList<>();
        List<String> heads =
                List.of("rule", "rate", "steps to tolerance", "final distance", "final loss", "left the window at", "");
        rows.add(Element.of(
                "tr", heads.stream().map(head -> Element.text("th", head)).toList()));
        for (int i = 0; i < view.trajectories().size(); i++) {
            rows.add(row(i, view.trajectories().get(i)));
        }
        return Element.of("table", rows).classed("ways");
    }

    private Element row(int number, Trajectory way) {
        Element sample = Element.of("path")
                .classed(view.dashed(number) ? "line dashed" : "line")
                .with("style", "stroke:" + view.hue(number).css())
                .with("d", "M1 5H21");
        Element key = Element.of("svg", sample)
                .with("viewBox", "0 0 22 10")
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("aria-hidden", "true");
        return Element.of(
                "tr",
                Element.of("td", key, new Node.Text(way.rule().name())),
                Element.text("td", way.rule().rateText().orElse("") + (way.tuned() ? " (best found)" : "")),
                Element.text("td", steps(way.stepsToTolerance())),
                Element.text("td", number(way.finalDistance())),
                Element.text("td", Numbers.text(way.finalLoss())),
                Element.text("td", steps(way.stepsToEscape())),
                Element.text("td", way.outcome().words()));
    }

    private static String steps(OptionalInt steps) {
        return steps.isPresent() ? "%,d".formatted(steps.getAsInt()) : "–";
    }

    private static String number(OptionalDouble number) {
        return number.isPresent() ? Numbers.text(number.getAsDouble()) : "–";
    }
}
