package org.thalweg.train.model.layer;

import org.thalweg.train.data.Shape;

/** All of an example as one vector. */
public record Flatten() implements Plain {
    @Override
    public String kind() {
        return "flatten";
    }

    @Override
    public Shape output(Shape input) {
        return Shape.vector(input.size());
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        return (value, _) -> value.flatten(1, -1);
    }
}
