package org.thalweg.train.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.thalweg.train.data.DataException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON files of a run. */
final class Json {
    /** Far above what a run writes, and little enough to be read at once. */
    private static final long LARGEST = 1 << 24;

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private Json() {}

    static Disk.Content content(Object document) {
        byte[] text = (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        return out -> out.write(text);
    }

    /**
     * Reads a document that is an object.
     *
     * @throws DataException if there is none; the message says where and why
     */
    static JsonNode read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new DataException("%s has %,d bytes: no run writes that much".formatted(file, Files.size(file)));
            }
            return parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(file, Disk.reason(e)), e);
        }
    }

    /**
     * Reads an object.
     *
     * @param name for complaints
     * @throws DataException if there is none; the message says where and why
     */
    static JsonNode parse(String name, String text) {
        return parse(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** From bytes, so that what is no text is told with its place as well. */
    private static JsonNode parse(String name, byte[] text) {
        try {
            JsonNode document = MAPPER.readTree(text);
            if (!document.isObject()) {
                throw new DataException("%s, line 1: this is not a JSON object".formatted(name));
            }
            return document;
        } catch (JacksonException e) {
            throw new DataException(
                    "%s, line %d, column %d: this is not JSON (%s)"
                            .formatted(
                                    name,
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage()),
                    e);
        }
    }
}
