package org.thalweg.lab.picture;

import java.awt.Font;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.thalweg.optim.schedule.Schedule;

/**
 * A schedule's values over its first steps, as a picture or as text.
 *
 * @param title what stands above
 * @param steps from 0 to below this one; at least 1
 * @param logarithmic whether equal heights are equal factors; values of 0 are then left out
 */
public record SchedulePlot(String title, Schedule schedule, long steps, boolean logarithmic) {
    /** More pictures in one cannot be made out. */
    public static final int MOST = 12;

    private static final int MOST_POINTS = 2_000;
    private static final int ALONE_WIDTH = 1800;
    private static final int ALONE_HEIGHT = 960;
    private static final int WIDTH = 880;
    private static final int HEIGHT = 560;
    private static final int MOST_LABELS = 10;
    private static final int MARGIN = 30;
    private static final int HEADER = 70;

    /** The value at a step. */
    public record Point(long step, double value) {}

    /** @throws IllegalArgumentException if there is no step */
    public SchedulePlot {
        if (steps < 1) {
            throw new IllegalArgumentException("a plot needs at least 1 step, not " + steps);
        }
    }

    /** The finite values at all steps, or at 2,000 evenly spread ones where there are more; the last is among them. */
    public List<Point> points() {
        return sampled()
                .mapToObj(step -> new Point(step, schedule.at(step)))
                .filter(point -> Double.isFinite(point.value()) && (point.value() > 0 || !logarithmic))
                .toList();
    }

    private LongStream sampled() {
        if (steps <= MOST_POINTS) {
            return LongStream.range(0, steps);
        }
        double stride = (steps - 1.0) / (MOST_POINTS - 1);
        return LongStream.range(0, MOST_POINTS).map(i -> i == MOST_POINTS - 1 ? steps - 1 : (long) (i * stride));
    }

    /** The values at the ends and the highest in one line. */
    public String summary() {
        List<Point> points = points();
        if (points.isEmpty()) {
            return "no value that could be drawn";
        }
        Point highest =
                points.stream().max(Comparator.comparingDouble(Point::value)).orElseThrow();
        return "%s at step %d, at most %s (step %d), %s at step %d"
                .formatted(
                        Numbers.text(points.getFirst().value()),
                        points.getFirst().step(),
                        Numbers.text(highest.value()),
                        highest.step(),
                        Numbers.text(points.getLast().value()),
                        points.getLast().step());
    }

    /** The plot in plain characters. */
    public List<String> lines() {
        return TextPlot.lines(this);
    }

    /**
     * Draws schedules beside and below each other as a PNG file.
     *
     * @param plots from 1 to {@link #MOST}
     * @param file is overwritten; its folder is made if need be
     * @throws IllegalArgumentException if the file is a folder, or there are too many plots
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public static void write(List<SchedulePlot> plots, Path file) {
        draw(plots).write(file);
    }

    static Canvas draw(List<SchedulePlot> plots) {
        if (plots.isEmpty() || plots.size() > MOST) {
            throw new IllegalArgumentException(
                    "a picture shows from 1 to %d schedules, not %d".formatted(MOST, plots.size()));
        }
        boolean alone = plots.size() == 1;
        int width = alone ? ALONE_WIDTH : WIDTH;
        int height = alone ? ALONE_HEIGHT : HEIGHT;
        int columns = (int) Math.ceil(Math.sqrt(plots.size()));
        Canvas canvas = new Canvas(columns * width, Math.ceilDiv(plots.size(), columns) * height);
        for (int i = 0; i < plots.size(); i++) {
            int x = i % columns * width;
            int y = i / columns * height;
            SchedulePlot plot = plots.get(i);
            canvas.text(
                    plot.title, Font.BOLD, alone ? 40 : 30, Panel.INK, x + MARGIN, y + HEADER - 14, width - 2 * MARGIN);
            canvas.paint(plot.panel(), x + MARGIN / 2, y + HEADER, width - MARGIN, height - HEADER);
        }
        return canvas;
    }

    private Panel panel() {
        List<Point> points = points();
        Panel panel = new Panel("", "step").labels(MOST_LABELS);
        if (logarithmic && !points.isEmpty()) {
            panel.logarithmic();
        } else {
            panel.fromZero(points.stream().mapToDouble(Point::value).max().orElse(0));
        }
        panel.line("value", curve(points), Panel.BLUE);
        return panel;
    }

    private Curve curve(List<Point> points) {
        return Panel.labelled(Curve.of(turns(points), Point::step, Point::value), logarithmic);
    }

    /** Without the insides of level stretches, where many short pieces would look dotted. */
    private static List<Point> turns(List<Point> points) {
        int last = points.size() - 1;
        return IntStream.rangeClosed(0, last)
                .filter(i -> i == 0
                        || i == last
                        || points.get(i).value() != points.get(i - 1).value()
                        || points.get(i).value() != points.get(i + 1).value())
                .mapToObj(points::get)
                .toList();
    }
}
