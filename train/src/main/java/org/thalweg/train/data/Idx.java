package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One file in the IDX format of unsigned bytes, plain or gzipped: a magic number (two zero bytes, the element type 8, the
 * number of dimensions), the dimensions as big-endian 32-bit numbers, then the bytes, the last dimension fastest
 * (<a href="https://github.com/cvdfoundation/mnist">described with MNIST</a>).
 *
 * @param path the file it was read from
 * @param dimensions their sizes, each at least 1
 * @param file all of its bytes, unpacked
 */
record Idx(Path path, List<Integer> dimensions, MemorySegment file) {
    private static final ValueLayout.OfInt BIG_ENDIAN = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int UNSIGNED_BYTES = 0x08;
    private static final int MOST_DIMENSIONS = 4;

    /** Offset in the uncompressed file at which the items begin. */
    long start() {
        return start(dimensions.size());
    }

    /** Items in one entry of the first dimension. */
    int itemSize() {
        return dimensions.stream().skip(1).reduce(1, Math::multiplyExact);
    }

    /** An item, from 0 to 255. */
    int item(long index) {
        return file.get(ValueLayout.JAVA_BYTE, start() + index) & 0xFF;
    }

    private static long start(int dimensions) {
        return 4 + 4L * dimensions;
    }

    /**
     * Opens a file.
     *
     * @param least fewest dimensions it may have
     * @param most most dimensions it may have, up to 4
     * @throws DataException naming file and offset if it is not such a file, or its size is not what its header says
     */
    static Idx read(Path path, int least, int most) {
        MemorySegment file = DataFile.bytes(path);
        requireHeader(path, file, 4);
        int magic = file.get(BIG_ENDIAN, 0);
        int dimensions = magic & 0xFF;
        if (magic >> 8 != UNSIGNED_BYTES || dimensions < least || dimensions > Math.min(most, MOST_DIMENSIONS)) {
            throw new DataException("%s, offset 0: magic number 0x%08X where an IDX file of bytes in %s has 0x%08X"
                    .formatted(path, magic, dimensions(least, most), UNSIGNED_BYTES << 8 | least));
        }
        requireHeader(path, file, start(dimensions));
        List<Integer> sizes = IntStream.range(0, dimensions)
                .mapToObj(i -> file.get(BIG_ENDIAN, 4 + 4L * i))
                .toList();
        checkSize(path, sizes, file.byteSize() - start(dimensions));
        return new Idx(path, sizes, file);
    }

    private static String dimensions(int least, int most) {
        return least == most ? least + " dimensions" : "%d to %d dimensions".formatted(least, most);
    }

    private static void requireHeader(Path path, MemorySegment file, long size) {
        if (file.byteSize() < size) {
            throw new DataException("%s, offset %d: the file ends inside its header of %d bytes"
                    .formatted(path, file.byteSize(), size));
        }
    }

    /** Compares the product of the sizes with what the file holds. */
    private static void checkSize(Path path, List<Integer> sizes, long held) {
        long promised = 1;
        for (int i = 0; i < sizes.size(); i++) {
            int size = sizes.get(i);
            if (size <= 0) {
                throw new DataException("%s, offset %d: dimension %d has the impossible size %d"
                        .formatted(path, 4 + 4 * i, i + 1, Integer.toUnsignedLong(size)));
            }
            promised = promised > held || size > held / promised ? Long.MAX_VALUE : promised * size;
        }
        if (promised > held) {
            throw new DataException("%s, offset 4: the header promises %s items, more than the %d that the file holds"
                    .formatted(path, sizes, held));
        }
        if (promised < held) {
            throw new DataException("%s, offset %d: the file goes on after the %s items that its header promises"
                    .formatted(path, start(sizes.size()) + promised, sizes.getFirst()));
        }
    }
}
