package org.thalweg.train.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * One file in the IDX format of unsigned bytes, plain or gzipped: a magic number (two zero bytes, the element type 8, the
 * number of dimensions), the dimensions as big-endian 32-bit numbers, then the bytes, the last dimension fastest
 * (<a href="https://github.com/cvdfoundation/mnist">described with MNIST</a>).
 *
 * @param path the file it was read from
 * @param dimensions their sizes
 * @param bytes as many as the dimensions say
 */
@SuppressWarnings("ArrayRecordComponent") // made and read in this package alone, and too large to copy
record Idx(Path path, List<Integer> dimensions, byte[] bytes) {
    /** Deflate turns one byte into at most this many, so that a header can be checked against a gzipped file's size. */
    private static final long LARGEST_EXPANSION = 1032;

    private static final int UNSIGNED_BYTES = 0x0800;

    /** Offset in the uncompressed file at which the bytes begin. */
    long start() {
        return start(dimensions.size());
    }

    private static long start(int dimensions) {
        return 4 + 4L * dimensions;
    }

    /**
     * Reads a file of so many dimensions, taking no more memory than the file turns out to fill.
     *
     * @throws DataException naming file and offset if it is not such a file, or its size is not what its header says
     */
    static Idx read(Path path, int dimensions) {
        try {
            if (!Files.isRegularFile(path)) {
                throw new DataException("%s is not a file".formatted(path));
            }
            long size = Files.size(path);
            try (InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
                byte[] magic = raw.readNBytes(2);
                InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), raw);
                boolean zipped = magic.length == 2 && magic[0] == 0x1F && magic[1] == (byte) 0x8B;
                return zipped
                        ? read(new GZIPInputStream(whole, 1 << 16), path, dimensions, size * LARGEST_EXPANSION)
                        : read(whole, path, dimensions, size);
            }
        } catch (ZipException | EOFException e) {
            throw new DataException(
                    "%s is damaged: its gzip data is broken or cut short (%s); get it again"
                            .formatted(path, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(path, e), e);
        }
    }

    private static Idx read(InputStream in, Path path, int dimensions, long most) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes((int) start(dimensions)));
        if (header.capacity() < start(dimensions)) {
            throw new DataException("%s, offset %d: the file ends inside its header of %d bytes"
                    .formatted(path, header.capacity(), start(dimensions)));
        }
        int expected = UNSIGNED_BYTES | dimensions;
        int magic = header.getInt();
        if (magic != expected) {
            throw new DataException(
                    "%s, offset 0: magic number 0x%08X where an IDX file of bytes in %d dimensions has 0x%08X"
                            .formatted(path, magic, dimensions, expected));
        }
        List<Integer> sizes =
                IntStream.range(0, dimensions).mapToObj(_ -> header.getInt()).toList();
        int promised = promised(path, sizes, most - start(dimensions));
        byte[] bytes = in.readNBytes(promised);
        if (bytes.length < promised) {
            throw new DataException("%s, offset %d: the file ends, but its header promises %d bytes more"
                    .formatted(path, start(dimensions) + bytes.length, promised - bytes.length));
        }
        if (in.read() >= 0) {
            throw new DataException("%s, offset %d: the file goes on after the %s items that its header promises"
                    .formatted(path, start(dimensions) + promised, sizes.getFirst()));
        }
        return new Idx(path, sizes, bytes);
    }

    /** The product of the sizes, if a file can hold it. */
    private static int promised(Path path, List<Integer> sizes, long most) {
        long product = 1;
        for (int i = 0; i < sizes.size(); i++) {
            int size = sizes.get(i);
            if (size <= 0) {
                throw new DataException("%s, offset %d: dimension %d has the impossible size %d"
                        .formatted(path, 4 + 4 * i, i + 1, Integer.toUnsignedLong(size)));
            }
            product = product > Integer.MAX_VALUE ? product : product * size;
        }
        if (product > most || product > Integer.MAX_VALUE - 8) {
            throw new DataException(
                    "%s, offset 4: the header promises %s items, more than the file can hold".formatted(path, sizes));
        }
        return (int) product;
    }
}
