package org.thalweg.lab.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** A white picture that panels and lines of text are put on. */
final class Canvas {
    private static final int SMALLEST_TEXT = 12;

    private final BufferedImage image;

    Canvas(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        draw(graphics -> {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
        });
    }

    BufferedImage image() {
        return image;
    }

    void paint(Painting painting, int x, int y, int width, int height) {
        draw(graphics -> {
            graphics.translate(x, y);
            graphics.clipRect(0, 0, width, height);
            painting.paint(graphics, width, height);
        });
    }

    /** A line as large as asked, or as large as fits. */
    void text(String text, int style, int size, Color colour, int x, int baseline, int room) {
        draw(graphics -> {
            graphics.setColor(colour);
            graphics.setFont(Panel.font(style, size));
            int width = graphics.getFontMetrics().stringWidth(text);
            if (width > room) {
                graphics.setFont(Panel.font(style, Math.max(SMALLEST_TEXT, size * room / width)));
            }
            graphics.drawString(text, x, baseline);
        });
    }

    /**
     * Writes the picture as PNG.
     *
     * @param file is overwritten; its folder is made if need be
     * @throws IllegalArgumentException if it is a folder
     * @throws UncheckedIOException if it cannot be written
     */
    void write(Path file) {
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
                ImageIO.write(image, "png", out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the picture %s cannot be written: %s".formatted(file, e), e);
        }
    }

    private void draw(Consumer<Graphics2D> drawing) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        drawing.accept(graphics);
        graphics.dispose();
    }
}
