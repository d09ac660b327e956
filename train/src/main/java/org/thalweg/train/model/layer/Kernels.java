package org.thalweg.train.model.layer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.data.Shape;

/**
 * What all convolutions have in common.
 *
 * @param channels that come out
 * @param window that moves over the image
 * @param groups that channels are divided into
 * @param bias whether a shift is added
 */
record Kernels(int channels, Window window, int groups, boolean bias) {
    private static final long[] UNDILATED = {1, 1};

    Kernels {
        Check.atLeast(1, channels, "channels of a convolution");
        Check.atLeast(1, window.size(), "kernel of a convolution");
        Check.atLeast(1, window.stride(), "stride of a convolution");
        Check.atLeast(0, window.padding(), "padding of a convolution");
        Check.atLeast(1, groups, "groups of a convolution");
        Check.require(
                channels % groups == 0,
                "%d channels of a convolution cannot be divided into %d groups".formatted(channels, groups));
    }

    Shape output(Shape input) {
        Shape output = window.over(input, channels);
        Misfit.unless(input.channels() % groups == 0, "needs channels that can be divided into %d groups", groups);
        return output;
    }

    List<Weight> weights(Shape input) {
        long inner = input.channels() / groups;
        List<Weight> weights =
                new ArrayList<>(List.of(Weight.kernel("weight", channels, inner, window.size(), window.size())));
        if (bias) {
            weights.add(Weight.bias("bias", channels, fanIn(input)));
        }
        return weights;
    }

    /** Numbers that one output sums up. */
    long fanIn(Shape input) {
        return (long) input.channels() / groups * window.size() * window.size();
    }

    Tensor convolve(Tensor value, Tensor weight, TensorOptional shift) {
        return torch.conv2d(value, weight, shift, window.strides(), window.paddings(), UNDILATED, groups);
    }
}
