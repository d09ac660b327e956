package org.thalweg.train.data;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is to be answered for each example. */
public sealed interface Task {
    /** The number of values that a model answers, for each example or each position. */
    int outputs();

    /** The shape of a model's answer to one example of the given shape. */
    Shape output(Shape input);

    /** One example's target in memory. */
    Layout target(Shape input);

    /**
     * To which of some classes does it belong? The target is one int64, from 0 to classes-1.
     *
     * @param classes at least 1
     */
    record Classification(int classes) implements Task {
        public Classification {
            atLeastOne(classes, "class");
        }

        @Override
        public int outputs() {
            return classes;
        }

        @Override
        public Shape output(Shape input) {
            return Shape.vector(classes);
        }

        @Override
        public Layout target(Shape input) {
            return Layout.labels();
        }

        @Override
        public String toString() {
            return classes == 1 ? "1 class" : "%,d classes".formatted(classes);
        }
    }

    /**
     * Which numbers go with it? The target is as many float32.
     *
     * @param outputs at least 1
     */
    record Regression(int outputs) implements Task {
        public Regression {
            atLeastOne(outputs, "output");
        }

        @Override
        public Shape output(Shape input) {
            return Shape.vector(outputs);
        }

        @Override
        public Layout target(Shape input) {
            return Layout.floats(outputs);
        }

        @Override
        public String toString() {
            return outputs == 1 ? "a number" : "%,d numbers".formatted(outputs);
        }
    }

    /**
     * Which token comes next, at every position? The target is one int64 for each position, from 0 to vocabulary-1.
     *
     * @param vocabulary number of different tokens, at least 1
     */
    record NextToken(int vocabulary) implements Task {
        public NextToken {
            atLeastOne(vocabulary, "token");
        }

        @Override
        public int outputs() {
            return vocabulary;
        }

        @Override
        public Shape output(Shape input) {
            return Shape.sequence(input.length(), vocabulary);
        }

        @Override
        public Layout target(Shape input) {
            return Layout.tokens(input.length());
        }

        @Override
        public String toString() {
            return "the next of %,d tokens".formatted(vocabulary);
        }
    }

    /** As {@code config.json} has it: a {@code kind} and a count. */
    default Map<String, Object> json() {
        return switch (this) {
            case Classification(int classes) -> json("classification", "classes", classes);
            case Regression(int outputs) -> json("regression", "outputs", outputs);
            case NextToken(int vocabulary) -> json("next-token", "vocabulary", vocabulary);
        };
    }

    /**
     * Reads what {@link #json} has written.
     *
     * @param source what to call the file in errors
     * @throws DataException naming the source and the member that is missing or wrong
     */
    static Task of(Map<?, ?> members, String source) {
        JsonFields json = new JsonFields(members, source);
        String kind = json.text("kind");
        return json.checked(() -> switch (kind) {
            case "classification" -> new Classification(json.whole("classes"));
            case "regression" -> new Regression(json.whole("outputs"));
            case "next-token" -> new NextToken(json.whole("vocabulary"));
            default -> throw json.error("there is no task of kind \"%s\"".formatted(kind));
        });
    }

    private static Map<String, Object> json(String kind, String name, int count) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind);
        json.put(name, count);
        return json;
    }

    private static void atLeastOne(int count, String what) {
        if (count < 1) {
            throw new IllegalArgumentException("a task has at least 1 %s, not %d".formatted(what, count));
        }
    }
}
