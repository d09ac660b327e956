package org.thalweg.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The shapes that a step is measured on.
 *
 * @param shapes of each tensor
 */
public record TensorSet(List<List<Long>> shapes) {
    private static final long MOST_ELEMENTS = 1L << 30;

    public TensorSet {
        shapes = List.copyOf(shapes);
    }

    /**
     * Reads how many equal tensors to cut {@code size} elements into, or {@code resnet50}, whose size is its own.
     *
     * @throws IllegalArgumentException if it is neither, or too much for one machine
     */
    public static TensorSet parse(String tensors, long size) {
        if (tensors.toLowerCase(Locale.ROOT).equals("resnet50")) {
            return resnet50();
        }
        int count;
        try {
            count = Integer.parseInt(tensors);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--tensors takes a number of tensors or resnet50, not '%s'".formatted(tensors), e);
        }
        if (size < 1 || size > MOST_ELEMENTS) {
            throw new IllegalArgumentException(
                    "--size must be from 1 to %d parameters, not %d".formatted(MOST_ELEMENTS, size));
        }
        if (count < 1 || count > size) {
            throw new IllegalArgumentException(
                    "--tensors must be from 1 to the number of parameters, %d, not %d".formatted(size, count));
        }
        long each = size / count;
        return new TensorSet(
                IntStream.range(0, count).mapToObj(i -> List.of(each)).toList());
    }

    /** The 161 parameter tensors of ResNet-50 for ImageNet: He et al., CVPR 2016, Table 1. */
    public static TensorSet resnet50() {
        List<List<Long>> shapes = new ArrayList<>();
        convolution(shapes, 64, 3, 7);
        int[] blocks = {3, 4, 6, 3};
        long in = 64;
        for (int stage = 0; stage < blocks.length; stage++) {
            long width = 64L << stage;
            for (int block = 0; block < blocks[stage]; block++) {
                convolution(shapes, width, in, 1);
                convolution(shapes, width, width, 3);
                convolution(shapes, 4 * width, width, 1);
                if (block == 0) {
                    convolution(shapes, 4 * width, in, 1);
                }
                in = 4 * width;
            }
        }
        shapes.add(List.of(1000L, in));
        shapes.add(List.of(1000L));
        return new TensorSet(shapes);
    }

    /** A convolution without bias, and the scale and shift of the batch normalisation behind it. */
    private static void convolution(List<List<Long>> shapes, long out, long in, long kernel) {
        shapes.add(List.of(out, in, kernel, kernel));
        shapes.add(List.of(out));
        shapes.add(List.of(out));
    }

    /** Parameters in all tensors. */
    public long elements() {
        return shapes.stream().mapToLong(TensorSet::elements).sum();
    }

    static long elements(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    static long[] array(List<Long> shape) {
        return shape.stream().mapToLong(i -> i).toArray();
    }
}
