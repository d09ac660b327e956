package org.thalweg.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.Score;
import org.thalweg.train.StepMetrics;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.model.Plan;

/** Shows training while it goes on: a bar where a person watches, and a line for each epoch. */
final class Progress implements TrainingListener, AutoCloseable {
    private static final int WIDTH = 100;
    private static final int MILLIS_BETWEEN_UPDATES = 100;

    private final PrintStream err;
    private final TrainingConfig config;
    private Optional<ProgressBar> bar = Optional.empty();

    Progress(PrintStream err, TrainingConfig config) {
        this.err = err;
        this.config = config;
    }

    @Override
    public void started(Path run, Plan plan, long steps) {
        err.printf(
                "%s, %,d parameters, %,d steps of %d%n",
                config.model().name(), plan.parameters(), steps, config.batch());
        if (Terminal.isWatched()) {
            bar = Optional.of(new ProgressBarBuilder()
                    .setInitialMax(steps)
                    .setTaskName("training")
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(MILLIS_BETWEEN_UPDATES)
                    .setMaxRenderedLength(WIDTH)
                    .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                    .build());
        }
    }

    @Override
    public void resumed(long steps) {
        err.printf("going on after step %,d%n", steps);
        bar.ifPresent(b -> b.stepTo(steps));
    }

    @Override
    public void stepped(StepMetrics metrics) {
        bar.ifPresent(
                b -> b.setExtraMessage("loss %.3f".formatted(metrics.loss())).stepTo(metrics.step()));
    }

    @Override
    public void epochEnded(EpochMetrics metrics) {
        // A new line below the bar's: the bar draws itself again under it.
        String line = "epoch %2d  train loss %.4f  %s%.1f s"
                .formatted(metrics.epoch(), metrics.trainLoss(), scores(metrics), metrics.seconds());
        err.println(bar.isPresent() ? "\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())) : line);
    }

    private static String scores(EpochMetrics metrics) {
        String validation = metrics.validation()
                .map(score -> "validation %s  ".formatted(quality(score)))
                .orElse("");
        return validation + "test %s  ".formatted(quality(metrics.test()));
    }

    private static String quality(Score score) {
        return Double.isNaN(score.accuracy())
                ? "loss %.4f".formatted(score.loss())
                : "%.2f %%".formatted(100 * score.accuracy());
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
    }
}
