package org.thalweg.train.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The members of a JSON object, read with checks.
 *
 * @param members as a JSON parser gives them: maps, lists, numbers and texts
 * @param place the file and where in it, for errors
 */
record JsonFields(Map<?, ?> members, String place) {
    boolean has(String name) {
        return members.containsKey(name);
    }

    String text(String name) {
        return typed(name, String.class, "a text");
    }

    Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    int whole(String name) {
        return typed(name, Integer.class, "a whole number");
    }

    long wholeLong(String name) {
        return value(name) instanceof Integer small ? small : typed(name, Long.class, "a whole number");
    }

    double number(String name) {
        return typed(name, Number.class, "a number").doubleValue();
    }

    Map<?, ?> map(String name) {
        return typed(name, Map.class, "an object");
    }

    JsonFields object(String name) {
        return new JsonFields(map(name), place + ", " + name);
    }

    List<Double> numbers(String name) {
        return list(name, Number.class, "a list of numbers").stream()
                .map(Number::doubleValue)
                .toList();
    }

    List<Integer> wholes(String name) {
        return list(name, Integer.class, "a list of whole numbers");
    }

    List<String> texts(String name) {
        return list(name, String.class, "a list of texts");
    }

    /** Makes something of the members; what refuses them is told with their place. */
    <T> T checked(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw new DataException("%s: %s".formatted(place, e.getMessage()), e);
        }
    }

    DataException error(String problem) {
        return new DataException("%s: %s".formatted(place, problem));
    }

    private <T> List<T> list(String name, Class<T> type, String expected) {
        List<T> list = new ArrayList<>();
        for (Object item : typed(name, List.class, expected)) {
            list.add(typed(item, type, name, expected));
        }
        return list;
    }

    private <T> T typed(String name, Class<T> type, String expected) {
        return typed(value(name), type, name, expected);
    }

    private <T> T typed(Object value, Class<T> type, String name, String expected) {
        if (!type.isInstance(value)) {
            throw error("\"%s\" is not %s".formatted(name, expected));
        }
        return type.cast(value);
    }

    private Object value(String name) {
        Object value = members.get(name);
        if (value == null) {
            throw error("\"%s\" is missing".formatted(name));
        }
        return value;
    }
}
