package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    private static final int CLASSES = 10;

    @TempDir
    Path folder;

    /** Bytes of an IDX file whose content counts up from 0, modulo the number of classes. */
    private static byte[] idx(int magic, int... sizes) {
        int count = IntStream.of(sizes).reduce(1, (a, b) -> a * b);
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + count).putInt(magic);
        IntStream.of(sizes).forEach(bytes::putInt);
        IntStream.range(0, count).forEach(i -> bytes.put((byte) (i % CLASSES)));
        return bytes.array();
    }

    private static byte[] zipped(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private ByteExamples pair(byte[] images, byte[] labels) throws IOException {
        return IdxPair.read(file("images", images), file("labels", labels)).examples(CLASSES);
    }

    private static float[] inputs(Examples examples) {
        int size = examples.shape().size();
        float[] all = new float[examples.count() * size];
        for (int row = 0; row < examples.count(); row++) {
            examples.input(
                    row,
                    MemorySegment.ofArray(all).asSlice((long) row * size * Float.BYTES, (long) size * Float.BYTES));
        }
        return all;
    }

    private void assertFails(byte[] images, byte[] labels, String message) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> pair(images, labels))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).contains(folder.toString()));
    }

    @Test
    void readsPlainAndZippedFiles() throws IOException {
        byte[] images = idx(0x803, 4, 2, 3);
        byte[] labels = idx(0x801, 4);
        Examples plain = pair(images, labels);
        Examples unzipped = pair(zipped(images), zipped(labels));
        assertThat(plain.labels()).containsExactly(0, 1, 2, 3);
        assertThat(plain.shape()).isEqualTo(Shape.image(1, 2, 3));
        assertThat(inputs(plain)).startsWith(0, 1, 2, 3, 4, 5).hasSize(24);
        assertThat(unzipped.labels()).isEqualTo(plain.labels());
        assertThat(inputs(unzipped)).isEqualTo(inputs(plain));
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        byte[] images = idx(0x803, 4, 2, 3);
        byte[] labels = idx(0x801, 4);
        assertFails(idx(0xD03, 4, 2, 3), labels, "offset 0: magic number 0x00000D03");
        assertFails(Arrays.copyOf(images, 7), labels, "offset 7: the file ends inside its header of 16 bytes");
        assertFails(new byte[0], labels, "offset 0: the file ends inside its header of 4 bytes");
        assertFails(
                zipped(Arrays.copyOf(images, 39)),
                labels,
                "offset 4: the header promises [4, 2, 3] items, more than the 23 that the file holds");
        assertFails(Arrays.copyOf(images, 41), labels, "offset 40: the file goes on after the 4 items");
        assertFails(zipped(Arrays.copyOf(images, 41)), labels, "offset 40: the file goes on after the 4 items");
        assertFails(images, idx(0x801, 5), "offset 4: 5 labels for the 4 examples");
        labels[10] = 10;
        assertFails(images, labels, "offset 10: label 10 is outside 0 to 9");
        assertFails(Arrays.copyOf(zipped(images), 25), labels, "gzip");
    }

    /** Headers that promise far more than the file holds; reading them must not even try to make room. */
    @Test
    void doesNotTrustAHeader() {
        byte[] labels = idx(0x801, 4);
        for (int size : new int[] {Integer.MAX_VALUE, -1, 0, 0x10000, 0x7FFFFFF0}) {
            byte[] images = idx(0x803, 4, 2, 3);
            ByteBuffer.wrap(images).putInt(4, size).putInt(8, size);
            for (byte[] bytes : List.of(images, zipped(images))) {
                assertFails(bytes, labels, size <= 0 ? "impossible size" : "more than the 24 that the file holds");
            }
        }
    }

    @Test
    void aFolderIsNotAFile() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Idx.read(folder, 3, 3))
                .withMessageContaining("is not a file");
    }
}
