package org.thalweg.lab.picture;

import java.awt.Color;
import java.awt.Font;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.Score;
import org.thalweg.train.StepMetrics;

/** One picture of a training run: the loss, the accuracy, and the learning rate that made them. */
public final class TrainingPicture {
    static final int WIDTH = 1800;
    static final int HEIGHT = 960;
    private static final int MARGIN = 36;
    private static final int HEADER = 136;
    private static final int LOSS_WIDTH = 1000;
    private static final int QUALITY_HEIGHT = 500;

    private TrainingPicture() {}

    /**
     * Draws a run as a PNG file, 1800 pixels wide and 960 high.
     *
     * @param file is overwritten; its folder is made if need be
     * @throws IllegalArgumentException if it is a folder
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(RunLog run, Path file) {
        draw(run).write(file);
    }

    /** Draws a run. */
    static Canvas draw(RunLog run) {
        Canvas canvas = new Canvas(WIDTH, HEIGHT);
        int room = WIDTH - 2 * MARGIN;
        canvas.text(run.title(), Font.BOLD, 40, Panel.INK, MARGIN, 62, room);
        canvas.text(String.join("  ·  ", run.remarks()), Font.PLAIN, 26, Panel.SOFT_INK, MARGIN, 108, room);
        int right = WIDTH - LOSS_WIDTH - MARGIN;
        int below = HEADER + QUALITY_HEIGHT;
        canvas.paint(loss(run), MARGIN / 2, HEADER, LOSS_WIDTH, HEIGHT - HEADER);
        canvas.paint(quality(run), LOSS_WIDTH + MARGIN / 2, HEADER, right, QUALITY_HEIGHT);
        canvas.paint(rate(run), LOSS_WIDTH + MARGIN / 2, below, right, HEIGHT - below);
        return canvas;
    }

    private static Panel loss(RunLog run) {
        Curve batches = Curve.of(run.steps(), StepMetrics::step, StepMetrics::loss);
        List<Curve> all = new ArrayList<>(List.of(batches));
        Panel panel = new Panel(run.loss().isEmpty() ? "Loss" : "Loss (%s)".formatted(run.loss()), "step");
        panel.faint("training, single steps", batches.thinned(), Panel.BLUE);
        panel.line("training, smoothed", batches.smoothed().thinned(), Panel.BLUE);
        scores(run, Score::loss, EpochMetrics::steps).forEach((name, curve) -> {
            panel.points(name, curve, colour(name));
            all.add(curve);
        });
        if (Curve.spansDecades(all)) {
            panel.logarithmic();
        }
        return panel.legend(Panel.Corner.TOP_RIGHT);
    }

    /** The accuracy, or whatever else the task is measured by. */
    private static Panel quality(RunLog run) {
        String metric = run.epochs().stream()
                .flatMap(epoch -> epoch.test().metrics().keySet().stream())
                .findFirst()
                .orElse(Score.ACCURACY);
        Metrics.Shown shown = Metrics.shown(metric);
        ToDoubleFunction<Score> value =
                score -> shown.factor() * score.metrics().getOrDefault(metric, Double.NaN);
        double last = run.epochs().isEmpty()
                ? Double.NaN
                : value.applyAsDouble(run.epochs().getLast().test());
        String title = Double.isFinite(last)
                ? String.format(Locale.ROOT, "%s: %s at the end", shown.title(), shown.number(last))
                : shown.title() + ": no epoch completed";
        Panel panel = new Panel(title, "epoch");
        scores(run, value, EpochMetrics::epoch).forEach((name, curve) -> panel.points(name, curve, colour(name)));
        panel.counting(run.epochs().stream().mapToInt(EpochMetrics::epoch).max().orElse(1));
        return panel.legend(Panel.Corner.BOTTOM_RIGHT);
    }

    private static Panel rate(RunLog run) {
        Curve rates = Curve.of(run.steps(), StepMetrics::step, StepMetrics::rate);
        Panel panel = new Panel("Learning rate", "step")
                .low()
                .fromZero(Arrays.stream(rates.y()).max().orElse(0));
        panel.line("rate", rates.thinned(), Panel.GREEN);
        return panel;
    }

    /** What was measured after each epoch, on the parts that there are. */
    private static Map<String, Curve> scores(
            RunLog run, ToDoubleFunction<Score> value, ToDoubleFunction<EpochMetrics> x) {
        List<EpochMetrics> validated = run.epochs().stream()
                .filter(epoch -> epoch.validation().isPresent())
                .toList();
        Map<String, Curve> curves = new LinkedHashMap<>();
        curves.put("test", Curve.of(run.epochs(), x, epoch -> value.applyAsDouble(epoch.test())));
        curves.put(
                "validation",
                Curve.of(
                        validated,
                        x,
                        epoch -> value.applyAsDouble(epoch.validation().orElseThrow())));
        return curves;
    }

    private static Color colour(String name) {
        return name.equals("test") ? Panel.ORANGE : Panel.PURPLE;
    }
}
