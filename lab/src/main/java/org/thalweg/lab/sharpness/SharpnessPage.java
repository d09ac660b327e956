package org.thalweg.lab.sharpness;

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
 * A page about how sharp a minimum is.
 *
 * @param subject of which run, over which examples
 */
public record SharpnessPage(String subject, SharpnessStudy.Found found) {
    /** Writes the page; the file is overwritten, and its folder made if need be. */
    public void write(Path file) {
        List<Node> sections = new ArrayList<>();
        sections.add(Page.section("How much higher the loss is nearby", measures()));
        found.basin().ifPresent(basin -> sections.add(Page.section("The basin", basin(basin))));
        StudyPage.of("Sharpness", subject, figures(), sections).write(file);
    }

    private SequencedMap<String, String> figures() {
        SequencedMap<String, String> figures = new LinkedHashMap<>();
        figures.put("loss", Numbers.text(found.loss()));
        found.keskar().stream()
                .findFirst()
                .ifPresent(it -> figures.put(
                        "Keskar, ε " + it.size(), Numbers.text(it.sharpness().value())));
        found.ball().stream()
                .findFirst()
                .ifPresent(it -> figures.put(
                        "highest in ρ " + it.size(),
                        "+" + Numbers.text(it.sharpness().value())));
        found.basin().ifPresent(basin -> {
            figures.put("log₁₀ volume", "%,.0f".formatted(basin.log10Volume()));
            figures.put("dimensions", "%,d".formatted(basin.dimensions()));
        });
        figures.put("weights", "%,d".formatted(found.weights()));
        return figures;
    }

    private Element measures() {
        List<List<String>> rows = new ArrayList<>();
        found.keskar().forEach(it -> rows.add(row("Keskar's, in per cent of 1 + loss", "ε", it)));
        found.sam().forEach(it -> rows.add(row("SAM's, along the gradient", "ρ", it)));
        found.ball().forEach(it -> rows.add(row("SAM's, highest in the ball", "ρ", it)));
        return Element.of("div", new Table(List.of("measure", "size", "highest loss", "sharpness"), rows).element())
                .classed("grid2");
    }

    private static List<String> row(String name, String letter, SharpnessStudy.Sized it) {
        return List.of(
                name,
                letter + " " + it.size(),
                Numbers.text(it.sharpness().highest()),
                Numbers.text(it.sharpness().value()));
    }

    private Element basin(Basin basin) {
        List<Integer> all = IntStream.range(0, basin.radii().length).boxed().toList();
        Chart radii = new Chart(
                "How far the loss stays below %s".formatted(Numbers.text(basin.cutoff())),
                "",
                "direction, the shortest first",
                Chart.Fit.VALUES,
                List.of(new Line(
                        "radius",
                        Curve.of(all, i -> i + 1.0, i -> basin.radii()[i]),
                        Line.Style.DOTS,
                        Hue.BLUE.css())));
        List<List<String>> rows = List.of(
                List.of("log₁₀ of the volume", "%,.1f".formatted(basin.log10Volume())),
                List.of(
                        "the same of a ball as wide as the geometric mean",
                        "%,.1f ± %,.1f".formatted(basin.log10Typical(), basin.standardError())),
                List.of("dimensions", "%,d".formatted(basin.dimensions())),
                List.of("directions", "%,d".formatted(basin.radii().length)));
        return Element.of("div", radii.figure(), new Table(List.of("volume", ""), rows).element())
                .classed("grid2");
    }
}
