package org.thalweg.train.tensorboard;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.Score;
import org.thalweg.train.StepMetrics;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.model.Plan;

/**
 * Writes a run's course for TensorBoard, in the run's own directory: {@code tensorboard --logdir runs} shows all runs side by
 * side. Loss, rate and time of every tenth step, and every epoch's scores, stand over the step.
 */
public final class TensorBoard implements TrainingListener, AutoCloseable {
    private static final int STEPS_PER_POINT = 10;

    private Optional<EventFile> file = Optional.empty();

    /** @throws UncheckedIOException if the file cannot be made */
    @Override
    public void started(Path run, Plan plan, long steps) {
        file = Optional.of(new EventFile(run));
    }

    @Override
    public void stepped(StepMetrics metrics) {
        if (metrics.step() == 1 || metrics.step() % STEPS_PER_POINT == 0) {
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("loss/step", metrics.loss());
            values.put("rate", metrics.rate());
            values.put("milliseconds a step", metrics.millis());
            write(metrics.step(), values);
        }
    }

    @Override
    public void epochEnded(EpochMetrics metrics) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("epoch", (double) metrics.epoch());
        values.put("loss/train", metrics.trainLoss());
        metrics.validation().ifPresent(score -> add(values, "validation", score));
        add(values, "test", metrics.test());
        write(metrics.steps(), values);
    }

    private static void add(Map<String, Double> values, String part, Score score) {
        values.put("loss/" + part, score.loss());
        score.metrics().forEach((name, value) -> values.put(name + "/" + part, value));
    }

    private void write(long step, Map<String, Double> values) {
        file.ifPresent(events -> events.scalars(step, values));
    }

    @Override
    public void close() {
        file.ifPresent(EventFile::close);
        file = Optional.empty();
    }
}
