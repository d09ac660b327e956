package org.thalweg.train.data;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the user's own files are read, where they do not say it themselves.
 *
 * @param format of the file or folder
 * @param target of a CSV file: the target column's name, or its number from 1; the last column if empty
 * @param kind of a CSV file: whether its targets are classes or numbers
 * @param header of a CSV file: whether its first line names the columns
 * @param shape of a CSV file's rows, or that images are brought to
 * @param length characters in an example of text
 */
public record Reading(
        Optional<Format> format,
        Optional<String> target,
        Optional<TargetKind> kind,
        Optional<Boolean> header,
        Optional<Shape> shape,
        int length) {
    /** Characters in an example of text unless something else is asked for. */
    public static final int DEFAULT_LENGTH = 128;

    /** What files say themselves. */
    public static final Reading USUAL = new Reading(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), DEFAULT_LENGTH);

    /** As {@code config.json} has it; what is not asked for is left out. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        format.ifPresent(value -> json.put("format", name(value)));
        target.ifPresent(value -> json.put("target", value));
        kind.ifPresent(value -> json.put("task", name(value)));
        header.ifPresent(value -> json.put("header", String.valueOf(value)));
        shape.ifPresent(value -> json.put("shape", value.toString()));
        json.put("length", length);
        return json;
    }

    static Reading of(JsonFields json) {
        return json.checked(() -> new Reading(
                json.optionalText("format").map(text -> choice(text, Format.values())),
                json.optionalText("target"),
                json.optionalText("task").map(text -> choice(text, TargetKind.values())),
                json.optionalText("header").map(Boolean::valueOf),
                json.optionalText("shape").map(Shape::parse),
                json.whole("length")));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E choice(String text, E[] choices) {
        return Stream.of(choices)
                .filter(choice -> name(choice).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no choice \"%s\"".formatted(text)));
    }
}
