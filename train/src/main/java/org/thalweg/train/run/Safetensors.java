package org.thalweg.train.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.thalweg.train.data.DataException;
import org.thalweg.train.model.StoredTensor;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Named tensors in one file that other libraries read as well: the size of a header (8 bytes, little-endian), the header as
 * JSON, then the tensors' bytes one after the other
 * (<a href="https://github.com/huggingface/safetensors">the format</a>).
 */
public final class Safetensors {
    private static final String METADATA = "__metadata__";
    private static final int PREFIX = 8;

    /** A hundred thousand tensors take less; the reference implementation stops at 100 million. */
    private static final long LARGEST_HEADER = 1 << 24;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private Safetensors() {}

    /**
     * Writes a file that is there whole or not at all.
     *
     * @throws RunException if it cannot be written
     */
    public static void write(Path file, SequencedMap<String, StoredTensor> tensors, Map<String, String> metadata) {
        Disk.replace(file, content(tensors, metadata));
    }

    /** A file's content. */
    static Disk.Content content(SequencedMap<String, StoredTensor> tensors, Map<String, String> metadata) {
        byte[] header = header(tensors, metadata);
        return out -> {
            out.write(ByteBuffer.allocate(PREFIX)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            for (StoredTensor tensor : tensors.values()) {
                copy(tensor.data(), out);
            }
        };
    }

    /**
     * Reads a file; every size is checked against the file before memory is taken for it.
     *
     * @throws DataException if it is not such a file, or damaged
     */
    public static SequencedMap<String, StoredTensor> read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException("%s is not a file".formatted(file));
        }
        try (Arena arena = Arena.ofConfined();
                RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            if (in.length() < PREFIX) {
                throw new DataException(
                        "%s, offset 0: the file ends inside its first %d bytes".formatted(file, PREFIX));
            }
            MemorySegment content = in.getChannel().map(FileChannel.MapMode.READ_ONLY, 0, in.length(), arena);
            long size = content.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
            if (size < 2 || size > LARGEST_HEADER || size > in.length() - PREFIX) {
                throw new DataException("%s, offset 0: a header of %s bytes does not fit a file of %d"
                        .formatted(file, Long.toUnsignedString(size), in.length()));
            }
            JsonNode header = parse(file, content.asSlice(PREFIX, size));
            return tensors(file, header, content.asSlice(PREFIX + size));
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    private static byte[] header(SequencedMap<String, StoredTensor> tensors, Map<String, String> metadata) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put(METADATA, metadata);
        long offset = 0;
        for (Map.Entry<String, StoredTensor> entry : tensors.entrySet()) {
            StoredTensor tensor = entry.getValue();
            long end = offset + tensor.data().byteSize();
            header.put(
                    entry.getKey(),
                    Document.fields(
                            "dtype",
                            tensor.type().name(),
                            "shape",
                            tensor.shape(),
                            "data_offsets",
                            List.of(offset, end)));
            offset = end;
        }
        String text = JSON.writeValueAsString(header);
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        // Spaces up to a multiple of eight, so that the numbers after it are aligned.
        return (text + " ".repeat(Math.floorMod(-length, PREFIX))).getBytes(StandardCharsets.UTF_8);
    }

    private static void copy(MemorySegment data, OutputStream out) throws IOException {
        byte[] block = new byte[(int) Math.min(1 << 16, data.byteSize())];
        for (long at = 0; at < data.byteSize(); at += block.length) {
            int length = (int) Math.min(block.length, data.byteSize() - at);
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, block, 0, length);
            out.write(block, 0, length);
        }
    }

    private static JsonNode parse(Path file, MemorySegment text) {
        try {
            JsonNode header = JSON.readTree(text.toArray(ValueLayout.JAVA_BYTE));
            if (!header.isObject()) {
                throw new DataException("%s, offset %d: the header is not a JSON object".formatted(file, PREFIX));
            }
            return header;
        } catch (JacksonException e) {
            throw new DataException(
                    "%s, offset %d: the header is not JSON (%s)"
                            .formatted(
                                    file,
                                    PREFIX + Math.max(0, e.getLocation().getByteOffset()),
                                    e.getOriginalMessage()),
                    e);
        }
    }

    /** Tensors lie one after the other without a gap, so that no small file can ask for much memory. */
    private static SequencedMap<String, StoredTensor> tensors(Path file, JsonNode header, MemorySegment content) {
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (!entry.getKey().equals(METADATA)) {
                entries.put(entry.getKey(), entry(file, entry.getKey(), entry.getValue()));
            }
        }
        checkLayout(file, entries, content.byteSize());
        SequencedMap<String, StoredTensor> tensors = new LinkedHashMap<>();
        entries.forEach((name, entry) -> {
            MemorySegment copy = Arena.ofAuto().allocate(entry.end() - entry.begin(), Long.BYTES);
            copy.copyFrom(content.asSlice(entry.begin(), copy.byteSize()));
            tensors.put(name, new StoredTensor(entry.type(), entry.shape(), copy));
        });
        return tensors;
    }

    private record Entry(StoredTensor.Type type, List<Long> shape, long begin, long end) {}

    private static Entry entry(Path file, String name, JsonNode node) {
        StoredTensor.Type type = StoredTensor.Type.named(node.path("dtype").asString(""))
                .orElseThrow(
                        () -> bad(file, name, "its type is none of " + Arrays.toString(StoredTensor.Type.values())));
        List<Long> shape = numbers(file, name, node.path("shape"));
        List<Long> offsets = numbers(file, name, node.path("data_offsets"));
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw bad(file, name, "its offsets %s are no range".formatted(offsets));
        }
        long found = offsets.get(1) - offsets.get(0);
        try {
            long bytes = shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
            if (bytes != found) {
                throw bad(file, name, "shape %s needs %d bytes, but it has %d".formatted(shape, bytes, found));
            }
        } catch (ArithmeticException e) {
            throw bad(file, name, "shape %s is impossibly large".formatted(shape));
        }
        return new Entry(type, shape, offsets.get(0), offsets.get(1));
    }

    private static void checkLayout(Path file, SequencedMap<String, Entry> entries, long size) {
        long end = 0;
        for (Map.Entry<String, Entry> next : entries.entrySet().stream()
                .sorted(Comparator.comparingLong(
                                (Map.Entry<String, Entry> e) -> e.getValue().begin())
                        .thenComparingLong(e -> e.getValue().end()))
                .toList()) {
            if (next.getValue().begin() != end || next.getValue().end() > size) {
                throw bad(
                        file,
                        next.getKey(),
                        "its bytes %d to %d do not follow the %d of those before it, in %d of all"
                                .formatted(
                                        next.getValue().begin(), next.getValue().end(), end, size));
            }
            end = next.getValue().end();
        }
        if (end != size) {
            throw new DataException("%s: its tensors take %d bytes, but there are %d: it was cut or added to"
                    .formatted(file, end, size));
        }
    }

    private static List<Long> numbers(Path file, String name, JsonNode node) {
        if (!node.isArray()) {
            throw bad(file, name, "its shape or offsets are missing");
        }
        return node.valueStream()
                .map(number -> {
                    if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
                        throw bad(file, name, "its shape or offsets are not whole numbers");
                    }
                    return number.longValue();
                })
                .toList();
    }

    private static DataException bad(Path file, String name, String why) {
        return new DataException("%s: tensor '%s' cannot be read: %s".formatted(file, name, why));
    }
}
