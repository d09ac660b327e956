package org.thalweg.train.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shape of one example, or of what a layer makes of it.
 *
 * @param kind what the sizes mean
 * @param sizes as many as the kind has, each at least 1
 */
public record Shape(Kind kind, List<Integer> sizes) {
    /** What an example is. */
    public enum Kind {
        /** Features. */
        VECTOR(1),
        /** Positions in order, each with as many features: length, features. */
        SEQUENCE(2),
        /** Channels, height, width. */
        IMAGE(3),
        /** Positions in order, each a whole number (int64) that names a token. */
        TOKENS(1);

        private final int dimensions;

        Kind(int dimensions) {
            this.dimensions = dimensions;
        }
    }

    public Shape {
        sizes = List.copyOf(sizes);
        if (sizes.size() != kind.dimensions || sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(
                    "an example is a vector, length x features, channels x height x width, or tokens,"
                            + " each at least 1, but got " + sizes);
        }
        if (sizes.stream().reduce(Integer.MAX_VALUE, (room, size) -> room / size) == 0) {
            throw new IllegalArgumentException("an example may hold 2147483647 numbers at most, but got " + sizes);
        }
    }

    public static Shape vector(int features) {
        return new Shape(Kind.VECTOR, List.of(features));
    }

    public static Shape sequence(int length, int features) {
        return new Shape(Kind.SEQUENCE, List.of(length, features));
    }

    public static Shape image(int channels, int height, int width) {
        return new Shape(Kind.IMAGE, List.of(channels, height, width));
    }

    public static Shape tokens(int length) {
        return new Shape(Kind.TOKENS, List.of(length));
    }

    public boolean isImage() {
        return kind == Kind.IMAGE;
    }

    /** Whether it has positions in order: a sequence or tokens. */
    public boolean isSequence() {
        return kind == Kind.SEQUENCE || kind == Kind.TOKENS;
    }

    /** One example in memory: float32, but int64 for tokens. */
    public Layout layout() {
        return new Layout(kind == Kind.TOKENS ? Layout.Type.INT64 : Layout.Type.FLOAT32, sizes);
    }

    /** Numbers in one example. */
    public int size() {
        return sizes.stream().reduce(1, Math::multiplyExact);
    }

    /** What is normalised apart: channels of an image, features of a vector or of a sequence's positions; 1 for tokens. */
    public int channels() {
        return switch (kind) {
            case VECTOR, IMAGE -> sizes.getFirst();
            case SEQUENCE -> sizes.getLast();
            case TOKENS -> 1;
        };
    }

    /** Positions of a sequence or of tokens. */
    public int length() {
        if (!isSequence()) {
            throw new IllegalStateException(this + " has no positions");
        }
        return sizes.getFirst();
    }

    /** Height of an image. */
    public int height() {
        return sizes.get(1);
    }

    /** Width of an image. */
    public int width() {
        return sizes.get(2);
    }

    /** Values in each channel: height times width of an image, 1 for a feature, the length of a sequence. */
    public int area() {
        return size() / channels();
    }

    /** As {@code config.json} has it: {@code kind} and {@code sizes}. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind.name().toLowerCase(Locale.ROOT));
        json.put("sizes", sizes);
        return json;
    }

    /** Reads what {@link #json} has written. */
    static Shape of(JsonFields json) {
        String name = json.text("kind");
        Kind kind = Stream.of(Kind.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> json.error("there is no shape of kind \"%s\"".formatted(name)));
        return json.checked(() -> new Shape(kind, json.wholes("sizes")));
    }

    /**
     * Reads {@code 64} as a vector and {@code 1x28x28} as an image.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static Shape parse(String text) {
        if (!text.matches("\\d{1,9}(x\\d{1,9}x\\d{1,9})?")) {
            throw new IllegalArgumentException(
                    "a shape is features, such as 64, or channels x height x width, such as 1x28x28, but not \"%s\""
                            .formatted(text));
        }
        List<Integer> sizes =
                Stream.of(text.split("x", -1)).map(Integer::valueOf).toList();
        return new Shape(sizes.size() == 1 ? Kind.VECTOR : Kind.IMAGE, sizes);
    }

    /** {@code 1x28x28} for an image, {@code 64} for a vector, {@code 128x64} for a sequence, {@code 128 tokens}. */
    @Override
    public String toString() {
        String numbers = sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
        return kind == Kind.TOKENS ? numbers + " tokens" : numbers;
    }
}
