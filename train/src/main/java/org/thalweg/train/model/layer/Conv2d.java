package org.thalweg.train.model.layer;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.thalweg.train.data.Shape;

/**
 * Convolution of an image with square kernels.
 *
 * @param channels channels that come out, at least 1
 * @param kernel side of the kernel, at least 1
 * @param padding zeros added on each side, at least 0
 * @param stride pixels from one place of the kernel to the next, at least 1
 * @param groups parts that the channels are divided into, each seeing its own part of the input; at least 1
 * @param bias whether a shift is added to each channel
 */
public record Conv2d(int channels, int kernel, int padding, int stride, int groups, boolean bias) implements Plain {
    public Conv2d {
        new Kernels(channels, new Window(kernel, stride, padding), groups, bias);
    }

    /** Without padding. */
    public Conv2d(int channels, int kernel) {
        this(channels, kernel, 0);
    }

    /** Stride 1, with a bias. */
    public Conv2d(int channels, int kernel, int padding) {
        this(channels, kernel, padding, 1);
    }

    /** In one group, with a bias. */
    public Conv2d(int channels, int kernel, int padding, int stride) {
        this(channels, kernel, padding, stride, 1, true);
    }

    /** The same without a bias, as before a normalisation that has one. */
    public Conv2d withoutBias() {
        return new Conv2d(channels, kernel, padding, stride, groups, false);
    }

    @Override
    public String kind() {
        return "conv";
    }

    @Override
    public Shape output(Shape input) {
        return kernels().output(input);
    }

    @Override
    public List<Weight> weights(Shape input) {
        return kernels().weights(input);
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        Tensor weight = weights.get("weight");
        TensorOptional shift = weights.optional("bias");
        Kernels kernels = kernels();
        return (value, _) -> kernels.convolve(value, weight, shift);
    }

    private Kernels kernels() {
        return new Kernels(channels, new Window(kernel, stride, padding), groups, bias);
    }
}
