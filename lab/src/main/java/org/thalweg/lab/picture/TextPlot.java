package org.thalweg.lab.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.thalweg.lab.picture.SchedulePlot.Point;

/** A schedule in plain characters, for a terminal. */
final class TextPlot {
    static final int WIDTH = 72;
    static final int HEIGHT = 17;
    private static final int LABEL = 10;

    private TextPlot() {}

    static List<String> lines(SchedulePlot plot) {
        List<Point> points = plot.points();
        if (points.isEmpty()) {
            return List.of();
        }
        // Heights are from 0 on, or logarithms from the lowest value on.
        DoubleUnaryOperator height = plot.logarithmic() ? Math::log10 : value -> value;
        double top = points.stream()
                .mapToDouble(point -> height.applyAsDouble(point.value()))
                .max()
                .orElse(0);
        double least = points.stream()
                .mapToDouble(point -> height.applyAsDouble(point.value()))
                .min()
                .orElse(0);
        double bottom = plot.logarithmic() ? least : Math.min(0, least);
        double range = top > bottom ? top - bottom : 1;
        char[][] rows = new char[HEIGHT][WIDTH];
        Arrays.stream(rows).forEach(row -> Arrays.fill(row, ' '));
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            int row = (int) Math.round((height.applyAsDouble(point.value()) - bottom) / range * (HEIGHT - 1));
            long until = i + 1 < points.size() ? points.get(i + 1).step() : plot.steps();
            int from = Math.min(WIDTH - 1, column(point.step(), plot.steps()));
            Arrays.fill(rows[HEIGHT - 1 - row], from, Math.max(from + 1, column(until, plot.steps())), '*');
        }
        return framed(rows, plot, bottom, range);
    }

    /** Few steps are as wide as many columns; many share one. */
    private static int column(long step, long steps) {
        return (int) Math.min(WIDTH, (double) step / steps * WIDTH);
    }

    private static List<String> framed(char[][] rows, SchedulePlot plot, double bottom, double range) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < HEIGHT; row++) {
            boolean labelled = row == 0 || row == HEIGHT / 2 || row == HEIGHT - 1;
            double height = bottom + range * (HEIGHT - 1 - row) / (HEIGHT - 1);
            double value = plot.logarithmic() ? Math.pow(10, height) : height;
            String label = labelled ? Numbers.text(value) : "";
            lines.add(("%" + LABEL + "s |%s")
                    .formatted(label, new String(rows[row]))
                    .stripTrailing());
        }
        lines.add(" ".repeat(LABEL) + " +" + "-".repeat(WIDTH));
        String last = Long.toString(plot.steps() - 1);
        lines.add(" ".repeat(LABEL + 2) + "0" + ("%" + (WIDTH - 1) + "s").formatted("step " + last));
        return lines;
    }
}
