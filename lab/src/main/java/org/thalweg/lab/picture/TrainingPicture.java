package org.thalweg.lab.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
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
    private static final int ACCURACY_HEIGHT = 500;

    private TrainingPicture() {}

    /**
     * Draws a run as a PNG file, 1800 pixels wide and 960 high.
     *
     * @param file is overwritten; its folder is made if need be
     * @throws IllegalArgumentException if it is a folder
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(RunLog run, Path file) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("%s is a folder: name the PNG file to write".formatted(file));
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            // Not straight to the file: ImageIO would tell a missing folder by a null pointer.
            try (var out = Files.newOutputStream(file)) {
                ImageIO.write(draw(run), "png", out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the picture %s cannot be written: %s".formatted(file, e), e);
        }
    }

    /** Draws a run. */
    static BufferedImage draw(RunLog run) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        header(graphics, run);
        int right = WIDTH - LOSS_WIDTH - MARGIN;
        paint(graphics, loss(run), MARGIN / 2, HEADER, LOSS_WIDTH, HEIGHT - HEADER);
        paint(graphics, accuracy(run), LOSS_WIDTH + MARGIN / 2, HEADER, right, ACCURACY_HEIGHT);
        paint(
                graphics,
                rate(run),
                LOSS_WIDTH + MARGIN / 2,
                HEADER + ACCURACY_HEIGHT,
                right,
                HEIGHT - HEADER - ACCURACY_HEIGHT);
        graphics.dispose();
        return image;
    }

    private static void paint(Graphics2D graphics, Panel panel, int x, int y, int width, int height) {
        Graphics2D part = (Graphics2D) graphics.create(x, y, width, height);
        panel.paint(part, width, height);
        part.dispose();
    }

    private static void header(Graphics2D graphics, RunLog run) {
        graphics.setColor(Panel.INK);
        text(graphics, run.title(), Font.BOLD, 40, 62);
        graphics.setColor(Panel.SOFT_INK);
        text(graphics, String.join("  ·  ", run.remarks()), Font.PLAIN, 26, 108);
    }

    /** A line as large as asked, or as large as fits. */
    private static void text(Graphics2D graphics, String text, int style, int size, int baseline) {
        graphics.setFont(Panel.font(style, size));
        int width = graphics.getFontMetrics().stringWidth(text);
        int room = WIDTH - 2 * MARGIN;
        if (width > room) {
            graphics.setFont(Panel.font(style, Math.max(12, size * room / width)));
        }
        graphics.drawString(text, MARGIN, baseline);
    }

    private static Panel loss(RunLog run) {
        Curve batches = Curve.of(run.steps(), StepMetrics::step, StepMetrics::loss);
        List<Curve> all = new ArrayList<>(List.of(batches));
        Panel panel = new Panel("Loss (cross-entropy, nats)", "step");
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

    private static Panel accuracy(RunLog run) {
        var curves = scores(run, score -> 100 * score.accuracy(), EpochMetrics::epoch);
        double last = run.epochs().isEmpty()
                ? Double.NaN
                : run.epochs().getLast().test().accuracy();
        String title = Double.isFinite(last)
                ? String.format(Locale.ROOT, "Accuracy (%%): %.2f at the end", 100 * last)
                : "Accuracy (%): no epoch completed";
        Panel panel = new Panel(title, "epoch");
        curves.forEach((name, curve) -> panel.points(name, curve, colour(name)));
        panel.counting(run.epochs().stream().mapToInt(EpochMetrics::epoch).max().orElse(1));
        return panel.legend(Panel.Corner.BOTTOM_RIGHT);
    }

    private static Panel rate(RunLog run) {
        Curve rates = Curve.of(run.steps(), StepMetrics::step, StepMetrics::rate);
        Panel panel = new Panel("Learning rate", "step")
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
