package org.thalweg.train.model;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A tensor's numbers, apart from libtorch: what is saved and loaded.
 *
 * @param type of each number
 * @param shape none for a scalar
 * @param data row-major, little-endian, as many bytes as the shape says
 */
public record StoredTensor(Type type, List<Long> shape, MemorySegment data) {
    /** Element types, named as in the safetensors format. */
    public enum Type {
        F32(Float.BYTES),
        BF16(Short.BYTES),
        I64(Long.BYTES);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** Bytes of one number. */
        public int bytes() {
            return bytes;
        }

        /** The type of that name. */
        public static Optional<Type> named(String name) {
            return Stream.of(values()).filter(type -> type.name().equals(name)).findFirst();
        }
    }

    public StoredTensor {
        shape = List.copyOf(shape);
        long bytes = shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
        if (data.byteSize() != bytes) {
            throw new IllegalArgumentException(
                    "a tensor of shape %s needs %d bytes, but got %d".formatted(shape, bytes, data.byteSize()));
        }
    }
}
