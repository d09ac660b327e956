package org.thalweg.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.SplitMix64;
import org.thalweg.train.model.StoredTensor;

class SafetensorsTest {
    @TempDir
    Path folder;

    private static SequencedMap<String, StoredTensor> tensors() {
        SequencedMap<String, StoredTensor> tensors = new LinkedHashMap<>();
        tensors.put(
                "linear1.weight",
                new StoredTensor(StoredTensor.Type.F32, List.of(2L, 3L), MemorySegment.ofArray(new float[] {
                    1, 2, 3, 4, 5, Float.NaN
                })));
        tensors.put("count", new StoredTensor(StoredTensor.Type.I64, List.of(), MemorySegment.ofArray(new long[] {7})));
        tensors.put("none", new StoredTensor(StoredTensor.Type.F32, List.of(0L), MemorySegment.ofArray(new float[0])));
        return tensors;
    }

    /** A file as the format's description lays it out, by hand. */
    private Path file(String header, byte[] data) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(
                folder.resolve("file.safetensors"),
                bytes.putLong(text.length).put(text).put(data).array());
    }

    @Test
    void readsWhatItWrote() {
        Path file = folder.resolve("weights.safetensors");
        Safetensors.write(file, tensors(), Map.of("format", "pt"));
        SequencedMap<String, StoredTensor> read = Safetensors.read(file);
        assertThat(read.keySet()).containsExactly("linear1.weight", "count", "none");
        tensors().forEach((name, tensor) -> {
            StoredTensor other = Objects.requireNonNull(read.get(name));
            assertThat(other.shape()).isEqualTo(tensor.shape());
            assertThat(other.data().mismatch(tensor.data())).isEqualTo(-1);
        });
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void laysAFileOutAsDescribed() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        Safetensors.write(file, tensors(), Map.of("format", "pt"));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = Math.toIntExact(bytes.getLong(0));
        assertThat(header % 8).isZero();
        String text = new String(bytes.array(), 8, header, StandardCharsets.UTF_8);
        assertThat(text).startsWith("{").contains("\"data_offsets\":[0,24]").contains("\"data_offsets\":[24,32]");
        assertThat(bytes.getFloat(8 + header + 8)).isEqualTo(3f);
        assertThat(bytes.getLong(8 + header + 24)).isEqualTo(7);
        assertThat(bytes.capacity()).isEqualTo(8 + header + 32);
    }

    @Test
    void readsAFileMadeByHand() throws IOException {
        Path file = file(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                new byte[] {0, 0, (byte) 0x80, 0x3F});
        StoredTensor read = Objects.requireNonNull(Safetensors.read(file).get("a"));
        assertThat(read.data().get(ValueLayout.JAVA_FLOAT_UNALIGNED, 0)).isEqualTo(1f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1]|not a JSON object",
                "{\"a\":|not JSON",
                "{\"a\":{\"dtype\":\"F99\",\"shape\":[1],\"data_offsets\":[0,4]}}|tensor 'a' cannot be read: its type",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}|needs 8 bytes, but it has 4",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|its bytes 4 to 8 do not follow the 0 of those before it, in 4 of all",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}|no range",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}|not whole numbers",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}|not whole numbers",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]}}|impossibly large",
                "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}|missing",
                "{\"a\":3}|its type",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|its bytes 0 to 4 do not follow the 4",
                "{\"a\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[0,2]}}|take 2 bytes, but there are 4",
                "{\"a\":1,\"a\":2}|Duplicate",
            })
    void saysWhatIsWrong(String header, String message) throws IOException {
        Path file = file(header, new byte[4]);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Safetensors.read(file))
                .withMessageContaining(file.toString())
                .withMessageContaining(message);
    }

    @Test
    void doesNotTrustTheHeadersSize() throws IOException {
        for (long size : new long[] {-1, Long.MAX_VALUE, 1, 9, 1L << 40}) {
            byte[] bytes = ByteBuffer.allocate(16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(size)
                    .array();
            Path file = Files.write(folder.resolve("bad"), bytes);
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> Safetensors.read(file))
                    .withMessageContaining("does not fit a file of 16");
        }
        Path empty = Files.write(folder.resolve("empty"), new byte[3]);
        assertThatExceptionOfType(DataException.class).isThrownBy(() -> Safetensors.read(empty));
    }

    @Test
    void survivesDamage() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        Safetensors.write(file, tensors(), Map.of("format", "pt"));
        byte[] whole = Files.readAllBytes(file);
        SplitMix64 random = new SplitMix64(2);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = Arrays.copyOf(whole, random.below(4) == 0 ? random.below(whole.length) : whole.length);
            for (int change = 0; change <= random.below(3) && bytes.length > 0; change++) {
                bytes[random.below(bytes.length)] = (byte) random.next();
            }
            Files.write(file, bytes);
            try {
                assertThat(Safetensors.read(file)).isNotNull();
            } catch (DataException e) {
                assertThat(e.getMessage()).contains(file.toString());
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    @Test
    void aFailedWriteLeavesTheOldFile() throws IOException {
        Path file = folder.resolve("kept");
        Files.writeString(file, "old");
        assertThatExceptionOfType(RunException.class)
                .isThrownBy(() -> Disk.replace(file, out -> {
                    out.write(1);
                    throw new IOException("disk full");
                }))
                .withMessageContaining("disk full");
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }
}
