package org.thalweg.train.data;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images that are decoded whenever they are copied, so that more of them can be trained on than memory holds. Pixels become
 * numbers from 0 to 255; images of another size are resized with bilinear interpolation, without keeping their proportions;
 * what is transparent becomes black.
 */
record ImageExamples(Shape shape, int classes, List<ImageFile> files) implements Examples {
    /** ITU-R BT.601: how bright red, green and blue appear. */
    private static final double[] BRIGHTNESS = {0.299, 0.587, 0.114};

    ImageExamples {
        files = List.copyOf(files);
        if (!shape.isImage() || (shape.channels() != 1 && shape.channels() != 3)) {
            throw new IllegalArgumentException(
                    "images have 1 channel, for grey, or 3, for red, green and blue, but %s was asked for"
                            .formatted(shape));
        }
    }

    @Override
    public Task task() {
        return new Task.Classification(classes);
    }

    @Override
    public int count() {
        return files.size();
    }

    @Override
    public void input(int row, MemorySegment slot) {
        int[] pixels = pixels(files.get(row).decode());
        int area = shape.area();
        for (int i = 0; i < area; i++) {
            int red = pixels[i] >> 16 & 0xFF;
            int green = pixels[i] >> 8 & 0xFF;
            int blue = pixels[i] & 0xFF;
            if (shape.channels() == 1) {
                boolean grey = red == green && green == blue;
                double mixed = BRIGHTNESS[0] * red + BRIGHTNESS[1] * green + BRIGHTNESS[2] * blue;
                set(slot, i, grey ? red : (float) mixed);
            } else {
                set(slot, i, red);
                set(slot, area + i, green);
                set(slot, 2 * area + i, blue);
            }
        }
    }

    @Override
    public void target(int row, MemorySegment slot) {
        slot.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, files.get(row).label());
    }

    private static void set(MemorySegment slot, int index, float value) {
        slot.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, index, value);
    }

    /** Red, green and blue in one number a pixel, in the wanted size. */
    private int[] pixels(BufferedImage decoded) {
        int width = shape.width();
        int height = shape.height();
        BufferedImage image = coloured(decoded);
        if (image.getType() != BufferedImage.TYPE_INT_RGB || image.getWidth() != width || image.getHeight() != height) {
            BufferedImage sized = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = sized.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(image, 0, 0, width, height, null);
            graphics.dispose();
            image = sized;
        }
        return image.getRGB(0, 0, width, height, null, 0, width);
    }

    /** Grey images as coloured ones by their samples: Java would brighten them, for it takes grey to be linear. */
    private static BufferedImage coloured(BufferedImage image) {
        int shift = switch (image.getType()) {
            case BufferedImage.TYPE_BYTE_GRAY -> 0;
            case BufferedImage.TYPE_USHORT_GRAY -> 8;
            default -> -1;
        };
        if (shift < 0) {
            return image;
        }
        int width = image.getWidth();
        int height = image.getHeight();
        int[] samples = image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
        BufferedImage colours = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        colours.setRGB(
                0,
                0,
                width,
                height,
                IntStream.of(samples)
                        .map(sample -> (sample >> shift) * 0x010101)
                        .toArray(),
                0,
                width);
        return colours;
    }
}
