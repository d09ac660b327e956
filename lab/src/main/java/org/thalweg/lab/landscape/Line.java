package org.thalweg.lab.landscape;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.thalweg.train.Score;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.run.Document;

/**
 * The loss on the straight line between two sets of weights: {@code (1 - t) from + t to}, running statistics of normalisations
 * included, without which the loss between would not be that of any network.
 *
 * <p>Source: Goodfellow, Vinyals and Saxe, Qualitatively Characterizing Neural Network Optimization Problems, ICLR 2015; the
 * statistics as in the authors' code of Li et al., 2018.
 *
 * @param axis the values of t
 * @param scores at each of them
 */
public record Line(Axis axis, List<Score> scores) {
    public Line {
        scores = List.copyOf(scores);
    }

    /**
     * Takes the scores along a line.
     *
     * @param loss of a network of the same model as both ends
     * @param settings whatever else the scores depend on, such as which examples they are over
     */
    public static Line between(
            float[] from, float[] to, Axis axis, MeanLoss loss, Map<String, Object> settings, Survey survey) {
        Place place = new Place(loss.network());
        Map<String, Object> all = Document.fields(
                "kind", "line", "from", Survey.checksum(from), "to", Survey.checksum(to), "axis", axis.toString());
        all.putAll(settings);
        IntFunction<float[]> at = i -> mixed(from, to, axis.at(i));
        return new Line(axis, survey.scores(loss, place, axis.count(), at, "line", all));
    }

    private static float[] mixed(float[] from, float[] to, double t) {
        float[] mixed = new float[from.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (float) ((1 - t) * from[i] + t * to[i]);
        }
        return mixed;
    }

    /**
     * How far the loss between the two ends rises above the straight line between their losses: 0 where it does not. Frankle,
     * Dziugaite, Roy and Carbin (Linear Mode Connectivity, ICML 2020) speak of instability, and take the mean of the ends.
     */
    public double barrier() {
        double barrier = 0;
        for (int i = 0; i < scores.size(); i++) {
            double t = axis.at(i);
            if (t > 0 && t < 1) {
                barrier = Math.max(barrier, loss(i) - (1 - t) * near(0) - t * near(1));
            }
        }
        return barrier;
    }

    /** How far the loss rises at most on the way from the first end to the second: 0 where it falls all the way. */
    public double rise() {
        double rise = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < scores.size(); i++) {
            double t = axis.at(i);
            if (t >= 0 && t <= 1) {
                lowest = Math.min(lowest, loss(i));
                rise = Math.max(rise, loss(i) - lowest);
            }
        }
        return rise;
    }

    private double loss(int i) {
        return scores.get(i).loss();
    }

    /** The loss at the point that is nearest to a place. */
    private double near(double t) {
        int nearest = 0;
        for (int i = 1; i < scores.size(); i++) {
            if (Math.abs(axis.at(i) - t) < Math.abs(axis.at(nearest) - t)) {
                nearest = i;
            }
        }
        return loss(nearest);
    }
}
