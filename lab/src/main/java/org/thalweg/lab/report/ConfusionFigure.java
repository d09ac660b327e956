package org.thalweg.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Node;
import org.thalweg.train.metrics.Confusion;
import tools.jackson.databind.JsonNode;

/** What was taken for what: a matrix, and the mix-ups that happened most. */
record ConfusionFigure(Confusion confusion, IntFunction<String> className) {
    /** From here on cells are too small for numbers. */
    private static final int MOST_NUMBERED = 16;
    /** From here on class names beside the matrix run into each other. */
    private static final int MOST_NAMED = 40;

    private static final int MOST_PAIRS = 8;
    private static final int SIDE = 440;
    private static final int LONGEST_NAME = 14;
    private static final double HALF = 0.55;

    /** The matrix that an examination has, if it is one. */
    static Optional<Confusion> confusion(JsonNode examination) {
        JsonNode rows = examination.path("confusion");
        if (!rows.isArray() || rows.isEmpty()) {
            return Optional.empty();
        }
        List<List<Long>> counts = new ArrayList<>();
        for (JsonNode row : rows) {
            counts.add(row.valueStream().map(cell -> cell.asLong(0)).toList());
        }
        boolean square = counts.stream().allMatch(row -> row.size() == counts.size());
        return square ? Optional.of(new Confusion(counts)) : Optional.empty();
    }

    Element figure() {
        Element caption = Element.of("figcaption", Element.text("b", "Confusion"))
                .and(Element.text("span", "rows: what it is; columns: what it was taken for")
                        .classed("unit"));
        return Element.of("figure", caption, matrix()).classed("confusion");
    }

    private int classes() {
        return confusion.classes();
    }

    private Element matrix() {
        double cell = (double) SIDE / classes();
        int left = classes() <= MOST_NAMED ? 16 + 7 * longestName() : 10;
        List<Node> parts = new ArrayList<>();
        for (int truth = 0; truth < classes(); truth++) {
            for (int predicted = 0; predicted < classes(); predicted++) {
                parts.add(cell(truth, predicted, left, cell));
            }
        }
        if (classes() <= MOST_NAMED) {
            parts.addAll(names(left, cell));
        }
        int bottom = classes() <= MOST_NAMED ? left : 10;
        return Element.of("svg", parts)
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", "0 0 %d %d".formatted(left + SIDE + 2, SIDE + bottom))
                .with("role", "img")
                .with("aria-label", "Confusion matrix of %d classes".formatted(classes()));
    }

    private int longestName() {
        return IntStream.range(0, classes())
                .map(i -> shortName(i).length())
                .max()
                .orElse(1);
    }

    private String shortName(int label) {
        String name = className.apply(label);
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private Element cell(int truth, int predicted, int left, double cell) {
        long count = confusion.counts().get(truth).get(predicted);
        double share = (double) count / Math.max(1, confusion.ofClass(truth));
        // The root, so that a mix-up of one in a hundred is seen.
        double strength = truth == predicted ? share : Math.sqrt(share);
        double x = left + predicted * cell;
        double y = truth * cell;
        Element square = Element.of("rect")
                .with("x", Numbers.text(x))
                .with("y", Numbers.text(y))
                .with("width", Numbers.text(cell - 1))
                .with("height", Numbers.text(cell - 1))
                .with("style", "fill:var(--%s)".formatted(truth == predicted ? "blue" : "orange"))
                .with("fill-opacity", Numbers.text(count == 0 ? 0.04 : 0.1 + 0.9 * strength));
        Element group = Element.of("g", square).classed(strength > HALF ? "cell strong" : "cell");
        if (count > 0 && classes() <= MOST_NUMBERED) {
            group = group.and(Element.text("text", String.valueOf(count))
                    .with("x", Numbers.text(x + cell / 2))
                    .with("y", Numbers.text(y + cell / 2 + 5))
                    .with("text-anchor", "middle"));
        }
        return group.hover("%s taken for %s: %,d of %,d (%.1f %%)"
                .formatted(
                        className.apply(truth),
                        className.apply(predicted),
                        count,
                        confusion.ofClass(truth),
                        100 * share));
    }

    private List<Element> names(int left, double cell) {
        List<Element> names = new ArrayList<>();
        for (int label = 0; label < classes(); label++) {
            double middle = (label + 0.5) * cell;
            names.add(Element.text("text", shortName(label))
                    .with("x", left - 8)
                    .with("y", Numbers.text(middle + 4))
                    .with("text-anchor", "end"));
            names.add(belowColumn(shortName(label), left + middle));
        }
        return names;
    }

    /** Upright where names are longer than a column is wide. */
    private Element belowColumn(String name, double x) {
        Element text = Element.text("text", name).with("x", Numbers.text(x));
        return longestName() <= 2
                ? text.with("y", SIDE + 16).with("text-anchor", "middle")
                : text.with("y", SIDE + 8)
                        .with("text-anchor", "end")
                        .with("transform", "rotate(-90 %s %d) translate(0 4)".formatted(Numbers.text(x), SIDE + 8));
    }

    /** The mix-ups that happened most, in words. */
    Element mixUps() {
        List<Node> rows = new ArrayList<>();
        rows.add(row("th", "it was", "taken for", "times", "of its class"));
        for (Confusion.Pair pair : confusion.mostFrequent(MOST_PAIRS)) {
            rows.add(row(
                    "td",
                    className.apply(pair.truth()),
                    className.apply(pair.predicted()),
                    "%,d".formatted(pair.count()),
                    "%.1f %%".formatted(100.0 * pair.count() / confusion.ofClass(pair.truth()))));
        }
        return Element.of("table", rows).classed("mixups");
    }

    /** How well each class was recognised. */
    Element byClass() {
        List<Node> rows = new ArrayList<>();
        rows.add(row("th", "class", "examples", "recognised", "right when told"));
        for (int label = 0; label < Math.min(classes(), MOST_NAMED); label++) {
            rows.add(row(
                    "td",
                    className.apply(label),
                    "%,d".formatted(confusion.ofClass(label)),
                    percent(confusion.recall(label)),
                    percent(confusion.precision(label))));
        }
        return Element.of("table", rows).classed("classes");
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "–" : "%.1f %%".formatted(100 * share);
    }

    private static Element row(String kind, String... cells) {
        return Element.of(
                "tr",
                List.of(cells).stream().map(cell -> Element.text(kind, cell)).toList());
    }
}
