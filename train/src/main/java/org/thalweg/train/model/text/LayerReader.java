package org.thalweg.train.model.text;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.thalweg.optim.text.Names;
import org.thalweg.optim.text.Records;
import org.thalweg.optim.text.Values;
import org.thalweg.train.model.layer.Layer;

/**
 * Makes layers of what was read.
 *
 * @param folder that files are looked for in
 */
record LayerReader(Path folder) {
    /** A list of layers. */
    List<Layer> layers(Tree tree) {
        if (!(tree instanceof Tree.Items(var _, var items))) {
            throw new Unreadable(tree.place(), "a list of layers was expected");
        }
        return items.stream().map(this::layer).toList();
    }

    private Layer layer(Tree tree) {
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

    private Layer made(String place, String name, Tree options) {
        Class<? extends Record> kind = LayerKinds.named(name)
                .orElseThrow(() -> new Unreadable(place, Names.unknown("layer", name, LayerKinds.names())));
        try {
            return (Layer) record(kind, place, given(kind, options));
        } catch (IllegalArgumentException refused) {
            throw new Unreadable(place, String.valueOf(refused.getMessage()));
        }
    }

    /** The options by their place among the components; a value without names is the first option's. */
    private Map<Integer, Tree> given(Class<? extends Record> kind, Tree options) {
        List<String> known = LayerKinds.options(kind);
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

    private Record record(Class<? extends Record> kind, String place, Map<Integer, Tree> given) {
        List<RecordComponent> components = Records.components(kind);
        List<Object> needed = new ArrayList<>();
        for (int i = 0; i < LayerKinds.needed(kind); i++) {
            if (!given.containsKey(i)) {
                throw new Unreadable(
                        place,
                        "the layer %s needs its %s"
                                .formatted(
                                        LayerKinds.name(kind),
                                        LayerKinds.options(kind).get(i)));
            }
            needed.add(value(components.get(i), given.get(i)));
        }
        List<Object> values = new ArrayList<>(Records.values(Records.of(kind, needed)));
        given.forEach((index, tree) -> values.set(index, value(components.get(index), tree)));
        return Records.of(kind, values);
    }

    private Object value(RecordComponent component, Tree tree) {
        if (component.getType() == List.class) {
            return layers(tree);
        }
        if (!(tree instanceof Tree.Text(var place, var text))) {
            throw new Unreadable(
                    tree.place(),
                    "%s must be %s".formatted(Names.kebab(component.getName()), Values.described(component.getType())));
        }
        try {
            return component.getType() == Path.class ? folder.resolve(text) : Values.parse(component.getType(), text);
        } catch (IllegalArgumentException refused) {
            throw new Unreadable(place, "%s: %s".formatted(Names.kebab(component.getName()), refused.getMessage()));
        }
    }
}
