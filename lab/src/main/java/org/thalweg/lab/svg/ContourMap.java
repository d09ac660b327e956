package org.thalweg.lab.svg;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.thalweg.lab.figure.Isolines;
import org.thalweg.lab.figure.Mark;
import org.thalweg.lab.figure.Relief;
import org.thalweg.lab.figure.Scale;
import org.thalweg.lab.figure.Terrain;
import org.thalweg.lab.figure.Track;
import org.thalweg.lab.figure.Window;
import org.thalweg.lab.picture.Numbers;

/**
 * A map with lines of equal height, the ways that were taken, and a scale of heights. {@link Player} shows the ways as
 * they grow.
 */
public record ContourMap(Terrain terrain) {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 500;
    private static final int LEFT = 56;
    private static final int RIGHT = 92;
    private static final int TOP = 10;
    private static final int BOTTOM = 44;
    private static final int TICKS = 7;
    private static final int BAR = 14;
    private static final int BAR_GAP = 16;
    private static final int MOST_LABELS = 9;
    /** The figure. */
    public Element figure() {
        Element caption = Element.of("figcaption", Element.text("b", terrain.title()));
        for (Track track : terrain.tracks()) {
            caption = caption.and(key(track));
        }
        return Element.of("figure", caption, picture()).classed("chart map");
    }

    private static Element key(Track track) {
        return Element.of(
                        "span",
                        svg(26, 10, stroke(track).with("d", "M1 5H25")).with("aria-hidden", "true"),
                        new Node.Text(track.name()))
                .classed("key");
    }

    private Element picture() {
        Window window = terrain.field().window();
        Scale right = Scale.exactly(window.left(), window.right(), LEFT, WIDTH - RIGHT);
        Scale up = Scale.exactly(window.bottom(), window.top(), HEIGHT - BOTTOM, TOP);
        List<Node> sheet = new ArrayList<>();
        sheet.add(relief());
        sheet.addAll(isolines(right, up));
        terrain.marks().forEach(mark -> sheet.add(mark(mark, right.at(mark.x()), up.at(mark.y()))));
        terrain.tracks().forEach(track -> sheet.addAll(way(track, right, up)));
        String clip =
                "sheet-" + Integer.toHexString((terrain.title() + terrain.across() + terrain.upwards()).hashCode());
        List<Node> parts = new ArrayList<>();
        parts.add(Element.of("clipPath", frame()).with("id", clip));
        parts.add(Element.of("g", sheet).with("clip-path", "url(#%s)".formatted(clip)));
        parts.add(frame().classed("frame"));
        parts.addAll(axes(right, up));
        parts.addAll(bar());
        return svg(WIDTH, HEIGHT, parts.toArray(Node[]::new))
                .with("role", "img")
                .with("aria-label", description());
    }

    private static Element frame() {
        return Element.of("rect")
                .with("x", LEFT)
                .with("y", TOP)
                .with("width", WIDTH - RIGHT - LEFT)
                .with("height", HEIGHT - BOTTOM - TOP);
    }

    private Element relief() {
        BufferedImage image = Relief.image(
                terrain.field(), terrain.heights(), (WIDTH - RIGHT - LEFT) / 2, (HEIGHT - BOTTOM - TOP) / 2);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
        return Element.of("image")
                .classed("relief")
                .with("x", LEFT)
                .with("y", TOP)
                .with("width", WIDTH - RIGHT - LEFT)
                .with("height", HEIGHT - BOTTOM - TOP)
                .with("preserveAspectRatio", "none")
                .with("href", data);
    }

    private List<Element> isolines(Scale right, Scale up) {
        List<Element> lines = new ArrayList<>();
        for (double level : terrain.heights().levels()) {
            StringBuilder path = new StringBuilder();
            for (Isolines.Piece piece : Isolines.at(level, terrain.field())) {
                path.append('M')
                        .append(Coordinate.text(right.at(piece.fromX())))
                        .append(' ')
                        .append(Coordinate.text(up.at(piece.fromY())));
                path.append('L')
                        .append(Coordinate.text(right.at(piece.toX())))
                        .append(' ')
                        .append(Coordinate.text(up.at(piece.toY())));
            }
            lines.add(Element.of("path")
                    .classed("isoline")
                    .with("d", path.toString())
                    .hover(Numbers.text(level)));
        }
        return lines;
    }

    private static Element mark(Mark mark, double x, double y) {
        Element shape = switch (mark.kind()) {
            case START ->
                Element.of("circle")
                        .with("cx", Coordinate.text(x))
                        .with("cy", Coordinate.text(y))
                        .with("r", 5);
            case MINIMUM -> Element.of("path").with("d", star(x, y));
        };
        return shape.classed(mark.kind() == Mark.Kind.START ? "start" : "minimum")
                .hover(mark.name());
    }

    private static String star(double x, double y) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            double radius = i % 2 == 0 ? 9 : 3.8;
            double angle = Math.PI * (i / 5.0 - 0.5);
            path.append(i == 0 ? 'M' : 'L').append(Coordinate.text(x + radius * Math.cos(angle)));
            path.append(' ').append(Coordinate.text(y + radius * Math.sin(angle)));
        }
        return path.append('Z').toString();
    }

    /** The way on a light border, so that it can be seen on any ground, and its end. */
    private static List<Element> way(Track track, Scale right, Scale up) {
        String path = path(track, right, up);
        if (path.isEmpty()) {
            return List.of();
        }
        String[] end = path.substring(Math.max(path.lastIndexOf('L'), 0) + 1).split(" ");
        return List.of(
                Element.of("path").classed("casing grows").with("d", path),
                stroke(track).classed("line grows").with("d", path),
                Element.of("circle")
                        .classed("head")
                        .with("style", "fill:" + track.hue().css())
                        .with("cx", end[0])
                        .with("cy", end[1])
                        .with("r", 4.5)
                        .hover(track.name()));
    }

    /** A point for each of the track's, as far as they are finite. */
    private static String path(Track track, Scale right, Scale up) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < track.x().length && track.isFinite(i); i++) {
            path.append(i == 0 ? 'M' : 'L').append(Coordinate.text(right.at(track.x()[i])));
            path.append(' ').append(Coordinate.text(up.at(track.y()[i])));
        }
        return path.toString();
    }

    private static Element stroke(Track track) {
        String dashes = track.dashed() ? ";stroke-dasharray:6 4" : "";
        return Element.of("path")
                .classed("line")
                .with("style", "stroke:" + track.hue().css() + dashes);
    }

    private List<Element> axes(Scale right, Scale up) {
        List<Element> parts = new ArrayList<>();
        for (double tick : up.ticks(TICKS)) {
            parts.add(label(Numbers.text(tick), LEFT - 8, up.at(tick) + 4, "end"));
        }
        for (double tick : right.ticks(TICKS)) {
            parts.add(label(Numbers.text(tick), right.at(tick), HEIGHT - BOTTOM + 18, "middle"));
        }
        double middle = (HEIGHT - BOTTOM + TOP) / 2.0;
        parts.add(label(terrain.across(), (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle"));
        parts.add(label(terrain.upwards(), 12, middle, "middle")
                .with("transform", "rotate(-90 12 %s)".formatted(Coordinate.text(middle))));
        return parts;
    }

    /** The heights of the lines, from the lowest band at the bottom to the highest. */
    private List<Element> bar() {
        List<Element> parts = new ArrayList<>();
        int bands = terrain.heights().levels().size() + 1;
        double height = (HEIGHT - BOTTOM - TOP) / (double) bands;
        int every = Math.ceilDiv(bands, MOST_LABELS);
        for (int band = 0; band < bands; band++) {
            double bottom = HEIGHT - BOTTOM - band * height;
            parts.add(Element.of("rect")
                    .classed("relief")
                    .with("style", "fill:#%06x".formatted(Relief.rgb(band, bands)))
                    .with("x", WIDTH - RIGHT + BAR_GAP)
                    .with("y", Coordinate.text(bottom - height))
                    .with("width", BAR)
                    .with("height", Coordinate.text(height)));
            if (band > 0 && (band - 1) % every == 0) {
                String level = Numbers.text(terrain.heights().levels().get(band - 1));
                parts.add(label(level, WIDTH - RIGHT + BAR_GAP + BAR + 6, bottom + 4, "start"));
            }
        }
        return parts;
    }

    private static Element label(String text, double x, double y, String anchor) {
        return Element.text("text", text)
                .with("x", Coordinate.text(x))
                .with("y", Coordinate.text(y))
                .with("text-anchor", anchor);
    }

    /** For people who do not see the picture. */
    private String description() {
        List<String> ways = terrain.tracks().stream()
                .filter(track -> track.x().length > 0)
                .map(track ->
                        "%s ends at %s, %s".formatted(track.name(), spoken(last(track.x())), spoken(last(track.y()))))
                .toList();
        return String.join(
                "; ",
                "Map of %s over %s and %s".formatted(terrain.title(), terrain.across(), terrain.upwards()),
                String.join("; ", ways));
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }

    private static String spoken(double value) {
        return Double.isFinite(value) ? Numbers.text(value) : "no number";
    }

    private static Element svg(int width, int height, Node... parts) {
        return Element.of("svg", parts)
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", "0 0 %d %d".formatted(width, height));
    }
}
