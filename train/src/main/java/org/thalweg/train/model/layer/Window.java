package org.thalweg.train.model.layer;

import org.thalweg.train.data.Shape;

/**
 * A square that moves over an image.
 *
 * @param size its side
 * @param stride from one place to the next
 * @param padding around the image, on each side
 */
record Window(int size, int stride, int padding) {
    /** The image that one value for each place makes; a rest at the border is left out. */
    Shape over(Shape input, int channels) {
        Misfit.unless(input.isImage(), "needs an image");
        Misfit.unless(
                Math.min(input.height(), input.width()) + 2L * padding >= size,
                "needs at least %1$dx%1$d pixels",
                size - 2L * padding);
        return Shape.image(channels, places(input.height()), places(input.width()));
    }

    private int places(int side) {
        return Math.toIntExact((side + 2L * padding - size) / stride + 1);
    }

    long[] sizes() {
        return new long[] {size, size};
    }

    long[] strides() {
        return new long[] {stride, stride};
    }

    long[] paddings() {
        return new long[] {padding, padding};
    }
}
