package org.thalweg.train.model.layer;

import org.bytedeco.pytorch.Scalar;
import org.thalweg.train.data.Shape;

/**
 * Each value times one number.
 *
 * @param factor finite
 */
public record Scale(double factor) implements Plain {
    public Scale {
        Check.finite(factor, "factor of a scale");
    }

    @Override
    public String kind() {
        return "scale";
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        Scalar number = new Scalar(factor);
        return (value, _) -> value.mul(number);
    }
}
