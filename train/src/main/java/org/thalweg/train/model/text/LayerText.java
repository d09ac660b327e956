package org.thalweg.train.model.text;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thalweg.optim.text.Names;
import org.thalweg.optim.text.Records;
import org.thalweg.optim.text.Values;
import org.thalweg.train.model.layer.Layer;

/**
 * Layers by name: {@code relu}, {@code linear: 10}, {@code conv2d: {channels: 16, kernel: 3}}. A layer's name is its class's
 * in kebab case, its options are its record components; those that its shortest constructor does without may be left out.
 */
final class LayerText {
    /** Every kind of layer by its name. */
    private static final SequencedMap<String, Class<? extends Record>> KINDS = kinds();

    private LayerText() {}

    private static SequencedMap<String, Class<? extends Record>> kinds() {
        SequencedMap<String, Class<? extends Record>> kinds = new LinkedHashMap<>();
        records(Layer.class).forEach(kind -> kinds.put(Names.kebab(kind.getSimpleName()), kind));
        return kinds;
    }

    private static Stream<Class<? extends Record>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type.asSubclass(Record.class))
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(LayerText::records);
    }

    /** The names of all kinds of layers. */
    static List<String> names() {
        return List.copyOf(KINDS.keySet());
    }

    /** A list of layers. */
    static List<Layer> layers(Tree tree) {
        if (!(tree instanceof Tree.Items(var _, var items))) {
            throw new Unreadable(tree.place(), "a list of layers was expected");
        }
        return items.stream().map(LayerText::layer).toList();
    }

    private static Layer layer(Tree tree) {
        return switch (tree) {
            case Tree.Text(var place, var name) -> made(place, name, new Tree.Fields(place, new LinkedHashMap<>()));
            case Tree.Fields(var place, var fields)
            when fields.size() == 1 ->
                made(place, fields.firstEntry().getKey(), fields.firstEntry().getValue());
            case Tree other ->
                throw new Unreadable(
                        other.place(),
                        "a layer was expected, such as \"relu\", \"linear: 10\" or \"conv2d: {channels: 16, kernel: 3}\"");
        };
    }

    private static Layer made(String place, String name, Tree options) {
        Class<? extends Record> kind = KINDS.entrySet().stream()
                .filter(entry -> Names.same(entry.getKey(), name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new Unreadable(place, Names.unknown("layer", name, KINDS.keySet())));
        try {
            return (Layer) record(kind, place, given(kind, options));
        } catch (IllegalArgumentException refused) {
            throw new Unreadable(place, String.valueOf(refused.getMessage()));
        }
    }

    /** The options by their place among the components; a value without names is the first option's. */
    private static Map<Integer, Tree> given(Class<? extends Record> kind, Tree options) {
        List<String> known = options(kind);
        Map<Integer, Tree> given = new LinkedHashMap<>();
        if (!(options instanceof Tree.Fields(var _, var fields))) {
            if (known.isEmpty()) {
                throw new Unreadable(options.place(), "this layer has no options");
            }
            given.put(0, options);
            return given;
        }
        fields.forEach((name, value) -> {
            int index = IntStream.range(0, known.size())
                    .filter(i -> Names.same(known.get(i), name))
                    .findFirst()
                    .orElseThrow(() -> new Unreadable(value.place(), Names.unknown("option", name, known)));
            if (given.put(index, value) != null) {
                throw new Unreadable(value.place(), "%s is given twice".formatted(known.get(index)));
            }
        });
        return given;
    }

    private static List<String> options(Class<? extends Record> kind) {
        return Records.components(kind).stream()
                .map(component -> Names.kebab(component.getName()))
                .toList();
    }

    private static Record record(Class<? extends Record> kind, String place, Map<Integer, Tree> given) {
        List<RecordComponent> components = Records.components(kind);
        List<Object> needed = new ArrayList<>();
        for (int i = 0; i < needed(kind); i++) {
            if (!given.containsKey(i)) {
                throw new Unreadable(
                        place,
                        "the layer %s needs its %s"
                                .formatted(
                                        Names.kebab(kind.getSimpleName()),
                                        options(kind).get(i)));
            }
            needed.add(value(components.get(i), given.get(i)));
        }
        List<Object> values = new ArrayList<>(Records.values(Records.of(kind, needed)));
        given.forEach((index, tree) -> values.set(index, value(components.get(index), tree)));
        return Records.of(kind, values);
    }

    /** Options that have no defaults. */
    private static int needed(Class<? extends Record> kind) {
        return Records.arities(kind).getFirst();
    }

    private static Object value(RecordComponent component, Tree tree) {
        if (component.getType() == List.class) {
            return layers(tree);
        }
        if (!(tree instanceof Tree.Text(var place, var text))) {
            throw new Unreadable(
                    tree.place(),
                    "%s must be %s".formatted(Names.kebab(component.getName()), Values.described(component.getType())));
        }
        if (component.getType() == String.class) {
            return text;
        }
        try {
            return Values.parse(component.getType(), text);
        } catch (IllegalArgumentException refused) {
            throw new Unreadable(place, "%s: %s".formatted(Names.kebab(component.getName()), refused.getMessage()));
        }
    }

    /** Layers as lists, maps, texts and numbers; options that are as by default are left out. */
    static List<Object> json(List<Layer> layers) {
        return layers.stream().map(LayerText::json).toList();
    }

    private static Object json(Layer layer) {
        Record record = (Record) layer;
        String name = Names.kebab(record.getClass().getSimpleName());
        Map<String, Object> options = differing(record);
        if (options.isEmpty()) {
            return name;
        }
        boolean first = options.size() == 1
                && options.containsKey(options(record.getClass()).getFirst());
        return Map.of(name, first ? options.values().iterator().next() : options);
    }

    private static Map<String, Object> differing(Record record) {
        List<Object> values = Records.values(record);
        int needed = needed(record.getClass());
        List<Object> usual = Records.values(Records.of(record.getClass(), values.subList(0, needed)));
        List<String> names = options(record.getClass());
        Map<String, Object> options = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            if (i < needed || !values.get(i).equals(usual.get(i))) {
                options.put(names.get(i), json(values.get(i)));
            }
        }
        return options;
    }

    private static Object json(Object value) {
        return switch (value) {
            case List<?> list -> json(list.stream().map(Layer.class::cast).toList());
            case Enum<?> choice -> Values.text(choice);
            default -> value;
        };
    }
}
