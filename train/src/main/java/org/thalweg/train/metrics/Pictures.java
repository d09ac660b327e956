package org.thalweg.train.metrics;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Shape;

/** Pictures of the examples that a model errs on. */
final class Pictures {
    /** Larger images would make a report of megabytes. */
    private static final int LARGEST_SIDE = 256;

    private Pictures() {}

    /**
     * One picture by mistake, where examples are images that people can look at: the brightest number of them all is white, the
     * darkest black, if it is not above 0.
     *
     * @param raw before any preprocessing
     */
    static Map<Integer, Picture> of(Examples raw, List<Mistake> mistakes) {
        Shape shape = raw.shape();
        if (!shape.isImage()
                || (shape.channels() != 1 && shape.channels() != 3)
                || Math.max(shape.height(), shape.width()) > LARGEST_SIDE) {
            return Map.of();
        }
        Map<Integer, float[]> numbers = new LinkedHashMap<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment slot = arena.allocate(raw.inputLayout().bytes(), Float.BYTES);
            for (Mistake mistake : mistakes) {
                raw.input(mistake.example(), slot);
                numbers.put(mistake.example(), slot.toArray(ValueLayout.JAVA_FLOAT));
            }
        }
        return stretched(shape, numbers);
    }

    private static Map<Integer, Picture> stretched(Shape shape, Map<Integer, float[]> numbers) {
        float least = 0;
        float most = Float.MIN_NORMAL;
        for (float[] image : numbers.values()) {
            for (float value : image) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        Map<Integer, Picture> pictures = new LinkedHashMap<>();
        for (Map.Entry<Integer, float[]> entry : numbers.entrySet()) {
            byte[] pixels = bytes(entry.getValue(), least, most);
            pictures.put(entry.getKey(), new Picture(shape.channels(), shape.height(), shape.width(), pixels));
        }
        return pictures;
    }

    private static byte[] bytes(float[] image, float least, float most) {
        byte[] pixels = new byte[image.length];
        for (int i = 0; i < image.length; i++) {
            pixels[i] = (byte) Math.round(255 * (image[i] - least) / (most - least));
        }
        return pixels;
    }
}
