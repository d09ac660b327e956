package org.thalweg.train.model.layer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.thalweg.train.data.Shape;

/**
 * Affine map of a vector, or of each position of a sequence; an image is flattened first.
 *
 * @param outputs features that come out, at least 1
 * @param bias whether a shift is added
 */
public record Linear(int outputs, boolean bias) implements Plain {
    public Linear {
        Check.atLeast(1, outputs, "outputs of a linear layer");
    }

    /** With a bias. */
    public Linear(int outputs) {
        this(outputs, true);
    }

    @Override
    public String kind() {
        return "linear";
    }

    @Override
    public Shape output(Shape input) {
        return input.isSequence() ? Shape.sequence(input.length(), outputs) : Shape.vector(outputs);
    }

    @Override
    public List<Weight> weights(Shape input) {
        int inputs = input.isImage() ? input.size() : input.channels();
        List<Weight> weights = new ArrayList<>(List.of(Weight.kernel("weight", outputs, inputs)));
        if (bias) {
            weights.add(Weight.bias("bias", outputs, inputs));
        }
        return weights;
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        Tensor weight = weights.get("weight");
        TensorOptional shift = weights.optional("bias");
        boolean flatten = input.isImage();
        return (value, _) -> Affine.of(flatten ? value.flatten(1, -1) : value, weight, shift);
    }
}
