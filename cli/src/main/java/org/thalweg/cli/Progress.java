package org.thalweg.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.thalweg.lab.picture.Metrics;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.Score;
import org.thalweg.train.StepMetrics;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.model.Plan;

/** Shows training while it goes on: a bar where a person watches, and a line for each epoch. */
final class Progress implements TrainingListener, AutoCloseable {
    private static final int WIDEST = 100;
    private static final int MILLIS_BETWEEN_UPDATES = 100;
    /** How much of a step's time goes into the rate that is shown. */
    private static final double FRESH = 0.05;

    private final PrintStream err;
    private final TrainingConfig config;
    private final int width = Math.min(WIDEST, Terminal.columns() - 1);
    private Optional<ProgressBar> bar = Optional.empty();
    private long began;
    private long doneBefore;
    // Written by the training thread, read by the bar's own.
    private volatile double millis = Double.NaN;
    private volatile double loss = Double.NaN;

    Progress(PrintStream err, TrainingConfig config) {
        this.err = err;
        this.config = config;
    }

    @Override
    public void started(Path run, Plan plan, long steps) {
        err.printf(
                "%s, %,d parameters, %,d steps of %d%n",
                config.model().name(), plan.parameters(), steps, config.batch());
        began = System.nanoTime();
        if (Terminal.isWatched()) {
            bar = Optional.of(new ProgressBarBuilder()
                    .setInitialMax(steps)
                    .setUpdateIntervalMillis(MILLIS_BETWEEN_UPDATES)
                    .setRenderer((state, room) -> padded(line(state), Math.min(room, width)))
                    .setConsumer(new ConsoleProgressBarConsumer(err, width))
                    .build());
        }
    }

    @Override
    public void resumed(long steps) {
        say("going on after step %,d".formatted(steps));
        doneBefore = steps;
        bar.ifPresent(b -> b.stepTo(steps));
    }

    @Override
    public void stepped(StepMetrics metrics) {
        double before = millis;
        millis = Double.isNaN(before) ? metrics.millis() : before + FRESH * (metrics.millis() - before);
        loss = metrics.loss();
        bar.ifPresent(b -> b.stepTo(metrics.step()));
    }

    @Override
    public void epochEnded(EpochMetrics metrics) {
        say("epoch %2d  train loss %.4f  %s%.1f s"
                .formatted(metrics.epoch(), metrics.trainLoss(), scores(metrics), metrics.seconds()));
    }

    @Override
    public void remark(String sentence) {
        say("thalweg: " + sentence);
    }

    /** Prints a line where the bar stands; the bar draws itself again below. */
    private void say(String line) {
        err.println(bar.isPresent() ? "\r" + padded(line, width) : line);
    }

    private static String padded(String line, int width) {
        return line + " ".repeat(Math.max(0, width - line.length()));
    }

    private String line(ProgressState state) {
        long made = state.getCurrent() - doneBefore;
        double secondsEach = (System.nanoTime() - began) / 1e9 / made;
        return new Bar(
                        state.getCurrent(),
                        state.getMax(),
                        1e3 / millis,
                        made > 0 ? secondsEach * (state.getMax() - state.getCurrent()) : Double.NaN,
                        loss)
                .line(width);
    }

    private static String scores(EpochMetrics metrics) {
        String validation = metrics.validation()
                .map(score -> "validation %s  ".formatted(quality(score)))
                .orElse("");
        return validation + "test %s  ".formatted(quality(metrics.test()));
    }

    /** What tells most of a task: the accuracy of classes, R2 of numbers, and of tokens the loss. */
    private static String quality(Score score) {
        Map<String, Double> metrics = score.metrics();
        if (metrics.containsKey("perplexity") || metrics.isEmpty()) {
            return "loss %.4f".formatted(score.loss());
        }
        String name = metrics.containsKey(Score.ACCURACY)
                ? Score.ACCURACY
                : metrics.keySet().iterator().next();
        Metrics.Shown shown = Metrics.shown(name);
        String value = shown.text(metrics.getOrDefault(name, Double.NaN));
        return name.equals(Score.ACCURACY) ? value : shown.name() + " " + value;
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
    }
}
