package org.thalweg.train.model.text;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.optim.text.Records;
import org.thalweg.optim.text.Values;
import org.thalweg.train.model.layer.Layer;

/** Layers as {@link LayerReader} reads them. */
final class LayerWriter {
    private LayerWriter() {}

    /** Layers as lists, maps, texts and numbers; options that are as by default are left out. */
    static List<Object> json(List<Layer> layers) {
        return layers.stream().map(LayerWriter::json).toList();
    }

    private static Object json(Layer layer) {
        Record record = (Record) layer;
        String name = LayerKinds.name(record.getClass());
        Map<String, Object> options = differing(record);
        if (options.isEmpty()) {
            return name;
        }
        boolean first = options.size() == 1
                && options.containsKey(LayerKinds.options(record.getClass()).getFirst());
        return Map.of(name, first ? options.values().iterator().next() : options);
    }

    private static Map<String, Object> differing(Record record) {
        List<Object> values = Records.values(record);
        int needed = LayerKinds.needed(record.getClass());
        List<Object> usual = Records.values(Records.of(record.getClass(), values.subList(0, needed)));
        List<String> names = LayerKinds.options(record.getClass());
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
            case Path path -> path.toString();
            default -> value;
        };
    }
}
