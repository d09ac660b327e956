package org.thalweg.optim.text;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Records by name, as short text: {@code name}, {@code name:value,value} in the order of the components, or {@code
 * name:component=value}. What is left out is as in the ready record of that name.
 *
 * @param kind what the records are, for messages
 * @param ready the records that can be named, with the values that they have when none are given
 * @param naming the name of a record
 */
public record Forms(String kind, List<? extends Record> ready, Function<Record, String> naming) {
    /** Records of which the first word is enough as a name. */
    public Forms(String kind, List<? extends Record> ready) {
        this(kind, ready, Forms::name);
    }

    /** Records that are called by all words of their class's name: {@code nf-resnet}. */
    public static Forms byWholeName(String kind, List<? extends Record> ready) {
        return new Forms(kind, ready, record -> Names.kebab(record.getClass().getSimpleName()));
    }

    /** The names of the ready records. */
    public List<String> names() {
        return ready.stream().map(naming).toList();
    }

    /** The options of a record with their values: {@code blocks=1}. */
    public static List<String> options(Record record) {
        List<Object> values = Records.values(record);
        List<RecordComponent> components = Records.components(record.getClass());
        return IntStream.range(0, values.size())
                .mapToObj(i -> Names.kebab(components.get(i).getName()) + "=" + Values.text(values.get(i)))
                .toList();
    }

    /** The text with the values that differ from those of the ready record of that name. */
    public String text(Record record) {
        List<String> usual = ready.stream()
                .filter(known -> known.getClass() == record.getClass())
                .findFirst()
                .map(Forms::options)
                .orElse(List.of());
        String options = options(record).stream()
                .filter(option -> !usual.contains(option))
                .collect(Collectors.joining(","));
        return options.isEmpty() ? naming.apply(record) : naming.apply(record) + ":" + options;
    }

    /** The name of a record: its class's in kebab case, of which the first word is enough. */
    public static String name(Record record) {
        return Names.kebab(record.getClass().getSimpleName()).split("-", 2)[0];
    }

    /** The text with every value. */
    public static String format(Record record) {
        String values = Records.values(record).stream().map(Values::text).collect(Collectors.joining(","));
        return values.isEmpty() ? name(record) : name(record) + ":" + values;
    }

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException if it is none; the message says where, what was expected, and the nearest name
     */
    public Record parse(String text) {
        Source source = new Source(kind, text);
        int colon = text.indexOf(':');
        String name = (colon < 0 ? text : text.substring(0, colon)).strip();
        Record named = ready.stream()
                .filter(record -> isName(name, record))
                .findFirst()
                .orElseThrow(() -> source.error(0, Names.unknown(kind, name, names())));
        return colon < 0 ? named : with(named, source, colon + 1);
    }

    private boolean isName(String name, Record record) {
        return Names.same(name, naming.apply(record))
                || Names.same(name, record.getClass().getSimpleName());
    }

    private static Record with(Record named, Source source, int from) {
        List<RecordComponent> components = Records.components(named.getClass());
        List<Object> values = new ArrayList<>(Records.values(named));
        Set<Integer> given = new HashSet<>();
        int place = from;
        for (String option : source.text().substring(from).split(",", -1)) {
            int index = index(components, option, given.size(), source, place);
            if (!given.add(index)) {
                throw source.error(place, Names.kebab(components.get(index).getName()) + " is given twice");
            }
            values.set(index, value(components.get(index), option, source, place));
            place += option.length() + 1;
        }
        try {
            return Records.of(named.getClass(), values);
        } catch (IllegalArgumentException refused) {
            throw source.error(from, String.valueOf(refused.getMessage()));
        }
    }

    private static int index(List<RecordComponent> components, String option, int place, Source source, int at) {
        List<String> known = components.stream()
                .map(component -> Names.kebab(component.getName()))
                .toList();
        if (option.indexOf('=') < 0) {
            if (place >= known.size()) {
                throw source.error(at, "at most %d values were expected: %s".formatted(known.size(), known));
            }
            return place;
        }
        String name = option.substring(0, option.indexOf('=')).strip();
        for (int i = 0; i < known.size(); i++) {
            if (Names.same(known.get(i), name)) {
                return i;
            }
        }
        throw source.error(at, Names.unknown("option", name, known));
    }

    private static Object value(RecordComponent component, String option, Source source, int at) {
        int start = option.indexOf('=') + 1;
        try {
            return Values.parse(component.getType(), option.substring(start).strip());
        } catch (IllegalArgumentException refused) {
            throw source.error(at + start, String.valueOf(refused.getMessage()));
        }
    }
}
