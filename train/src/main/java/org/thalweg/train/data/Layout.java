package org.thalweg.train.data;

import java.util.List;

/**
 * One example's input or target in memory: numbers of one type, the last dimension fastest.
 *
 * @param type of each number
 * @param sizes of the dimensions, each at least 1; none for a single number
 */
public record Layout(Type type, List<Integer> sizes) {
    /** How a number is stored. */
    public enum Type {
        FLOAT32(Float.BYTES),
        INT64(Long.BYTES);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** Bytes of one number. */
        public int bytes() {
            return bytes;
        }
    }

    public Layout {
        sizes = List.copyOf(sizes);
    }

    /** One whole number: a class. */
    static Layout labels() {
        return new Layout(Type.INT64, List.of());
    }

    static Layout tokens(int length) {
        return new Layout(Type.INT64, List.of(length));
    }

    static Layout floats(int count) {
        return new Layout(Type.FLOAT32, List.of(count));
    }

    /** Numbers in one example. */
    public int size() {
        return sizes.stream().reduce(1, Math::multiplyExact);
    }

    /** Bytes that one example takes. */
    public long bytes() {
        return (long) size() * type.bytes();
    }
}
