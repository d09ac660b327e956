package org.thalweg.optim.schedule;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.thalweg.optim.text.Names;
import org.thalweg.optim.text.Source;
import org.thalweg.optim.text.Values;

/**
 * Reads the text form of schedules:
 *
 * <pre>{@code
 * schedule = ( number | call ) { "." call }
 * call     = name "(" [ argument { "," argument } ] ")"
 * argument = number | word | schedule | "[" number { "," number } "]"
 * }</pre>
 */
final class ScheduleParser {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*+");
    private static final int DEEPEST = 50;

    private final Source source;
    private final String text;
    private int position;
    private int depth;

    private ScheduleParser(String text) {
        this.source = new Source("schedule", text);
        this.text = text;
    }

    static Schedule parse(String text) {
        ScheduleParser parser = new ScheduleParser(text);
        Schedule schedule = parser.schedule();
        if (parser.position < text.length()) {
            throw parser.expected("nothing more, or a dot and " + parser.list(true));
        }
        return schedule;
    }

    private Schedule schedule() {
        if (++depth > DEEPEST) {
            throw source.error(position, "schedules are nested more than %d deep".formatted(DEEPEST));
        }
        skipSpace();
        Schedule schedule = matches(Values.NUMBER) ? constant() : call(false, List.of());
        while (accept('.')) {
            schedule = call(true, List.of(schedule));
        }
        depth--;
        return schedule;
    }

    private Schedule constant() {
        int start = position;
        return made(start, () -> new Constant((double) value(double.class, take(Values.NUMBER), start)));
    }

    private Schedule call(boolean follows, List<?> leading) {
        skipSpace();
        int start = position;
        Form form = form(follows);
        require('(', form);
        List<Object> values = new ArrayList<>(leading);
        List<RecordComponent> arguments = form.arguments();
        for (int count = 0; !accept(')'); count++) {
            if (count > 0) {
                require(',', form);
            }
            skipSpace();
            if (count == arguments.size()) {
                throw expected("the end of " + form.signature());
            }
            values.add(argument(arguments.get(count), form));
        }
        if (!form.takes(values.size() - leading.size())) {
            throw source.error(position - 1, "an argument is missing: " + form.signature());
        }
        return made(start, () -> form.make(values));
    }

    private Form form(boolean follows) {
        int start = position;
        if (!matches(NAME)) {
            throw expected((follows ? "" : "a number or ") + list(follows));
        }
        String name = take(NAME);
        return candidates(follows)
                .filter(form -> Names.same(form.name(), name))
                .findFirst()
                .orElseThrow(() -> source.error(start, unknown(name, follows)));
    }

    private String unknown(String name, boolean follows) {
        if (candidates(!follows).anyMatch(form -> Names.same(form.name(), name))) {
            return follows
                    ? "%s starts a schedule and cannot follow a dot".formatted(name)
                    : "%s follows another schedule and a dot, as in constant(0.1).%s(10)".formatted(name, name);
        }
        return Names.unknown(
                "schedule", name, candidates(follows).map(Form::name).toList());
    }

    private Object argument(RecordComponent component, Form form) {
        Class<?> type = component.getType();
        if (type == Schedule.class) {
            return schedule();
        }
        return type == List.class ? steps(component, form) : scalar(type, component, form);
    }

    private List<Object> steps(RecordComponent component, Form form) {
        require('[', form);
        List<Object> values = new ArrayList<>();
        while (values.isEmpty() || !accept(']')) {
            if (!values.isEmpty()) {
                require(',', form);
            }
            skipSpace();
            values.add(scalar(long.class, component, form));
        }
        return values;
    }

    private Object scalar(Class<?> type, RecordComponent component, Form form) {
        Pattern token = type == boolean.class || type.isEnum() ? NAME : Values.NUMBER;
        if (!matches(token)) {
            String what = token == NAME ? Values.described(type) : "a number";
            throw expected("%s for %s of %s".formatted(what, component.getName(), form.signature()));
        }
        int start = position;
        return value(type, take(token), start);
    }

    private Object value(Class<?> type, String token, int start) {
        return made(start, () -> Values.parse(type, token));
    }

    /** Adds the place to what a record says about its arguments. */
    private <T> T made(int start, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException refused) {
            throw source.error(start, String.valueOf(refused.getMessage()));
        }
    }

    private void require(char wanted, Form form) {
        if (!accept(wanted)) {
            throw expected("'%c' in %s".formatted(wanted, form.signature()));
        }
    }

    private boolean accept(char wanted) {
        skipSpace();
        boolean found = position < text.length() && text.charAt(position) == wanted;
        position += found ? 1 : 0;
        return found;
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private boolean matches(Pattern token) {
        return at(token).lookingAt();
    }

    private String take(Pattern token) {
        Matcher matcher = at(token);
        String taken = matcher.lookingAt() ? matcher.group() : "";
        position += taken.length();
        return taken;
    }

    private Matcher at(Pattern token) {
        return token.matcher(text).region(position, text.length());
    }

    private IllegalArgumentException expected(String what) {
        String found = position < text.length() ? "'" + text.charAt(position) + "'" : "the end";
        return source.error(position, "expected %s, found %s".formatted(what, Source.visible(found)));
    }

    private String list(boolean follows) {
        return "one of "
                + String.join(", ", candidates(follows).map(Form::signature).toList());
    }

    private static Stream<Form> candidates(boolean follows) {
        return Form.READY.stream().filter(form -> form.follows() == follows);
    }
}
