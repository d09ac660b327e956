package org.thalweg.lab.rate;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.StudyPage;
import org.thalweg.lab.svg.Table;
import org.thalweg.train.RateSweep;
import org.thalweg.train.RateSweep.Point;

/**
 * A page about a range test of learning rates.
 *
 * @param subject what was trained, on what
 */
public record RatePage(String subject, RateSweep.Result result) {
    /** Losses further above the lowest than this factor tell no more, and would flatten the rest. */
    private static final double SHOWN = 3;

    /** Writes the page; the file is overwritten, and its folder made if need be. */
    public void write(Path file) {
        SequencedMap<String, String> figures = new LinkedHashMap<>();
        figures.put(
                "suggested",
                result.suggested().isPresent()
                        ? Numbers.text(result.suggested().getAsDouble())
                        : "none: the loss never fell");
        figures.put("loss falls fastest at", Numbers.text(result.steepest()));
        figures.put("loss is lowest at", Numbers.text(result.lowest()));
        figures.put("ended", result.diverged() ? "diverged" : "at the last rate");
        figures.put("steps", "%,d".formatted(result.points().size()));
        Element charts =
                Element.of("div", chart(result.points()).figure(), reading()).classed("grid2");
        StudyPage.of("Learning rate", subject, figures, List.of(Page.section("The loss as the rate grows", charts)))
                .write(file);
    }

    private static Element reading() {
        return new Table(
                        List.of("how to read it"),
                        List.of(
                                List.of("On the left, rates are too small to change anything."),
                                List.of("Where the loss falls, training works; where it falls fastest, it works best."),
                                List.of("Where the loss is lowest the rate is as high as it can be, or higher."),
                                List.of(
                                        "The suggestion is where it falls fastest, and at most a tenth of the latter.")))
                .element();
    }

    private static Chart chart(List<Point> points) {
        double first = points.getFirst().smoothed();
        List<Point> shown = points.stream()
                .filter(point -> point.smoothed() < SHOWN * first)
                .toList();
        return new Chart(
                "Loss",
                "",
                "learning rate",
                true,
                Chart.Fit.VALUES,
                List.of(
                        new Line(
                                "single steps",
                                Curve.of(shown, Point::rate, point -> Math.min(point.loss(), SHOWN * first)),
                                Line.Style.FAINT,
                                Hue.BLUE.css()),
                        new Line(
                                "smoothed",
                                Curve.of(shown, Point::rate, Point::smoothed),
                                Line.Style.PLAIN,
                                Hue.BLUE.css())));
    }
}
