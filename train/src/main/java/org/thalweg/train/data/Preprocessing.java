package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.util.Map;

/** What is done to every input before a model sees it, fitted on the training part alone. */
public sealed interface Preprocessing permits Standardisation, Whitening, Vocabulary {
    /** The shape that an example of the given shape becomes. */
    Shape output(Shape input);

    /**
     * Preprocesses one example. Any thread may, and several at once.
     *
     * @param shape the example's
     * @param from its numbers, laid out as the shape says
     * @param to as large as the output shape says; it may be the same memory
     */
    void apply(Shape shape, MemorySegment from, MemorySegment to);

    /** As {@code config.json} has it: a {@code kind}, and what was fitted. */
    Map<String, Object> json();

    /**
     * Reads what {@link #json} has written.
     *
     * @param source what to call the file in errors
     * @throws DataException naming the source and the member that is missing or wrong
     */
    static Preprocessing of(Map<?, ?> members, String source) {
        JsonFields json = new JsonFields(members, source);
        String kind = json.text("kind");
        return switch (kind) {
            case "standardisation" -> Standardisation.of(json);
            case "pca" -> Whitening.of(json, Whitening.Kind.PCA);
            case "zca" -> Whitening.of(json, Whitening.Kind.ZCA);
            case "vocabulary" -> json.checked(() -> new Vocabulary(json.text("characters")));
            default -> throw json.error("there is no preprocessing of kind \"%s\"".formatted(kind));
        };
    }

    /** The examples as a model sees them: they are preprocessed whenever they are copied. */
    default Examples apply(Examples examples) {
        return new PreprocessedExamples(examples, this);
    }
}
