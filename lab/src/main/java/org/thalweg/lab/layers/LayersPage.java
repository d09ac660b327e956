package org.thalweg.lab.layers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.StudyPage;
import org.thalweg.lab.svg.Table;
import org.thalweg.train.metrics.LayerStatistics;
import org.thalweg.train.metrics.LayerStatistics.Moments;

/**
 * A page about what goes on in a network's layers.
 *
 * @param subject of which run, over which examples
 */
public record LayersPage(String subject, LayersStudy study) {
    private static final Moments UNKNOWN = new Moments(Double.NaN, Double.NaN);

    /** Writes the page; the file is overwritten, and its folder made if need be. */
    public void write(Path file) {
        List<String> weights = study.end().ratios().sequencedKeySet().stream()
                .filter(name -> name.endsWith("weight"))
                .toList();
        List<String> layers = List.copyOf(study.end().activations().sequencedKeySet());
        SequencedMap<String, String> figures = new LinkedHashMap<>();
        figures.put("layers", String.valueOf(layers.size()));
        figures.put("median gradient over weight before", number(median(study.start())));
        figures.put("after", number(median(study.end())));
        Element ratios = pair(
                chart("Gradient over weight", "weight tensor", weights, LayersPage::ratio),
                table(
                        List.of("parameter", "before training", "after training"),
                        List.copyOf(study.end().ratios().sequencedKeySet()),
                        List.of(LayersPage::ratio)));
        Element moments = pair(
                chart(
                        "Mean of the outputs",
                        "layer",
                        layers,
                        (at, name) -> moments(at, name).mean()),
                chart(
                        "Variance of the outputs",
                        "layer",
                        layers,
                        (at, name) -> moments(at, name).variance()));
        Element table = table(
                List.of("layer", "mean before", "mean after", "variance before", "variance after"),
                layers,
                List.of(
                        (at, name) -> moments(at, name).mean(),
                        (at, name) -> moments(at, name).variance()));
        StudyPage.of(
                        "Layers",
                        subject,
                        figures,
                        List.of(
                                Page.section("Gradients beside weights", ratios),
                                Page.section(
                                        "Outputs of the layers",
                                        moments,
                                        Element.of("div", table).classed("grid2"))))
                .write(file);
    }

    private static double median(LayerStatistics at) {
        double[] sorted = at.ratios().values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private static Element pair(Element one, Element other) {
        return Element.of("div", one, other).classed("grid2");
    }

    private static double ratio(LayerStatistics at, String name) {
        return at.ratios().getOrDefault(name, Double.NaN);
    }

    private static Moments moments(LayerStatistics at, String name) {
        return at.activations().getOrDefault(name, UNKNOWN);
    }

    private Element chart(
            String title, String what, List<String> names, BiFunction<LayerStatistics, String, Double> value) {
        return new Chart(
                        title,
                        "",
                        what + ", from the input on",
                        Chart.Fit.VALUES,
                        List.of(
                                line(
                                        "before training",
                                        names,
                                        name -> value.apply(study.start(), name),
                                        Line.Style.SQUARES,
                                        Hue.PURPLE),
                                line(
                                        "after training",
                                        names,
                                        name -> value.apply(study.end(), name),
                                        Line.Style.DOTS,
                                        Hue.BLUE)))
                .figure();
    }

    private static Line line(
            String title, List<String> names, ToDoubleFunction<String> value, Line.Style style, Hue hue) {
        List<Integer> places = IntStream.range(0, names.size()).boxed().toList();
        return new Line(
                title, Curve.of(places, i -> i + 1.0, i -> value.applyAsDouble(names.get(i))), style, hue.css());
    }

    private Element table(
            List<String> heads, List<String> names, List<BiFunction<LayerStatistics, String, Double>> values) {
        List<List<String>> rows = new ArrayList<>();
        for (String name : names) {
            List<String> row = new ArrayList<>(List.of(name));
            for (BiFunction<LayerStatistics, String, Double> value : values) {
                row.add(number(value.apply(study.start(), name)));
                row.add(number(value.apply(study.end(), name)));
            }
            rows.add(row);
        }
        return new Table(heads, rows).element();
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Numbers.text(value) : "–";
    }
}
