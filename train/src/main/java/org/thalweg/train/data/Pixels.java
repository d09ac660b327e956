package org.thalweg.train.data;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;

/**
 * A picture's pixels as bytes, channel after channel. A picture of another size is resized with bilinear interpolation, without
 * keeping its proportions; what is transparent becomes black; colours become grey by how bright they appear (ITU-R BT.601).
 */
final class Pixels {
    private static final int RED = 299;
    private static final int GREEN = 587;
    private static final int BLUE = 114;

    private Pixels() {}

    /**
     * The pixels.
     *
     * @param shape 1 or 3 channels, height and width
     */
    static byte[] of(BufferedImage picture, Shape shape) {
        int[] colours = colours(picture, shape.width(), shape.height());
        int area = shape.area();
        byte[] pixels = new byte[shape.size()];
        for (int i = 0; i < area; i++) {
            int red = colours[i] >> 16 & 0xFF;
            int green = colours[i] >> 8 & 0xFF;
            int blue = colours[i] & 0xFF;
            if (shape.channels() == 1) {
                pixels[i] = (byte) ((RED * red + GREEN * green + BLUE * blue + 500) / 1000);
            } else {
                pixels[i] = (byte) red;
                pixels[area + i] = (byte) green;
                pixels[2 * area + i] = (byte) blue;
            }
        }
        return pixels;
    }

    /** Red, green and blue in one number a pixel, in the wanted size. */
    private static int[] colours(BufferedImage picture, int width, int height) {
        BufferedImage image = coloured(picture);
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

    /** Grey pictures as coloured ones by their samples: Java would brighten them, for it takes grey to be linear. */
    private static BufferedImage coloured(BufferedImage picture) {
        int shift = switch (picture.getType()) {
            case BufferedImage.TYPE_BYTE_GRAY -> 0;
            case BufferedImage.TYPE_USHORT_GRAY -> 8;
            default -> -1;
        };
        if (shift < 0) {
            return picture;
        }
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] samples = picture.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
        int[] colours = IntStream.of(samples)
                .map(sample -> (sample >> shift) * 0x010101)
                .toArray();
        BufferedImage coloured = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        coloured.setRGB(0, 0, width, height, colours, 0, width);
        return coloured;
    }
}
