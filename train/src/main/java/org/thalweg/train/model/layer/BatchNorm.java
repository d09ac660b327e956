package org.thalweg.train.model.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.train.data.Shape;

/**
 * Batch normalisation over each channel of an image or each feature of a vector (Ioffe and Szegedy, 2015): the batch's
 * statistics in training, running averages in evaluation.
 *
 * <p>With ghost batches (Hoffer, Hubara and Soudry, NeurIPS 2017, Algorithm 1) a batch in training is cut into chunks, each
 * normalised by itself; the running averages then take in the mean of the chunks' statistics.
 *
 * @param momentum the weight of a new batch in the running averages, above 0, at most 1
 * @param epsilon added to the variance, above 0
 * @param ghost the fewest examples in a chunk, or 0 for the batch as one
 * @param scale what the trained scale starts at: 1, or 0 for a residual branch that is to start as nothing (Goyal et al.,
 *     2017, section 5.1)
 */
public record BatchNorm(double momentum, double epsilon, int ghost, double scale) implements Plain {
    public BatchNorm {
        Check.require(
                momentum > 0 && momentum <= 1,
                "the momentum of batch normalisation must be above 0 and at most 1, but is " + momentum);
        Check.positive(epsilon, "epsilon of batch normalisation");
        Check.atLeast(0, ghost, "ghost batches of batch normalisation");
        Check.finite(scale, "scale of batch normalisation");
    }

    /** Momentum 0.1, epsilon 1e-5. */
    public BatchNorm() {
        this(0.1, 1e-5, 0, 1);
    }

    /** The same with another start of the trained scale. */
    public BatchNorm startingAt(double otherScale) {
        return new BatchNorm(momentum, epsilon, ghost, otherScale);
    }

    @Override
    public String kind() {
        return "norm";
    }

    @Override
    public Shape output(Shape input) {
        Misfit.unless(!input.isSequence(), "needs a vector or an image");
        Misfit.unless(
                ghost != 1 || input.area() > 1,
                "needs ghost batches of 2 or more, since an example has one value for each channel");
        return input;
    }

    @Override
    public List<Weight> weights(Shape input) {
        List<Weight> weights = new ArrayList<>(affine(input.channels(), scale));
        weights.add(Weight.statistic("running_mean", 0, input.channels()));
        weights.add(Weight.statistic("running_var", 1, input.channels()));
        weights.add(Weight.count("num_batches_tracked"));
        return weights;
    }

    /** The trained scale and shift of a normalisation. */
    static List<Weight> affine(int channels, double scale) {
        return List.of(Weight.constant("weight", scale, channels), Weight.constant("bias", 0, channels));
    }

    @Override
    public int smallestBatch(Shape input) {
        return input.area() == 1 ? 2 : 1;
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        return stage(weights, Optional.empty());
    }

    /** The same with statistics of several workers' examples, if they are to be joint. */
    public Stage stage(Weights weights, Optional<JointStatistics> joint) {
        return new BatchStatistics(this, weights, joint);
    }
}
