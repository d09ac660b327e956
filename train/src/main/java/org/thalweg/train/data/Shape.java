package org.thalweg.train.data;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of one example: a vector of features, or an image as channels, height and width.
 *
 * @param sizes one or three numbers, each at least 1
 */
public record Shape(List<Integer> sizes) {
    public Shape {
        sizes = List.copyOf(sizes);
        if ((sizes.size() != 1 && sizes.size() != 3) || sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(
                    "an example is a vector or channels x height x width, each at least 1, but got " + sizes);
        }
        if (sizes.stream().reduce(Integer.MAX_VALUE, (room, size) -> room / size) == 0) {
            throw new IllegalArgumentException("an example may hold 2147483647 numbers at most, but got " + sizes);
        }
    }

    public static Shape vector(int features) {
        return new Shape(List.of(features));
    }

    public static Shape image(int channels, int height, int width) {
        return new Shape(List.of(channels, height, width));
    }

    public boolean isImage() {
        return sizes.size() == 3;
    }

    /** Numbers in one example. */
    public int size() {
        return sizes.stream().reduce(1, Math::multiplyExact);
    }

    /** Channels of an image, features of a vector. */
    public int channels() {
        return sizes.getFirst();
    }

    /** Height of an image. */
    public int height() {
        return sizes.get(1);
    }

    /** Width of an image. */
    public int width() {
        return sizes.get(2);
    }

    /** Values in each channel: height times width of an image, 1 for a feature. */
    public int area() {
        return size() / channels();
    }

    /** {@code 1x28x28} for an image, {@code 64} for a vector. */
    @Override
    public String toString() {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}
