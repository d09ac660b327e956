package org.thalweg.train.model.text;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.thalweg.optim.text.Names;
import org.thalweg.optim.text.Records;
import org.thalweg.train.model.layer.Layer;

/**
 * Layers by name: {@code relu}, {@code linear: 10}, {@code conv2d: {channels: 16, kernel: 3}}. A layer's name is its class's
 * in kebab case, its options are its record components; those that its shortest constructor does without may be left out.
 */
final class LayerKinds {
    /** Every kind of layer by its name. */
    private static final SequencedMap<String, Class<? extends Record>> KINDS = kinds();

    private LayerKinds() {}

    private static SequencedMap<String, Class<? extends Record>> kinds() {
        SequencedMap<String, Class<? extends Record>> kinds = new LinkedHashMap<>();
        records(Layer.class).forEach(kind -> kinds.put(Names.kebab(kind.getSimpleName()), kind));
        return kinds;
    }

    private static Stream<Class<? extends Record>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type.asSubclass(Record.class))
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(LayerKinds::records);
    }

    /** The names of all kinds of layers. */
    static List<String> names() {
        return List.copyOf(KINDS.keySet());
    }

    /** The layer of that name. */
    static Optional<Class<? extends Record>> named(String name) {
        return KINDS.entrySet().stream()
                .filter(entry -> Names.same(entry.getKey(), name))
                .<Class<? extends Record>>map(Map.Entry::getValue)
                .findFirst();
    }

    static String name(Class<? extends Record> kind) {
        return Names.kebab(kind.getSimpleName());
    }

    /** The names of a layer's options. */
    static List<String> options(Class<? extends Record> kind) {
        return Records.components(kind).stream()
                .map(component -> Names.kebab(component.getName()))
                .toList();
    }

    /** Options that have no defaults. */
    static int needed(Class<? extends Record> kind) {
        return Records.arities(kind).getFirst();
    }
}
