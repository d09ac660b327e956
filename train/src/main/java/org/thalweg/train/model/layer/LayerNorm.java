package org.thalweg.train.model.layer;

import java.util.List;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.data.Shape;

/**
 * Layer normalisation (Ba, Kiros and Hinton, arXiv:1607.06450, 2016): over the features of a vector or of
 * each position of a sequence, or over all of an image with a scale and shift for each channel, which is group normalisation with one group. The same in training and
 * evaluation.
 *
 * @param epsilon added to the variance, above 0
 * @param scale what the trained scale starts at
 */
public record LayerNorm(double epsilon, double scale) implements Plain {
    /** The usual one. */
    public static final double EPSILON = 1e-5;

    public LayerNorm {
        Check.positive(epsilon, "epsilon of layer normalisation");
        Check.finite(scale, "scale of layer normalisation");
    }

    /** Epsilon 1e-5. */
    public LayerNorm() {
        this(EPSILON, 1);
    }

    @Override
    public String kind() {
        return "norm";
    }

    @Override
    public Shape output(Shape input) {
        Misfit.unless(
                input.isImage() ? input.size() > 1 : input.channels() > 1, "needs more than one value to normalise");
        return input;
    }

    @Override
    public List<Weight> weights(Shape input) {
        return BatchNorm.affine(input.channels(), scale);
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        if (input.isImage()) {
            return GroupNorm.over(1, epsilon, weights);
        }
        TensorOptional scales = weights.optional("weight");
        TensorOptional shifts = weights.optional("bias");
        long[] features = {input.channels()};
        return (value, _) -> torch.layer_norm(value, features, scales, shifts, epsilon, false);
    }
}
