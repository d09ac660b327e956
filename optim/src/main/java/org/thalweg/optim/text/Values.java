package org.thalweg.optim.text;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Numbers, switches and choices as text; what is written reads back as exactly the same value. */
public final class Values {
    /** A decimal number; digits may be grouped by underscores, as in Java. */
    public static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:\\d[\\d_]*+(?:\\.\\d++)?|\\.\\d++)(?:[eE][+-]?\\d++)?");

    private static final double EXACT_INTEGERS = 0x1p53;

    private Values() {}

    /** The shortest readable text: {@code 90}, {@code 0.001}, {@code 1e-8}, {@code infinity}, {@code true}. */
    public static String text(Object value) {
        return switch (value) {
            case Double number -> decimal(number.toString());
            case Enum<?> choice -> Names.kebab(choice.name());
            default -> value.toString();
        };
    }

    private static String decimal(String java) {
        return java.replace("Infinity", "infinity")
                .replace(".0E", "e")
                .replace('E', 'e')
                .replaceAll("\\.0$", "");
    }

    /**
     * The value of the given type that the text stands for.
     *
     * @param type double, long, int, boolean, or an enum
     * @throws IllegalArgumentException saying what was expected, if the text stands for none
     */
    public static Object parse(Class<?> type, String text) {
        if (type == double.class) {
            return number(text);
        } else if (type == long.class) {
            return count(text, Long.MIN_VALUE, Long.MAX_VALUE);
        } else if (type == int.class) {
            return (int) count(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (type == boolean.class) {
            return choice(text, List.of(true, false));
        } else if (type.isEnum()) {
            return choice(text, Arrays.asList(type.getEnumConstants()));
        }
        throw new IllegalArgumentException(type.getSimpleName() + " has no text form");
    }

    /** What a value of the type looks like: {@code a number}, {@code true or false}, {@code inside or outside}. */
    public static String described(Class<?> type) {
        if (type == double.class) {
            return "a number";
        } else if (type == long.class || type == int.class) {
            return "a whole number";
        } else if (type == boolean.class) {
            return "true or false";
        } else if (type.isEnum()) {
            return alternatives(Arrays.asList(type.getEnumConstants()));
        }
        return type.getSimpleName();
    }

    private static String alternatives(List<?> choices) {
        return String.join(" or ", choices.stream().map(Values::text).toList());
    }

    private static double number(String text) {
        if (NUMBER.matcher(text).matches()) {
            return Double.parseDouble(text.replace("_", ""));
        }
        if (text.equalsIgnoreCase("infinity") || text.equalsIgnoreCase("inf")) {
            return Double.POSITIVE_INFINITY;
        }
        throw expected("a number", text);
    }

    private static long count(String text, long least, long most) {
        if (!NUMBER.matcher(text).matches()) {
            throw expected("a whole number", text);
        }
        String digits = text.replace("_", "");
        try {
            long value = Long.parseLong(digits);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notPlain) {
            double value = Double.parseDouble(digits); // 1e4 is a fair way to write a count
            if (value == Math.rint(value) && Math.abs(value) <= EXACT_INTEGERS && value >= least && value <= most) {
                return (long) value;
            }
        }
        throw expected("a whole number from %d to %d".formatted(least, most), text);
    }

    private static Object choice(String text, List<?> choices) {
        return choices.stream()
                .filter(choice -> Names.same(text(choice), text))
                .<Object>map(choice -> choice)
                .findFirst()
                .orElseThrow(() -> expected(alternatives(choices), text));
    }

    private static IllegalArgumentException expected(String what, String text) {
        return new IllegalArgumentException("expected %s, not \"%s\"".formatted(what, Source.shortened(text)));
    }
}
