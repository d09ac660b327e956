package org.thalweg.lab.picture;

import java.awt.Font;
import java.nio.file.Path;
import java.util.List;
import org.thalweg.lab.figure.Terrain;

/** Landscapes as one picture: lines and maps side by side. */
public final class LandscapePicture {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 900;
    private static final int HEADER = 70;
    private static final int MARGIN = 36;

    private LandscapePicture() {}

    /**
     * The loss along a line.
     *
     * @param title what lies at its ends
     * @param train over training examples
     * @param test over test examples
     */
    public record Lines(String title, Curve train, Curve test) {}

    /**
     * Draws a PNG file, 900 pixels high and 1000 wide for each.
     *
     * @param file is overwritten; its folder is made if need be
     * @throws IllegalArgumentException if it is a folder, or there is nothing to draw
     */
    public static void write(List<Lines> lines, List<Terrain> maps, Path file) {
        int count = lines.size() + maps.size();
        if (count == 0) {
            throw new IllegalArgumentException("a picture of a landscape shows at least one line or plane");
        }
        Canvas canvas = new Canvas(count * WIDTH, HEIGHT);
        int x = 0;
        for (Lines line : lines) {
            panel(canvas, line.title(), chart(line), x);
            x += WIDTH;
        }
        for (Terrain map : maps) {
            panel(canvas, map.title(), new MapPanel(map), x);
            x += WIDTH;
        }
        canvas.write(file);
    }

    private static void panel(Canvas canvas, String title, Painting painting, int x) {
        canvas.text(title, Font.BOLD, 28, Panel.INK, x + MARGIN, HEADER - 20, WIDTH - 2 * MARGIN);
        canvas.paint(painting, x + MARGIN / 2, HEADER, WIDTH - MARGIN, HEIGHT - HEADER - MARGIN / 2);
    }

    private static Panel chart(Lines line) {
        Panel panel = new Panel("", "share of the way");
        panel.line("training examples", line.train(), Panel.BLUE);
        panel.points("test examples", line.test(), Panel.ORANGE);
        if (Curve.spansDecades(List.of(line.train(), line.test()))) {
            panel.logarithmic();
        }
        return panel.legend(Panel.Corner.TOP_RIGHT);
    }
}
