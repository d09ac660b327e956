package org.thalweg.lab.scaling;

import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.thalweg.lab.picture.RunLog;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.TrainingConfig;

/** What a run is to reach once more, in other batches or with more workers. */
public final class Targets {
    private Targets() {}

    /**
     * The whole run, or its way to a score on the test part.
     *
     * @param text such as {@code accuracy=0.9} or {@code loss=0.3}; a loss is reached from above, any other metric from below
     * @throws IllegalArgumentException if the text is no such, or the run never came there
     */
    public static Job.Reached of(RunLog log, TrainingConfig config, Optional<String> text) {
        return text.map(wanted -> first(log, config, wanted)).orElseGet(() -> whole(log, config));
    }

    private static Job.Reached whole(RunLog log, TrainingConfig config) {
        long logged = log.steps().getLast().step();
        long steps = log.epochs().isEmpty()
                ? logged
                : Math.max(logged, log.epochs().getLast().steps());
        return new Job.Reached(
                steps,
                config.batch(),
                "the end of the run, %,d steps of %,d examples".formatted(steps, config.batch()));
    }

    private static Job.Reached first(RunLog log, TrainingConfig config, String text) {
        String[] parts = text.split("=", -1);
        double wanted = parts.length == 2 ? number(parts[1]) : Double.NaN;
        if (Double.isNaN(wanted)) {
            throw new IllegalArgumentException(
                    "a target is a metric of the test part and its value, such as accuracy=0.9, but not '%s'"
                            .formatted(text));
        }
        boolean isLoss = parts[0].equals("loss");
        ToDoubleFunction<EpochMetrics> metric =
                epoch -> isLoss ? epoch.test().loss() : epoch.test().metrics().getOrDefault(parts[0], Double.NaN);
        return log.epochs().stream()
                .filter(epoch -> isLoss ? metric.applyAsDouble(epoch) <= wanted : metric.applyAsDouble(epoch) >= wanted)
                .findFirst()
                .map(epoch -> new Job.Reached(
                        epoch.steps(),
                        config.batch(),
                        "test %s %s %s, which the run reached after %,d steps of %,d examples"
                                .formatted(parts[0], isLoss ? "<=" : ">=", parts[1], epoch.steps(), config.batch())))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the run never reached %s on its test part; %s".formatted(text, reached(log, metric))));
    }

    private static String reached(RunLog log, ToDoubleFunction<EpochMetrics> metric) {
        return log.epochs().isEmpty()
                ? "it has no whole epoch"
                : "its last epoch ended with %.4g"
                        .formatted(metric.applyAsDouble(log.epochs().getLast()));
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
