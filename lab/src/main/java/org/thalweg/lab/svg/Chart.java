package org.thalweg.lab.svg;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.thalweg.lab.figure.Scale;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.picture.Numbers;

/**
 * Curves over one axis as a figure: a caption that names them, and a picture without script, in which a pointer finds the
 * numbers.
 *
 * @param title what goes upwards
 * @param unit of what goes upwards; empty for none
 * @param across what goes to the right
 * @param logarithmic whether equal factors are equally far apart to the right
 * @param fit which values go upwards
 * @param lines those without a point are left out
 */
public record Chart(String title, String unit, String across, boolean logarithmic, Fit fit, List<Line> lines) {
    static final int WIDTH = 560;
    static final int HEIGHT = 300;
    /** The width of a line's sample in the legend. */
    static final int SAMPLE = 26;

    private static final int LEFT = 58;
    private static final int RIGHT = 14;
    private static final int TOP = 12;
    private static final int BOTTOM = 44;
    private static final int X_TICKS = 7;
    private static final int Y_TICKS = 5;
    /** For which there is room left of the axis. */
    private static final int MOST_LETTERS = 6;

    private static final int STRIPS = 56;
    private static final double MARK = 3.4;
    /** Of more lines than these a pointer tells those alone that are in the legend. */
    private static final int MOST_TOLD = 16;

    /** Which values an axis shows. */
    public enum Fit {
        /** Those that there are, logarithmically where they are far apart. */
        VALUES,
        /** From zero on. */
        FROM_ZERO,
        /** Those that there are, 100 at most. */
        PERCENT
    }

    public Chart {
        lines = lines.stream().filter(line -> !line.curve().isEmpty()).toList();
    }

    /** The same distance to the right for the same difference. */
    public Chart(String title, String unit, String across, Fit fit, List<Line> lines) {
        this(title, unit, across, false, fit, lines);
    }

    /** Whether nothing but whole numbers, such as steps, goes to the right: then no others are labelled. */
    private boolean isWhole() {
        return lines.stream()
                .flatMapToDouble(line -> DoubleStream.of(line.curve().x()))
                .allMatch(x -> x == Math.rint(x));
    }

    /** Whether there is nothing to draw. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The figure. */
    public Element figure() {
        Element head = Element.text("b", title);
        Element caption = Element.of("figcaption", head);
        if (!unit.isEmpty()) {
            caption = caption.and(Element.text("span", unit).classed("unit"));
        }
        for (Line line : legend()) {
            caption = caption.and(key(line));
        }
        Node[] parts = Stream.concat(parts().stream(), strips(right()).stream()).toArray(Node[]::new);
        Element picture = svg(WIDTH, HEIGHT, parts).with("role", "img").with("aria-label", description());
        return Element.of("figure", caption, picture).classed("chart");
    }

    /** The lines that have to be named. */
    List<Line> legend() {
        return lines.stream()
                .filter(line -> line.listed() && (lines.size() > 1 || line.marked()))
                .toList();
    }

    private static Element key(Line line) {
        return Element.of(
                        "span",
                        svg(SAMPLE, 10, sample(line).toArray(Node[]::new)).with("aria-hidden", "true"),
                        new Node.Text(line.name()))
                .classed("key");
    }

    /** How a line looks, {@link #SAMPLE} wide around a height of 5. */
    static List<Element> sample(Line line) {
        List<Element> sample = new ArrayList<>();
        if (line.style() != Line.Style.SCATTER) {
            sample.add(stroke(line, "M1 5H%d".formatted(SAMPLE - 1)));
        }
        if (line.marked()) {
            sample.add(mark(line, SAMPLE / 2.0, 5));
        }
        return sample;
    }

    private Scale right() {
        double[] x = values(Curve::x);
        return Scale.exactly(x[0], x[x.length - 1], logarithmic, LEFT, WIDTH - RIGHT);
    }

    /** What is drawn, in a rectangle of {@link #WIDTH} times {@link #HEIGHT}. */
    List<Element> parts() {
        double[] y = values(Curve::y);
        Scale right = right();
        Scale up = up(y[0], y[y.length - 1]);
        List<Element> parts = new ArrayList<>(grid(right, up));
        for (Line line : lines) {
            if (line.style() != Line.Style.SCATTER) {
                parts.add(stroke(line, path(line, right, up)));
            }
        }
        for (Line line : lines) {
            if (line.marked()) {
                parts.addAll(marks(line, right, up));
            }
        }
        return parts;
    }

    private Scale up(double least, double most) {
        return switch (fit) {
            case VALUES -> {
                boolean wide =
                        Curve.spansDecades(lines.stream().map(Line::curve).toList());
                yield Scale.around(least, most, wide, HEIGHT - BOTTOM, TOP);
            }
            case FROM_ZERO -> Scale.exactly(Math.min(0, least), 1.05 * most, HEIGHT - BOTTOM, TOP);
            case PERCENT -> {
                double room = Math.max(0.04 * (most - least), 0.5);
                yield Scale.exactly(Math.max(0, least - room), Math.min(100, most + room), HEIGHT - BOTTOM, TOP);
            }
        };
    }

    /** All finite values of one kind, ascending. */
    private double[] values(Function<Curve, double[]> kind) {
        return lines.stream()
                .flatMapToDouble(line -> DoubleStream.of(kind.apply(line.curve())))
                .sorted()
                .toArray();
    }

    /** For people who do not see the picture: where each curve begins and ends. */
    String description() {
        String curves = String.join(
                "; ",
                lines.stream()
                        .filter(line -> line.style() != Line.Style.FAINT)
                        .map(line -> {
                            double[] y = line.curve().y();
                            return "%s from %s to %s"
                                    .formatted(line.name(), Numbers.text(y[0]), Numbers.text(y[y.length - 1]));
                        })
                        .toList());
        return "%s by %s: %s".formatted(title, across, curves);
    }

    private List<Element> grid(Scale right, Scale up) {
        List<Element> parts = new ArrayList<>();
        for (double tick : up.ticks(Y_TICKS)) {
            double y = up.at(tick);
            parts.add(Element.of("path")
                    .classed("grid")
                    .with("d", "M%d %sH%d".formatted(LEFT, Coordinate.text(y), WIDTH - RIGHT)));
            parts.add(label(Numbers.brief(tick, MOST_LETTERS), LEFT - 8, y + 4, "end"));
        }
        for (double tick : right.ticks(X_TICKS)) {
            if (!isWhole() || tick == Math.rint(tick)) {
                parts.add(label(Numbers.text(tick), right.at(tick), HEIGHT - BOTTOM + 18, "middle"));
            }
        }
        parts.add(label(across, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle")
                .classed("axis"));
        return parts;
    }

    static Element label(String text, double x, double y, String anchor) {
        return Element.text("text", text)
                .with("x", Coordinate.text(x))
                .with("y", Coordinate.text(y))
                .with("text-anchor", anchor);
    }

    private static String path(Line line, Scale right, Scale up) {
        Curve curve = line.curve();
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < curve.x().length; i++) {
            if (i > 0 && line.style() == Line.Style.STAIRS) {
                path.append('H').append(Coordinate.text(right.at(curve.x()[i])));
            }
            path.append(i == 0 ? 'M' : 'L').append(Coordinate.text(right.at(curve.x()[i])));
            path.append(' ').append(Coordinate.text(up.at(curve.y()[i])));
        }
        return path.toString();
    }

    private static Element stroke(Line line, String path) {
        return Element.of("path")
                .classed("line " + line.style().name().toLowerCase(Locale.ROOT))
                .with("style", "stroke:" + line.colour())
                .with("d", path);
    }

    private List<Element> marks(Line line, Scale right, Scale up) {
        List<Element> marks = new ArrayList<>();
        Curve shown = line.curve();
        for (int i = 0; i < shown.x().length; i++) {
            marks.add(mark(line, right.at(shown.x()[i]), up.at(shown.y()[i])));
        }
        return marks;
    }

    private static Element mark(Line line, double x, double y) {
        Element shape = line.style() != Line.Style.SQUARES
                ? Element.of("circle")
                        .with("cx", Coordinate.text(x))
                        .with("cy", Coordinate.text(y))
                        .with("r", MARK)
                : Element.of("rect")
                        .with("x", Coordinate.text(x - MARK))
                        .with("y", Coordinate.text(y - MARK))
                        .with("width", 2 * MARK)
                        .with("height", 2 * MARK);
        return shape.classed("mark").with("style", "fill:" + line.colour());
    }

    /** Upright strips that tell, where the pointer rests, the numbers of every line there. */
    private List<Element> strips(Scale right) {
        double width = (right.end() - right.start()) / STRIPS;
        List<Element> strips = new ArrayList<>();
        for (int i = 0; i < STRIPS; i++) {
            double left = right.start() + i * width;
            double middle = right.value(left + width / 2);
            strips.add(Element.of("rect")
                    .classed("strip")
                    .with("x", Coordinate.text(left))
                    .with("y", TOP)
                    .with("width", Coordinate.text(width))
                    .with("height", HEIGHT - BOTTOM - TOP)
                    .hover(numbersNear(middle)));
        }
        return strips;
    }

    private String numbersNear(double x) {
        List<String> texts = new ArrayList<>();
        for (Line line : lines) {
            if (line.style() != Line.Style.FAINT && (line.listed() || lines.size() <= MOST_TOLD)) {
                int i = nearest(line.curve().x(), x);
                texts.add("%s: %s (%s %s)"
                        .formatted(
                                line.name(),
                                Numbers.text(line.curve().y()[i]),
                                across,
                                Numbers.text(line.curve().x()[i])));
            }
        }
        return String.join("\n", texts);
    }

    private static int nearest(double[] ascending, double x) {
        int best = 0;
        for (int i = 1; i < ascending.length; i++) {
            if (Math.abs(ascending[i] - x) <= Math.abs(ascending[best] - x)) {
                best = i;
            }
        }
        return best;
    }

    static Element svg(int width, int height, Node... parts) {
        return Element.of("svg", parts)
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", "0 0 %d %d".formatted(width, height));
    }
}
