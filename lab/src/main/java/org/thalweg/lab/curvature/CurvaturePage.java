package org.thalweg.lab.curvature;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Node;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.StudyPage;
import org.thalweg.lab.svg.Table;

/**
 * A page about the curvature of a loss.
 *
 * @param subject of which run, over which examples
 */
public record CurvaturePage(String subject, Curvature found) {
    private static final int PLACES = 400;
    /** A node's width as a share of the spectrum's. */
    private static final double WIDTH = 0.005;
    /** What is this much rarer than the most frequent is not told apart from nothing. */
    private static final double RARE = 1e-6;

    /** Writes the page; the file is overwritten, and its folder made if need be. */
    public void write(Path file) {
        List<Node> sections = new ArrayList<>();
        sections.add(Page.section("The largest eigenvalues", eigenvalues()));
        found.density().ifPresent(density -> sections.add(Page.section("How all are spread", spread(density))));
        if (!found.layers().isEmpty()) {
            sections.add(Page.section("Layer by layer", layers()));
        }
        StudyPage.of("Curvature", subject, figures(), sections).write(file);
    }

    private SequencedMap<String, String> figures() {
        SequencedMap<String, String> figures = new LinkedHashMap<>();
        figures.put("largest eigenvalue", Numbers.text(found.top().getFirst().value()));
        figures.put("smallest", Numbers.text(found.lowest().value()));
        figures.put("trace", Numbers.text(found.trace().value()));
        figures.put("its standard error", Numbers.text(found.trace().standardError()));
        figures.put(
                "condition number",
                found.condition().isPresent() ? Numbers.text(found.condition().getAsDouble()) : "–");
        figures.put("loss", Numbers.text(found.loss()));
        figures.put("length of the gradient", Numbers.text(found.gradientNorm()));
        figures.put("weights", "%,d".formatted(found.weights()));
        return figures;
    }

    private static String withError(Trace trace) {
        return Double.isNaN(trace.standardError())
                ? Numbers.text(trace.value())
                : "%s ± %s".formatted(Numbers.text(trace.value()), Numbers.text(trace.standardError()));
    }

    private Element eigenvalues() {
        List<Eigenvalue> top = found.top();
        List<Integer> places = IntStream.range(0, top.size()).boxed().toList();
        Chart chart = new Chart(
                "Eigenvalues",
                "",
                "place, the largest first",
                Chart.Fit.VALUES,
                List.of(new Line(
                        "eigenvalue",
                        Curve.of(places, i -> i + 1.0, i -> top.get(i).value()),
                        Line.Style.DOTS,
                        Hue.BLUE.css())));
        List<List<String>> rows = new ArrayList<>();
        places.forEach(i -> rows.add(row(String.valueOf(i + 1), top.get(i))));
        rows.add(row("smallest", found.lowest()));
        return Element.of(
                        "div",
                        chart.figure(),
                        new Table(List.of("", "eigenvalue", "residual", "of the eigenvalue"), rows).element())
                .classed("grid2");
    }

    private static List<String> row(String name, Eigenvalue value) {
        return List.of(
                name,
                Numbers.text(value.value()),
                "%.1e".formatted(value.residual()),
                "%.1e".formatted(value.relativeResidual()));
    }

    private static Element spread(SpectralDensity density) {
        double least = density.nodes().stream()
                .mapToDouble(SpectralDensity.Node::at)
                .min()
                .orElseThrow();
        double most = density.nodes().stream()
                .mapToDouble(SpectralDensity.Node::at)
                .max()
                .orElseThrow();
        double width = WIDTH * Math.max(most - least, 1e-12 + Math.abs(most));
        double from = least - 4 * width;
        double step = (most + 4 * width - from) / (PLACES - 1);
        List<double[]> points = IntStream.range(0, PLACES)
                .mapToObj(i -> new double[] {from + i * step, density.at(from + i * step, width)})
                .toList();
        double highest = points.stream().mapToDouble(point -> point[1]).max().orElseThrow();
        Curve curve = Curve.of(points, point -> point[0], point -> Math.max(point[1], RARE * highest));
        Chart chart = new Chart(
                "Spectral density",
                "share of all eigenvalues, by place",
                "eigenvalue",
                Chart.Fit.VALUES,
                List.of(new Line("density", curve, Line.Style.PLAIN, Hue.BLUE.css())));
        List<List<String>> rows = List.of(
                List.of("share below 0, about", percent(density.share(Double.NEGATIVE_INFINITY, -width))),
                List.of("share around 0", percent(density.share(-width, width))),
                List.of("share above 0, about", percent(density.share(width, Double.POSITIVE_INFINITY))),
                List.of("mean eigenvalue", Numbers.text(density.mean())),
                List.of("random vectors", String.valueOf(density.probes())));
        return Element.of("div", chart.figure(), new Table(List.of("spectrum", ""), rows).element())
                .classed("grid2");
    }

    private static String percent(double share) {
        return "%.3g %%".formatted(100 * share);
    }

    private Element layers() {
        List<List<String>> rows = found.layers().stream()
                .map(block -> List.of(
                        block.layer(),
                        "%,d".formatted(block.weights()),
                        Numbers.text(block.largest().value()),
                        "%.1e".formatted(block.largest().residual()),
                        withError(block.trace())))
                .toList();
        Table table = new Table(List.of("layer", "weights", "largest eigenvalue", "residual", "trace"), rows);
        return Element.of("div", table.element()).classed("grid2");
    }
}
