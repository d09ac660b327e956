package org.thalweg.lab.svg;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.lab.figure.Scale;
import org.thalweg.lab.picture.Numbers;

/**
 * Measurements of several things below each other: a row for each, with a dot for every measurement, a bar at their mean and a line
 * where it may lie.
 *
 * @param title what goes to the right
 * @param unit of it; empty for none
 * @param rows from top to bottom
 */
public record Strips(String title, String unit, List<Row> rows) {
    private static final int WIDTH = 560;
    private static final int LEFT = 150;
    private static final int RIGHT = 16;
    private static final int TOP = 8;
    private static final int BOTTOM = 30;
    private static final int ROW = 30;
    private static final int TICKS = 5;
    private static final int LONGEST_NAME = 20;
    private static final double WIDE = 10;

    public Strips {
        rows = List.copyOf(rows);
    }

    /**
     * Measurements of one thing.
     *
     * @param name of it
     * @param values those that are not finite are left out
     * @param mean of all
     * @param low where the mean may lie; not drawn unless finite
     * @param high its other end
     * @param colour of the style sheet
     * @param note behind the name where the pointer rests
     */
    public record Row(
            String name, List<Double> values, double mean, double low, double high, String colour, String note) {
        public Row {
            values = values.stream().filter(Double::isFinite).toList();
        }
    }

    /** The figure. */
    public Element figure() {
        Element caption = Element.of("figcaption", Element.text("b", title));
        if (!unit.isEmpty()) {
            caption = caption.and(Element.text("span", unit).classed("unit"));
        }
        return Element.of("figure", caption, picture()).classed("chart");
    }

    private Element picture() {
        int height = TOP + ROW * rows.size() + BOTTOM;
        List<Node> parts = new ArrayList<>();
        double[] all = rows.stream()
                .flatMapToDouble(row -> row.values().stream().mapToDouble(Double::doubleValue))
                .sorted()
                .toArray();
        if (all.length > 0) {
            Scale right = scale(all);
            for (double tick : right.ticks(TICKS)) {
                double x = right.at(tick);
                parts.add(Element.of("path")
                        .classed("grid")
                        .with("d", "M%s %dV%d".formatted(Coordinate.text(x), TOP, height - BOTTOM)));
                parts.add(label(Numbers.text(tick), x, height - BOTTOM + 18, "middle"));
            }
            for (int i = 0; i < rows.size(); i++) {
                parts.add(row(rows.get(i), right, TOP + ROW * i + ROW / 2.0));
            }
        }
        return Element.of("svg", parts)
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", "0 0 %d %d".formatted(WIDTH, height))
                .with("role", "img")
                .with("aria-label", title + ": " + description());
    }

    /** Dots decide, for a line may reach far beyond them. */
    private static Scale scale(double... sorted) {
        double least = sorted[0];
        double most = sorted[sorted.length - 1];
        boolean wide = least > 0 && most / least >= WIDE;
        return Scale.around(least, most, wide, LEFT, WIDTH - RIGHT);
    }

    private static Element row(Row row, Scale right, double y) {
        String cut =
                row.name().length() <= LONGEST_NAME ? row.name() : row.name().substring(0, LONGEST_NAME - 1) + "…";
        List<Node> parts = new ArrayList<>(List.of(label(cut, LEFT - 10, y + 4, "end")));
        if (Double.isFinite(row.low()) && Double.isFinite(row.high())) {
            parts.add(stroke(
                    "line",
                    row,
                    "M%s %sH%s"
                            .formatted(
                                    Coordinate.text(inside(right, row.low())),
                                    Coordinate.text(y),
                                    Coordinate.text(inside(right, row.high())))));
        }
        for (double value : row.values()) {
            parts.add(Element.of("circle")
                    .classed("spot")
                    .with("style", "fill:" + row.colour())
                    .with("cx", Coordinate.text(right.at(value)))
                    .with("cy", Coordinate.text(y))
                    .with("r", "4.2"));
        }
        if (Double.isFinite(row.mean())) {
            parts.add(stroke(
                    "line",
                    row,
                    "M%s %sV%s"
                            .formatted(
                                    Coordinate.text(inside(right, row.mean())),
                                    Coordinate.text(y - 9),
                                    Coordinate.text(y + 9))));
        }
        return Element.of("g", parts).hover("%s: %s%s".formatted(row.name(), Numbers.text(row.mean()), row.note()));
    }

    private static double inside(Scale right, double value) {
        double at = value > 0 || !right.logarithmic() ? right.at(value) : LEFT;
        return Math.clamp(at, LEFT, WIDTH - RIGHT);
    }

    private static Element stroke(String kind, Row row, String path) {
        return Element.of("path")
                .classed(kind)
                .with("style", "stroke:" + row.colour())
                .with("d", path);
    }

    private static Element label(String text, double x, double y, String anchor) {
        return Element.text("text", text)
                .with("x", Coordinate.text(x))
                .with("y", Coordinate.text(y))
                .with("text-anchor", anchor);
    }

    private String description() {
        return String.join(
                "; ",
                rows.stream()
                        .map(row -> row.name() + " " + Numbers.text(row.mean()))
                        .toList());
    }
}
