package org.thalweg.train.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Labelled examples in memory.
 *
 * @param shape of one example
 * @param classes labels are 0 to classes-1
 * @param features float32, one example after the other, outside the Java heap
 * @param labels one for each example
 */
@SuppressWarnings("ArrayRecordComponent") // a list would box every label
public record Examples(Shape shape, int classes, MemorySegment features, int[] labels) {
    public Examples {
        long bytes = (long) labels.length * shape.size() * Float.BYTES;
        if (features.byteSize() != bytes) {
            throw new IllegalArgumentException("%d examples of shape %s need %d bytes of features, but got %d"
                    .formatted(labels.length, shape, bytes, features.byteSize()));
        }
        for (int label : labels) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException("label %d is outside 0 to %d".formatted(label, classes - 1));
            }
        }
    }

    /** Examples over the bytes 0 to 255 as the numbers 0 to 255. */
    static Examples ofBytes(Shape shape, int classes, byte[] bytes, int[] labels) {
        MemorySegment features = allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            features.setAtIndex(ValueLayout.JAVA_FLOAT, i, bytes[i] & 0xFF);
        }
        return new Examples(shape, classes, features, labels);
    }

    /** Room for so many numbers, freed once nothing refers to it. */
    static MemorySegment allocate(long numbers) {
        return Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT, numbers);
    }

    public int count() {
        return labels.length;
    }

    /** Bytes that one example takes in {@link #features}. */
    public long stride() {
        return (long) shape.size() * Float.BYTES;
    }

    /** Copies the chosen examples, in that order. */
    public Examples select(int[] rows) {
        MemorySegment chosen = allocate((long) rows.length * shape.size());
        int[] chosenLabels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            MemorySegment.copy(features, rows[i] * stride(), chosen, i * stride(), stride());
            chosenLabels[i] = labels[rows[i]];
        }
        return new Examples(shape, classes, chosen, chosenLabels);
    }
}
