package org.thalweg.train.model.layer;

import java.util.List;
import org.thalweg.train.data.Shape;

/**
 * Normalisation of each channel of each image by itself (Ulyanov, Vedaldi and Lempitsky, arXiv:1607.08022, 2016), with a
 * trained scale and shift: the same in training and evaluation.
 *
 * @param epsilon added to the variance, above 0
 * @param scale what the trained scale of each channel starts at
 */
public record InstanceNorm(double epsilon, double scale) implements Plain {
    /** The usual one. */
    public static final double EPSILON = 1e-5;

    public InstanceNorm {
        Check.positive(epsilon, "epsilon of instance normalisation");
        Check.finite(scale, "scale of instance normalisation");
    }

    /** Epsilon 1e-5. */
    public InstanceNorm() {
        this(EPSILON, 1);
    }

    @Override
    public String kind() {
        return "norm";
    }

    @Override
    public Shape output(Shape input) {
        Misfit.unless(input.isImage() && input.area() > 1, "needs an image of more than one pixel");
        return input;
    }

    @Override
    public List<Weight> weights(Shape input) {
        return BatchNorm.affine(input.channels(), scale);
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        return GroupNorm.over(input.channels(), epsilon, weights);
    }
}
