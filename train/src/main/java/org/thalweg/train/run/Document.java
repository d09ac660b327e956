package org.thalweg.train.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thalweg.train.data.DataException;
import org.thalweg.train.worker.Workers;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** A JSON object of a run, read with the file and the place in every complaint. */
public final class Document {
    private final String file;
    private final String place;
    private final JsonNode node;

    private Document(String file, String place, JsonNode node) {
        this.file = file;
        this.place = place;
        this.node = node;
    }

    /**
     * Reads a file.
     *
     * @throws DataException if it holds no JSON object; the message says where and why
     */
    public static Document read(Path file) {
        return new Document(file.toString(), "", Json.read(file));
    }

    /**
     * Reads a text.
     *
     * @param name what it is called in complaints
     * @throws DataException if it holds no JSON object
     */
    public static Document parse(String name, String text) {
        return new Document(name, "", Json.parse(name, text));
    }

    /** What rank 0 says to all workers; what the others would have said does not matter. */
    public static Document told(Workers workers, Map<String, ?> content) {
        byte[] text = of(content).toString().getBytes(StandardCharsets.UTF_8);
        return parse("what rank 0 tells", new String(workers.fromLeader(text), StandardCharsets.UTF_8));
    }

    /** A document that has not been written yet; numbers that are not finite become words. */
    public static Document of(Map<String, ?> content) {
        return new Document("new document", "", Json.MAPPER.valueToTree(content));
    }

    /**
     * Fields in this order, so that equal documents have equal bytes.
     *
     * @param pairs names and values in turns
     */
    public static SequencedMap<String, Object> fields(Object... pairs) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put((String) pairs[i], pairs[i + 1]);
        }
        return fields;
    }

    /** The object of that name. */
    public Document object(String name) {
        return optional(name).orElseThrow(() -> bad(name, "an object"));
    }

    /** The object of that name, if there is one. */
    public Optional<Document> optional(String name) {
        JsonNode found = node.path(name);
        if (found.isMissingNode() || found.isNull()) {
            return Optional.empty();
        }
        if (!found.isObject()) {
            throw bad(name, "an object");
        }
        return Optional.of(new Document(file, at(name), found));
    }

    /** A number; also NaN and the infinities. */
    public double number(String name) {
        JsonNode found = node.path(name);
        if (found.isNumber()) {
            return found.doubleValue();
        }
        return switch (found.asString("")) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw bad(name, "a number");
        };
    }

    /** The number of that name, or NaN where there is none. */
    public double numberOrNan(String name) {
        return node.path(name).isMissingNode() ? Double.NaN : number(name);
    }

    /** A whole number in a range, its ends included. */
    public long whole(String name, long least, long most) {
        JsonNode found = node.path(name);
        if (!found.isIntegralNumber()
                || !found.canConvertToLong()
                || found.longValue() < least
                || found.longValue() > most) {
            throw bad(name, "a whole number from %d to %d".formatted(least, most));
        }
        return found.longValue();
    }

    /** A whole number that is not negative. */
    public long count(String name) {
        return whole(name, 0, Long.MAX_VALUE);
    }

    /** Whether there is anything of that name. */
    public boolean has(String name) {
        return node.has(name);
    }

    public boolean flag(String name) {
        JsonNode found = node.path(name);
        if (!found.isBoolean()) {
            throw bad(name, "true or false");
        }
        return found.booleanValue();
    }

    public String text(String name) {
        return optionalText(name).orElseThrow(() -> bad(name, "text"));
    }

    /** The text of that name, if there is one. */
    public Optional<String> optionalText(String name) {
        JsonNode found = node.path(name);
        if (found.isMissingNode() || found.isNull()) {
            return Optional.empty();
        }
        if (!found.isString()) {
            throw bad(name, "text");
        }
        return Optional.of(found.stringValue());
    }

    /**
     * What a text stands for.
     *
     * @param parser its {@link IllegalArgumentException} becomes a complaint with the place
     */
    public <T> T parsed(String name, Function<String, T> parser) {
        try {
            return parser.apply(text(name));
        } catch (IllegalArgumentException e) {
            throw new DataException("%s, at %s: %s".formatted(file, at(name), e.getMessage()), e);
        }
    }

    /** The objects of a list. */
    public List<Document> list(String name) {
        JsonNode found = node.path(name);
        if (!found.isArray()) {
            throw bad(name, "a list");
        }
        List<Document> entries = new ArrayList<>();
        for (JsonNode entry : found) {
            String entryPlace = "%s[%d]".formatted(at(name), entries.size());
            if (!entry.isObject()) {
                throw new DataException("%s, at %s: an object is needed there".formatted(file, entryPlace));
            }
            entries.add(new Document(file, entryPlace, entry));
        }
        return entries;
    }

    /** What this object's parts are called. A name that no sentence could tell is damage. */
    private Collection<String> names() {
        Collection<String> names = node.propertyNames();
        if (names.stream().anyMatch(name -> name.chars().anyMatch(Character::isISOControl))) {
            throw new DataException("%s, at %s: a name there holds a character that cannot be printed"
                    .formatted(file, place.isEmpty() ? "the top" : place));
        }
        return names;
    }

    /** The numbers of this object by their names. */
    public SequencedMap<String, Double> numbers() {
        SequencedMap<String, Double> numbers = new LinkedHashMap<>();
        for (String name : names()) {
            numbers.put(name, number(name));
        }
        return numbers;
    }

    /** The whole numbers of this object by their names, none negative. */
    public SequencedMap<String, Long> counts() {
        SequencedMap<String, Long> counts = new LinkedHashMap<>();
        for (String name : names()) {
            counts.put(name, count(name));
        }
        return counts;
    }

    /** The objects of this object by their names. */
    public SequencedMap<String, Document> objects() {
        SequencedMap<String, Document> objects = new LinkedHashMap<>();
        for (String name : names()) {
            objects.put(name, object(name));
        }
        return objects;
    }

    /**
     * What makes something of this object.
     *
     * @param maker its {@link IllegalArgumentException} becomes a complaint with the place
     */
    public <T> T made(Function<Document, T> maker) {
        try {
            return maker.apply(this);
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    "%s, at %s: %s".formatted(file, place.isEmpty() ? "the top" : place, e.getMessage()), e);
        }
    }

    /**
     * What others read of the part of that name.
     *
     * @param reader of maps, lists, texts and numbers, and of the place, for its complaints
     */
    public <T> T read(String name, BiFunction<Map<String, ?>, String, T> reader) {
        Map<String, Object> value = Json.MAPPER.convertValue(object(name).node, new TypeReference<>() {});
        try {
            return reader.apply(value, "%s, at %s".formatted(file, at(name)));
        } catch (IllegalArgumentException e) {
            throw new DataException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What is different here, such as {@code batch 32, not 64}; fields that only one has included. */
    public String differences(Document other) {
        SequencedSet<String> names = new LinkedHashSet<>(other.node.propertyNames());
        names.addAll(node.propertyNames());
        return names.stream()
                .filter(name -> !node.path(name).equals(other.node.path(name)))
                .map(name -> "%s %s, not %s".formatted(at(name), node.path(name), other.node.path(name)))
                .collect(Collectors.joining(", "));
    }

    /** Whether both say the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Document document && node.equals(document.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    /** The JSON. */
    @Override
    public String toString() {
        return node.toString();
    }

    /** For another document. */
    JsonNode json() {
        return node;
    }

    Disk.Content content() {
        return Json.content(node);
    }

    private String at(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private DataException bad(String name, String wanted) {
        return new DataException("%s, at %s: %s is needed there".formatted(file, at(name), wanted));
    }
}
