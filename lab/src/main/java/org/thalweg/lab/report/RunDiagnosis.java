package org.thalweg.lab.report;

import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.Score;
import org.thalweg.train.metrics.Diagnosis;
import org.thalweg.train.metrics.LearningCurve;
import tools.jackson.databind.JsonNode;

/** Judges runs on disk by their learning curves. */
public final class RunDiagnosis {
    private RunDiagnosis() {}

    /**
     * Judges a run by its losses in training and on the validation part, or on the test part if it has no other.
     *
     * @param run the directory of one that has completed a step
     * @throws IllegalArgumentException if it is no run's directory
     * @throws org.thalweg.train.data.DataException if it holds no step yet, or is damaged
     */
    public static Diagnosis of(Path run) {
        return of(RunFiles.read(run));
    }

    static Diagnosis of(RunFiles run) {
        List<EpochMetrics> epochs = run.log().epochs();
        boolean validated = !epochs.isEmpty()
                && epochs.stream().allMatch(epoch -> epoch.validation().isPresent());
        ToDoubleFunction<EpochMetrics> heldOut = validated
                ? epoch -> epoch.validation().orElseThrow().loss()
                : epoch -> epoch.test().loss();
        LearningCurve curve = new LearningCurve(
                epochs.stream().map(EpochMetrics::trainLoss).toList(),
                epochs.stream().map(heldOut::applyAsDouble).toList(),
                baseline(run));
        return Diagnosis.of(curve, validated ? "validation" : "test");
    }

    /**
     * The loss of always giving the same best answer: the logarithm of the number of classes or tokens under cross-entropy; what
     * R2 compares with, where it is known; else the loss of the first step, when the model knew as little.
     */
    private static double baseline(RunFiles run) {
        JsonNode task = run.config().path("data").path("task");
        double answers = task.path("classes").asDouble(task.path("vocabulary").asDouble(0));
        if (answers > 1 && run.log().loss().startsWith("cross-entropy")) {
            return Math.log(answers);
        }
        double variance = run.log().epochs().isEmpty()
                ? Double.NaN
                : variance(run.log().epochs().getLast().test());
        double first = run.log().steps().getFirst().loss();
        return variance > 0 ? variance : first > 0 ? first : 1;
    }

    private static double variance(Score score) {
        return score.loss() / (1 - score.metrics().getOrDefault("r2", Double.NaN));
    }
}
