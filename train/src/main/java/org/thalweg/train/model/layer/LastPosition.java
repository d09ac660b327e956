package org.thalweg.train.model.layer;

import org.thalweg.train.data.Shape;

/** A sequence's last position, as a vector. */
public record LastPosition() implements Plain {
    @Override
    public String kind() {
        return "last";
    }

    @Override
    public Shape output(Shape input) {
        Misfit.unless(input.isSequence(), "needs a sequence");
        return Shape.vector(input.channels());
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        return (value, _) -> value.select(1, value.size(1) - 1);
    }
}
