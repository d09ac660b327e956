package org.thalweg.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.thalweg.lab.descent.DescentView;
import org.thalweg.lab.descent.Trajectory;

/**
 * What {@code thalweg descend} answers.
 *
 * @param start where every rule started
 * @param tolerance how near is near enough
 * @param frames the steps at which each way's losses and points are told, as far as it went
 */
record DescentAnswer(
        String problem,
        List<Double> start,
        int steps,
        double tolerance,
        long seed,
        int[] frames,
        List<Way> ways,
        Optional<Path> page,
        Optional<Path> picture) {
    /**
     * One rule's way.
     *
     * @param tuned whether the rate was searched for
     * @param points as many numbers each as the problem has variables; none where it has more than two
     */
    record Way(
            String rule,
            String rate,
            boolean tuned,
            int steps,
            OptionalInt stepsToTolerance,
            OptionalInt stepsToEscape,
            OptionalDouble finalDistance,
            double finalLoss,
            String outcome,
            double[] end,
            List<Double> losses,
            List<double[]> points) {
        static Way of(Trajectory way, int[] frames) {
            List<Integer> shown = Arrays.stream(frames)
                    .filter(step -> step <= way.steps())
                    .boxed()
                    .toList();
            boolean small = way.problem().dimension() <= 2;
            return new Way(
                    way.rule().name(),
                    way.rule().rateText().orElse(""),
                    way.tuned(),
                    way.steps(),
                    way.stepsToTolerance(),
                    way.stepsToEscape(),
                    way.finalDistance(),
                    way.finalLoss(),
                    way.outcome().words(),
                    way.end(),
                    shown.stream().map(step -> way.losses()[step]).toList(),
                    small ? shown.stream().map(step -> way.points()[step]).toList() : List.of());
        }
    }

    static DescentAnswer of(DescentView view, Optional<Path> page, Optional<Path> picture) {
        int[] frames = view.frames();
        return new DescentAnswer(
                view.descent().problem().name(),
                view.descent().start(),
                view.descent().steps(),
                view.descent().tolerance(),
                view.descent().seed(),
                frames,
                view.trajectories().stream().map(way -> Way.of(way, frames)).toList(),
                page,
                picture);
    }
}
