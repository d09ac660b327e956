package org.thalweg.train.tensorboard;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.Score;
import org.thalweg.train.StepMetrics;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.metrics.LayerStatistics;
import org.thalweg.train.model.Plan;
import org.thalweg.train.noise.NoiseScale;
import org.thalweg.train.run.RunDirectory;
import org.thalweg.train.run.RunException;

/**
 * Writes a run's course for TensorBoard, in the run's own directory: {@code tensorboard --logdir runs} shows all runs side by
 * side. Loss, rate and time of every tenth step, every epoch's scores, and what was seen of the layers stand over the step. When
 * the run goes back to a checkpoint, so does the file.
 */
public final class TensorBoard implements TrainingListener {
    private static final int STEPS_PER_POINT = 10;

    private final RunDirectory run;
    private Optional<EventFile> file = Optional.empty();

    /** Will write into the run's directory once training starts. */
    public TensorBoard(RunDirectory run) {
        this.run = run;
    }

    /**
     * Opens the file: not before, for a run that goes on has gone back to a checkpoint by now, and so does the file.
     *
     * @throws RunException if it cannot be written
     */
    @Override
    public void started(Path path, Plan plan, long steps) {
        file = Optional.of(new EventFile(run.appended(EventFile.NAME)));
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

    @Override
    public void looked(LayerStatistics statistics) {
        Map<String, Double> values = new LinkedHashMap<>();
        statistics.ratios().forEach((name, ratio) -> values.put("gradient over weight/" + name, ratio));
        statistics.activations().forEach((layer, moments) -> {
            values.put("activation mean/" + layer, moments.mean());
            values.put("activation variance/" + layer, moments.variance());
        });
        write(statistics.step(), values);
    }

    @Override
    public void noise(long step, NoiseScale scale) {
        write(step, Map.of("gradient noise scale", scale.examples()));
    }

    private void write(long step, Map<String, Double> values) {
        file.ifPresent(events -> events.scalars(step, values));
    }

    private static void add(Map<String, Double> values, String part, Score score) {
        values.put("loss/" + part, score.loss());
        score.metrics().forEach((name, value) -> values.put(name + "/" + part, value));
    }
}
