package org.thalweg.lab.picture;

import java.awt.Color;
import java.awt.Font;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.lab.descent.DescentView;
import org.thalweg.lab.descent.Trajectory;
import org.thalweg.lab.figure.Terrain;

/** The ways that rules took on a problem, as one picture: a map where there is one, the losses, and a legend with the numbers. */
public final class DescentPicture {
    static final int WIDTH = 1800;
    static final int HEIGHT = 1040;
    private static final int MARGIN = 36;
    private static final int HEADER = 130;
    private static final int MAP = 1060;
    private static final int LINE = 40;
    private static final int MOST_LISTED = 10;
    private static final int MOST_LABELS = 6;

    private DescentPicture() {}

    /**
     * Draws a PNG file, 1800 pixels wide and 1040 high.
     *
     * @param file is overwritten; its folder is made if need be
     * @throws IllegalArgumentException if it is a folder
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public static void write(DescentView view, Path file) {
        draw(view).write(file);
    }

    static Canvas draw(DescentView view) {
        Canvas canvas = new Canvas(WIDTH, HEIGHT);
        int room = WIDTH - 2 * MARGIN;
        canvas.text(view.descent().problem().name(), Font.BOLD, 40, Panel.INK, MARGIN, 62, room);
        canvas.text(remarks(view), Font.PLAIN, 26, Panel.SOFT_INK, MARGIN, 106, room);
        int listed = Math.min(view.trajectories().size(), MOST_LISTED);
        int legend = (listed + 1) * LINE;
        Optional<Terrain> terrain = view.terrain();
        int left = terrain.isPresent() ? MAP + MARGIN / 2 : MARGIN / 2;
        terrain.ifPresent(map -> canvas.paint(new MapPanel(map), 0, HEADER, MAP, HEIGHT - HEADER));
        canvas.paint(
                curves(view.lossTitle(), view.losses()),
                left,
                HEADER,
                WIDTH - left - MARGIN / 2,
                HEIGHT - HEADER - legend);
        for (int i = 0; i < listed; i++) {
            legend(canvas, view, i, left + 40, HEIGHT - legend + i * LINE + 30);
        }
        return canvas;
    }

    private static String remarks(DescentView view) {
        List<String> words =
                new ArrayList<>(List.of("%,d steps".formatted(view.descent().steps()), "float32"));
        boolean minima = !view.descent().problem().minima().isEmpty();
        if (view.window().isPresent()) {
            words.add(minima ? "ring: start, star: minimum" : "ring: start");
        }
        if (Double.isFinite(view.descent().problem().least().orElse(Double.NaN))) {
            words.add("steps until within " + Numbers.text(view.descent().tolerance()));
        }
        return String.join("  ·  ", words);
    }

    private static Panel curves(String title, List<DescentView.Line> lines) {
        Panel panel = new Panel(title, "step").labels(MOST_LABELS);
        boolean logarithmic =
                Curve.spansDecades(lines.stream().map(DescentView.Line::curve).toList());
        for (int i = 0; i < lines.size(); i++) {
            DescentView.Line line = lines.get(i);
            Curve curve = Panel.labelled(line.curve(), logarithmic);
            panel.line(String.valueOf(i), curve, line.hue().colour(), line.dashed());
        }
        if (logarithmic) {
            panel.logarithmic();
        }
        return panel;
    }

    private static void legend(Canvas canvas, DescentView view, int number, int x, int baseline) {
        Trajectory way = view.trajectories().get(number);
        Color colour = view.hue(number).colour();
        canvas.text(view.dashed(number) ? "╍╍" : "━━", Font.BOLD, 26, colour, x, baseline, 60);
        int room = WIDTH - x - MARGIN;
        canvas.text(DescentView.label(way), Font.PLAIN, 26, Panel.INK, x + 74, baseline, room - 320);
        canvas.text(result(way), Font.PLAIN, 26, Panel.SOFT_INK, x + room - 235, baseline, 235);
    }

    private static String result(Trajectory way) {
        return switch (way.outcome()) {
            case REACHED -> "%,d steps".formatted(way.stepsToTolerance().orElse(way.steps()));
            case FELL -> "out after %,d steps".formatted(way.stepsToEscape().orElse(way.steps()));
            case PASSED, UNDER_WAY, DIVERGED -> way.outcome().words();
        };
    }
}
