package org.thalweg.train.model.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.thalweg.train.data.Shape;

/**
 * Layers one after the other, as one.
 *
 * @param layers in order
 */
public record Sequence(List<Layer> layers) implements Composite {
    public Sequence {
        layers = List.copyOf(layers);
    }

    public Sequence(Layer... layers) {
        this(List.of(layers));
    }

    @Override
    public String kind() {
        return "sequence";
    }

    @Override
    public SequencedMap<String, List<Layer>> branches() {
        SequencedMap<String, List<Layer>> branches = new LinkedHashMap<>();
        branches.put("", layers);
        return branches;
    }

    @Override
    public Sequence around(List<List<Layer>> others) {
        return new Sequence(others.getFirst());
    }

    @Override
    public Shape output(List<Shape> outputs) {
        return outputs.getFirst();
    }

    @Override
    public Stage stage(List<Stage> branches) {
        return branches.getFirst();
    }
}
