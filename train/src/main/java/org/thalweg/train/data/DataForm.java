package org.thalweg.train.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an input gets to a model, and what its answer means: with the model's weights, all that is needed to use it.
 *
 * @param shape of one input as it comes, before preprocessing
 * @param preprocessing what is done to it
 * @param task what the model answers
 * @param targetScale for a regression: the answers are standardised by this, and {@link Standardisation#undo} brings them
 *     back to the data's units
 * @param classNames in their order; empty if they have none
 */
public record DataForm(
        Shape shape,
        Preprocessing preprocessing,
        Task task,
        Optional<Standardisation> targetScale,
        List<String> classNames) {
    public DataForm {
        classNames = List.copyOf(classNames);
    }

    /** The shape of one input as the model sees it. */
    public Shape modelInput() {
        return preprocessing.output(shape);
    }

    /** A class's name, or its number where it has none. */
    public String className(int label) {
        return label < classNames.size() ? classNames.get(label) : String.valueOf(label);
    }

    /** As {@code config.json} has it, under {@code data}. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("shape", shape.json());
        json.put("task", task.json());
        if (!classNames.isEmpty()) {
            json.put("classNames", classNames);
        }
        json.put("preprocessing", preprocessing.json());
        targetScale.ifPresent(scale -> json.put("targetScale", scale.json()));
        return json;
    }

    /**
     * Reads what {@link #json} has written.
     *
     * @param json as a JSON parser gives it: maps, lists, numbers and texts
     * @param source what to call the file in errors
     * @throws DataException naming the source and the member that is missing or wrong
     */
    public static DataForm of(Map<?, ?> json, String source) {
        JsonFields fields = new JsonFields(json, source);
        return fields.checked(() -> new DataForm(
                Shape.of(fields.object("shape")),
                Preprocessing.of(fields.map("preprocessing"), source),
                Task.of(fields.map("task"), source),
                fields.has("targetScale")
                        ? Optional.of(Standardisation.of(fields.object("targetScale")))
                        : Optional.empty(),
                fields.has("classNames") ? fields.texts("classNames") : List.of()));
    }
}
