package org.thalweg.lab.svg;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Charts two by two as one SVG file, for places that show pictures and no pages, such as a README. It brings its colours along, in light
 * and dark.
 *
 * @param charts those without a line are left out
 */
public record Plate(List<Chart> charts) {
    private static final int GAP = 16;
    private static final int TITLE = 26;
    private static final int ROW = 20;
    private static final int COLUMNS = 2;
    private static final double LARGE = 14;
    /** The space between a line's sample, its name and the next. */
    private static final double SPACE = 8;

    /** A chart with its legend in rows. */
    private record Panel(Chart chart, List<List<Line>> rows) {
        static Panel of(Chart chart) {
            List<List<Line>> rows = new ArrayList<>();
            double free = 0;
            for (Line line : chart.legend()) {
                if (rows.isEmpty() || width(line) > free) {
                    rows.add(new ArrayList<>());
                    free = Chart.WIDTH;
                }
                rows.getLast().add(line);
                free -= width(line);
            }
            return new Panel(chart, rows);
        }

        private static double width(Line line) {
            return Chart.SAMPLE + Plate.width(line.name()) + 3 * SPACE;
        }

        int head() {
            return TITLE + ROW * rows.size();
        }

        Element element(double x, double y) {
            String unit = chart.unit().isEmpty() ? "" : " (" + chart.unit() + ")";
            String title = chart.title() + unit;
            double size = Math.min(1, Chart.WIDTH / (1.3 * Plate.width(title))) * LARGE;
            Element heading = Chart.label(title, 0, ROW - 4, "start")
                    .classed("title")
                    .with("style", "font-size:%spx".formatted(Coordinate.text(size)));
            Element all = at(x, y).and(heading);
            for (int row = 0; row < rows.size(); row++) {
                all = all.and(keys(rows.get(row), TITLE + ROW * row));
            }
            return all.and(at(0, head()).and(chart.parts().toArray(Node[]::new)));
        }

        private static Element keys(List<Line> lines, double y) {
            Element all = at(0, y);
            double x = 0;
            for (Line line : lines) {
                all = all.and(at(x, 5).and(Chart.sample(line).toArray(Node[]::new)))
                        .and(Chart.label(line.name(), x + Chart.SAMPLE + SPACE, 14, "start"));
                x += width(line);
            }
            return all;
        }

        private static Element at(double x, double y) {
            return Element.of("g")
                    .with("transform", "translate(%s %s)".formatted(Coordinate.text(x), Coordinate.text(y)));
        }
    }

    public Plate {
        charts = charts.stream().filter(chart -> !chart.isEmpty()).toList();
    }

    /** About what a text takes in the legend's type, rather too much: an SVG file cannot ask. */
    private static double width(String text) {
        return text.chars()
                .mapToDouble(letter ->
                        "mwMWOQ%@".indexOf(letter) >= 0 ? 12 : " ijlftr.,:;'()[]|".indexOf(letter) >= 0 ? 5 : 8)
                .sum();
    }

    /** Whether there is nothing to draw. */
    public boolean isEmpty() {
        return charts.isEmpty();
    }

    /** The whole file. */
    public String text() {
        List<Panel> panels = charts.stream().map(Panel::of).toList();
        List<Node> parts = new ArrayList<>();
        int bottom = GAP;
        for (int from = 0; from < panels.size(); from += COLUMNS) {
            List<Panel> row = panels.subList(from, Math.min(from + COLUMNS, panels.size()));
            int head = row.stream().mapToInt(Panel::head).max().orElse(0);
            for (int i = 0; i < row.size(); i++) {
                // Axes stand side by side, however many rows a legend has.
                parts.add(row.get(i)
                        .element(
                                GAP + i * (Chart.WIDTH + GAP),
                                bottom + head - row.get(i).head()));
            }
            bottom += head + Chart.HEIGHT + GAP;
        }
        int width = GAP + Math.min(COLUMNS, panels.size()) * (Chart.WIDTH + GAP);
        StringBuilder out = new StringBuilder();
        Element ground =
                Element.of("rect").classed("ground").with("width", width).with("height", bottom);
        Chart.svg(width, bottom, new Node.Style(Assets.chartSheet() + Assets.text("plate.css")), ground)
                .and(parts.toArray(Node[]::new))
                .with("width", width)
                .with("height", bottom)
                .with("role", "img")
                .with(
                        "aria-label",
                        String.join(
                                ". ", charts.stream().map(Chart::description).toList()))
                .write(out);
        return out.append('\n').toString();
    }

    /**
     * Writes the file.
     *
     * @param file is overwritten; its folder is made if need be
     * @throws IllegalArgumentException if it is a folder
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void write(Path file) {
        TextFile.write(file, text());
    }
}
