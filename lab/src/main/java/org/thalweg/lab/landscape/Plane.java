package org.thalweg.lab.landscape;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.thalweg.train.Score;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.run.Document;

/**
 * The loss over a plane: {@code middle + x first + y second}.
 *
 * @param x places along the first direction
 * @param y places along the second
 * @param scores row by row: all x of the first y, and so on
 */
public record Plane(Axis x, Axis y, List<Score> scores) {
    public Plane {
        scores = List.copyOf(scores);
    }

    /**
     * Takes the scores over a plane.
     *
     * @param loss of the network that middle and directions are of
     * @param settings whatever else the scores depend on, such as which examples they are over
     */
    public static Plane of(
            float[] middle,
            float[] first,
            float[] second,
            Axis x,
            Axis y,
            MeanLoss loss,
            Map<String, Object> settings,
            Survey survey) {
        Place place = new Place(loss.network());
        Map<String, Object> all = Document.fields(
                "kind", "plane",
                "middle", Survey.checksum(middle),
                "first", Survey.checksum(first),
                "second", Survey.checksum(second),
                "x", x.toString(),
                "y", y.toString());
        all.putAll(settings);
        IntFunction<float[]> at = i -> moved(middle, first, x.at(i % x.count()), second, y.at(i / x.count()));
        return new Plane(x, y, survey.scores(loss, place, x.count() * y.count(), at, "plane", all));
    }

    private static float[] moved(float[] middle, float[] first, double x, float[] second, double y) {
        float[] moved = new float[middle.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (float) (middle[i] + x * first[i] + y * second[i]);
        }
        return moved;
    }

    /** The losses, a row for each y. */
    public List<List<Double>> losses() {
        return IntStream.range(0, y.count())
                .mapToObj(row -> scores.subList(row * x.count(), (row + 1) * x.count()).stream()
                        .map(Score::loss)
                        .toList())
                .toList();
    }
}
