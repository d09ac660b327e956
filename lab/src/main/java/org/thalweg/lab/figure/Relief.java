package org.thalweg.lab.figure;

import java.awt.image.BufferedImage;

/** The ground of a map: bands between the lines, the lower the darker, pale enough for ways to stand out. */
public final class Relief {
    private static final int[] LOW = {0xB4, 0xC6, 0xD4};
    private static final int[] HIGH = {0xFA, 0xF9, 0xF6};
    /** Where the function has no value. */
    private static final int HOLE = 0x8C8C8C;

    private Relief() {}

    /** The colour of a band from 0, the lowest, to below {@code bands}. */
    public static int rgb(int band, int bands) {
        double share = bands == 1 ? 1 : (double) band / (bands - 1);
        int colour = 0;
        for (int channel = 0; channel < LOW.length; channel++) {
            long value = Math.round(LOW[channel] + share * (HIGH[channel] - LOW[channel]));
            colour = colour << 8 | (int) value;
        }
        return colour;
    }

    /** The ground, with the field's first row at the bottom. */
    public static BufferedImage image(Field field, Heights heights, int width, int height) {
        int bands = heights.levels().size() + 1;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double value = field.between((column + 0.5) / width, 1 - (row + 0.5) / height);
                image.setRGB(column, row, Double.isNaN(value) ? HOLE : rgb(heights.band(value), bands));
            }
        }
        return image;
    }
}
