package org.thalweg.lab.landscape;

import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thalweg.lab.figure.Field;
import org.thalweg.lab.figure.Heights;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.figure.Mark;
import org.thalweg.lab.figure.Terrain;
import org.thalweg.lab.figure.Track;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.picture.Metrics;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line.Style;
import org.thalweg.train.Score;

/** Landscapes as figures. */
final class LandscapeFigures {
    private LandscapeFigures() {}

    /** The loss along a line, and each metric. */
    static List<Chart> charts(Profile profile) {
        String across = "0 %s, 1 %s".formatted(profile.from(), profile.to());
        Chart loss = chart("Loss on the line", "", across, Chart.Fit.VALUES, profile, Score::loss);
        TreeSet<String> names =
                new TreeSet<>(profile.train().scores().getFirst().metrics().keySet());
        return IntStream.rangeClosed(0, names.size())
                .mapToObj(i -> i == 0 ? loss : metric(List.copyOf(names).get(i - 1), across, profile))
                .filter(chart -> !chart.isEmpty())
                .toList();
    }

    private static Chart metric(String name, String across, Profile profile) {
        Metrics.Shown shown = Metrics.shown(name);
        boolean percent = shown.unit().equals("%");
        return chart(
                shown.name(),
                shown.unit(),
                across,
                percent ? Chart.Fit.PERCENT : Chart.Fit.VALUES,
                profile,
                score -> shown.factor() * score.metrics().getOrDefault(name, Double.NaN));
    }

    private static Chart chart(
            String title, String unit, String across, Chart.Fit fit, Profile profile, ToDoubleFunction<Score> value) {
        return new Chart(
                title,
                unit,
                across,
                fit,
                List.of(
                        new org.thalweg.lab.svg.Line(
                                "training examples", curve(profile.train(), value), Style.PLAIN, Hue.BLUE.css()),
                        new org.thalweg.lab.svg.Line(
                                "test examples", curve(profile.test(), value), Style.SQUARES, Hue.ORANGE.css())));
    }

    static Curve curve(Line line, ToDoubleFunction<Score> value) {
        List<Integer> points = IntStream.range(0, line.axis().count()).boxed().toList();
        return Curve.of(
                points, line.axis()::at, i -> value.applyAsDouble(line.scores().get(i)));
    }

    /** A plane with the network in the middle of it. */
    static Terrain terrain(Surroundings surroundings) {
        Plane plane = surroundings.plane();
        double[][] z = plane.losses().stream().map(LandscapeFigures::array).toArray(double[][]::new);
        Field field = new Field(array(plane.x().values()), array(plane.y().values()), z);
        boolean way = surroundings.way().isPresent();
        List<Track> tracks =
                surroundings.way().map(it -> track(it, field)).stream().toList();
        return new Terrain(
                "Loss",
                way ? across(surroundings, 0) : "first direction",
                way ? across(surroundings, 1) : "second direction",
                field,
                Heights.of(field, floor(plane)),
                tracks,
                List.of(new Mark("the trained network", Mark.Kind.MINIMUM, 0, 0)));
    }

    /** Heights are counted from 0, which no usual loss is below. */
    private static OptionalDouble floor(Plane plane) {
        return plane.scores().stream().anyMatch(score -> score.loss() < 0)
                ? OptionalDouble.empty()
                : OptionalDouble.of(0);
    }

    private static String across(Surroundings surroundings, int direction) {
        double share = surroundings.way().orElseThrow().explained().get(direction);
        return "principal direction %d (%.1f %% of the way)".formatted(direction + 1, 100 * share);
    }

    private static Track track(Surroundings.Way way, Field field) {
        double[] x = array(way.x());
        double[] y = array(way.y());
        double[] z = IntStream.range(0, x.length)
                .mapToDouble(i -> field.between(
                        share(x[i], field.window().left(), field.window().right()),
                        share(y[i], field.window().bottom(), field.window().top())))
                .toArray();
        return new Track("training, from its first weights", Hue.ORANGE, false, x, y, z);
    }

    private static double share(double value, double from, double to) {
        return Math.clamp((value - from) / (to - from), 0, 1);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
