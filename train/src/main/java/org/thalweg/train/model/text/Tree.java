package org.thalweg.train.model.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Text in a structure, each part of which knows where it stands: what YAML and JSON have in common. */
sealed interface Tree {
    /** Where it stands, for errors: {@code line 4, column 7} or {@code layers[2].conv2d}. */
    String place();

    /** One text or number. */
    record Text(String place, String text) implements Tree {}

    /** A list. */
    record Items(String place, List<Tree> items) implements Tree {}

    /** Values by name. */
    record Fields(String place, SequencedMap<String, Tree> fields) implements Tree {}

    /** Levels beyond which nobody means it. */
    int DEEPEST = 100;

    /**
     * The tree of maps, lists, texts, numbers and booleans, as a JSON reader gives them.
     *
     * @throws Unreadable if it holds anything else
     */
    static Tree of(Object json) {
        return of(json, "", 0);
    }

    private static Tree of(@Nullable Object json, String place, int depth) {
        if (depth > DEEPEST) {
            throw new Unreadable(place, "it is nested more than %d deep".formatted(DEEPEST));
        }
        return switch (json) {
            case null -> throw new Unreadable(place, "null is no part of a model");
            case Map<?, ?> map -> fields(map, place, depth);
            case List<?> list -> items(list, place, depth);
            case String text -> new Text(place, text);
            case Number number -> new Text(place, number.toString());
            case Boolean flag -> new Text(place, flag.toString());
            default ->
                throw new Unreadable(
                        place,
                        "a %s is no part of a model".formatted(json.getClass().getSimpleName()));
        };
    }

    private static Tree fields(Map<?, ?> map, String place, int depth) {
        SequencedMap<String, Tree> fields = new LinkedHashMap<>();
        map.forEach((key, value) ->
                fields.put(key.toString(), of(value, place.isEmpty() ? key.toString() : place + "." + key, depth + 1)));
        return new Fields(place, fields);
    }

    private static Tree items(List<?> list, String place, int depth) {
        List<Tree> items = new ArrayList<>();
        for (Object item : list) {
            items.add(of(item, "%s[%d]".formatted(place, items.size()), depth + 1));
        }
        return new Items(place, items);
    }
}
