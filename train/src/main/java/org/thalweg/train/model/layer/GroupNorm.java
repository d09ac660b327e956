package org.thalweg.train.model.layer;

import java.util.List;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.data.Shape;

/**
 * Normalisation of each example by itself, over groups of channels (Wu and He, ECCV 2018): the same in training and
 * evaluation.
 *
 * @param groups that the channels are divided into, at least 1
 * @param epsilon added to the variance, above 0
 * @param scale what the trained scale of each channel starts at
 */
public record GroupNorm(int groups, double epsilon, double scale) implements Plain {
    /** The usual one. */
    public static final double EPSILON = 1e-5;

    public GroupNorm {
        Check.atLeast(1, groups, "groups of group normalisation");
        Check.positive(epsilon, "epsilon of group normalisation");
        Check.finite(scale, "scale of group normalisation");
    }

    /** Epsilon 1e-5. */
    public GroupNorm(int groups) {
        this(groups, EPSILON, 1);
    }

    @Override
    public String kind() {
        return "norm";
    }

    @Override
    public Shape output(Shape input) {
        Misfit.unless(!input.isSequence(), "needs a vector or an image");
        Misfit.unless(input.channels() % groups == 0, "needs channels that can be divided into %d groups", groups);
        Misfit.unless(
                input.size() / groups > 1,
                "needs more than one value in each of its %d groups, or all that comes out is its shift",
                groups);
        return input;
    }

    @Override
    public List<Weight> weights(Shape input) {
        return BatchNorm.affine(input.channels(), scale);
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        return over(groups, epsilon, weights);
    }

    static Stage over(int groups, double epsilon, Weights weights) {
        TensorOptional scales = weights.optional("weight");
        TensorOptional shifts = weights.optional("bias");
        return (value, _) -> torch.group_norm(value, groups, scales, shifts, epsilon, false);
    }
}
