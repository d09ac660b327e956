package org.thalweg.lab.descent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.thalweg.lab.figure.Field;
import org.thalweg.lab.figure.Heights;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.figure.Mark;
import org.thalweg.lab.figure.Terrain;
import org.thalweg.lab.figure.Track;
import org.thalweg.lab.figure.Window;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.problem.Problem;

/**
 * Ways that were taken from one start, as figures show them: at a few hundred frames at most, spread evenly over the steps.
 *
 * @param trajectories in the order of the legend
 * @param window the part of the plane to show, of a problem of two variables
 */
public record DescentView(Descent descent, List<Trajectory> trajectories, Optional<Window> window) {
    private static final int MOST_FRAMES = 600;
    private static final int COLUMNS = 181;
    private static final int ROWS = 161;
    private static final double MARGIN = 0.08;
    /** Below this a loss in float32 is chance, and a logarithmic axis would show nothing else. */
    private static final double LEAST_SHOWN = 1e-14;
    /** A curve is shown up to so many times the highest start, and fewer on the linear axis of a function that falls without end. */
    private static final double MOST_SHOWN = 100;

    private static final double MOST_SHOWN_FALLING = 4;

    /** A way's curve, with how it is drawn. */
    public record Line(String name, Hue hue, boolean dashed, Curve curve) {}

    public DescentView {
        trajectories = List.copyOf(trajectories);
    }

    /** The problem's own window, widened to show the start. */
    public DescentView(Descent descent, List<Trajectory> trajectories) {
        this(descent, trajectories, window(descent));
    }

    private static Optional<Window> window(Descent descent) {
        return descent.problem().window().map(window -> {
            double x = descent.start().get(0);
            double y = descent.start().get(1);
            double across = MARGIN * (window.right() - window.left());
            double up = MARGIN * (window.top() - window.bottom());
            return window.contains(x, y)
                    ? window
                    : new Window(
                            Math.min(window.left(), x - across),
                            Math.max(window.right(), x + across),
                            Math.min(window.bottom(), y - up),
                            Math.max(window.top(), y + up));
        });
    }

    private Problem problem() {
        return descent.problem();
    }

    /** A rule with its rate, as legends name it. */
    public static String label(Trajectory trajectory) {
        return trajectory.rule().name()
                + trajectory.rule().rateText().map(", lr "::concat).orElse("");
    }

    /** The colour of the way with that number, from 0. */
    public Hue hue(int number) {
        return Hue.of(number);
    }

    /** Whether the way with that number shares its colour with one before it. */
    public boolean dashed(int number) {
        return number / Hue.values().length % 2 == 1;
    }

    /** The steps that are shown, ascending, the first and the last among them. */
    public int[] frames() {
        int last = trajectories.stream().mapToInt(Trajectory::steps).max().orElse(0);
        int count = Math.min(last, MOST_FRAMES - 1);
        return IntStream.rangeClosed(0, count)
                .map(i -> count == 0 ? 0 : (int) ((long) i * last / count))
                .toArray();
    }

    /** What is on the map; empty for a problem that has not two variables. */
    public Optional<Terrain> terrain() {
        return window.map(view -> {
            Field field = Field.of(view, COLUMNS, ROWS, (x, y) -> problem().value(new double[] {x, y}));
            double least = problem().least().orElse(Double.NaN);
            Heights heights =
                    Heights.of(field, Double.isFinite(least) ? OptionalDouble.of(least) : OptionalDouble.empty());
            List<Track> tracks = new ArrayList<>();
            for (int i = 0; i < trajectories.size(); i++) {
                tracks.add(track(i));
            }
            return new Terrain("loss", "x", "y", field, heights, tracks, marks());
        });
    }

    private List<Mark> marks() {
        List<Mark> marks = new ArrayList<>();
        marks.add(new Mark(
                "start",
                Mark.Kind.START,
                descent.start().get(0),
                descent.start().get(1)));
        problem().minima().forEach(at -> marks.add(new Mark("minimum", Mark.Kind.MINIMUM, at[0], at[1])));
        return marks;
    }

    private Track track(int number) {
        Trajectory way = trajectories.get(number);
        return new Track(
                label(way),
                hue(number),
                dashed(number),
                atFrames(way, step -> way.points()[step][0]),
                atFrames(way, step -> way.points()[step][1]),
                atFrames(way, step -> way.losses()[step]));
    }

    private double[] atFrames(Trajectory way, IntToDoubleFunction value) {
        return Arrays.stream(frames())
                .filter(step -> step <= way.steps())
                .mapToDouble(value)
                .toArray();
    }

    /** What the losses are measured from: the least value where it is finite and known, else 0. */
    private double origin() {
        double least = problem().least().orElse(0);
        return Double.isFinite(least) ? least : 0;
    }

    /** What {@link #losses} shows. */
    public String lossTitle() {
        return origin() == 0 ? "Loss" : "Loss above the least";
    }

    /** The losses by step. */
    public List<Line> losses() {
        return lines(way -> step -> way.losses()[step] - origin());
    }

    /** The distance to the nearest minimum by step; nothing where that is not known. */
    public List<Line> distances() {
        return problem().distance(problem().start()).isEmpty()
                ? List.of()
                : lines(way -> step -> problem().distance(way.points()[step]).orElse(Double.NaN));
    }

    /** The one variable by step, of a problem that has no more. */
    public List<Line> positions() {
        return problem().dimension() == 1 ? lines(way -> step -> way.points()[step][0]) : List.of();
    }

    /** How a way's value by step is found. */
    private interface Values {
        IntToDoubleFunction of(Trajectory way);
    }

    private List<Line> lines(Values values) {
        boolean falls = problem().least().orElse(0) == Double.NEGATIVE_INFINITY;
        double most = (falls ? MOST_SHOWN_FALLING : MOST_SHOWN)
                * trajectories.stream()
                        .mapToDouble(way -> Math.abs(values.of(way).applyAsDouble(0)))
                        .max()
                        .orElse(1);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < trajectories.size(); i++) {
            Trajectory way = trajectories.get(i);
            double[] y = atFrames(way, values.of(way));
            int shown = (int) Arrays.stream(y)
                    .takeWhile(value -> most == 0 || Math.abs(value) <= most)
                    .count();
            double[] curve =
                    Arrays.stream(y, 0, shown).map(DescentView::visible).toArray();
            double[] x = Arrays.stream(frames(), 0, shown).asDoubleStream().toArray();
            lines.add(new Line(label(way), hue(i), dashed(i), new Curve(x, curve)));
        }
        return lines;
    }

    /** Exact zeros, and what rounding leaves around them, have no place on a logarithmic axis. */
    private static double visible(double value) {
        return Math.abs(value) < LEAST_SHOWN ? LEAST_SHOWN : value;
    }
}
