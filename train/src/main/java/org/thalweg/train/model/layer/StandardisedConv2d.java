package org.thalweg.train.model.layer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.data.Shape;

/**
 * Convolution whose kernels are standardised before they are used: from each channel's {@code n} weights their mean is
 * taken away, and they are divided by their deviation, {@code sqrt(variance + epsilon)}. Gradients go through that.
 *
 * <ul>
 *   <li>{@code plain}: {@code (w - mean) / deviation}: Qiao et al., arXiv:1903.10520, 2019, equation 6.
 *   <li>{@code scaled}: {@code gain (w - mean) / (deviation sqrt(n))}, times a trained gain of each channel that starts at
 *       1: Brock, De and Smith, ICLR 2021, equation 3 and section 4. What comes out has the variance that went in, if what
 *       goes in is the standard normal through the activation that the gain is for.
 * </ul>
 *
 * @param channels channels that come out, at least 1
 * @param kernel side of the kernel, at least 1
 * @param padding zeros added on each side, at least 0
 * @param stride pixels from one place of the kernel to the next, at least 1
 * @param groups parts that the channels are divided into, at least 1
 * @param bias whether a shift is added to each channel
 * @param form plain or scaled
 * @param gain of the scaled form, above 0; for the ReLU {@link #RELU_GAIN}
 * @param epsilon added to the variance, above 0
 */
public record StandardisedConv2d(
        int channels,
        int kernel,
        int padding,
        int stride,
        int groups,
        boolean bias,
        Form form,
        double gain,
        double epsilon)
        implements Plain {
    /** One over the deviation of a standard normal behind the ReLU: {@code sqrt(2 / (1 - 1/pi))}. */
    public static final double RELU_GAIN = Math.sqrt(2 / (1 - 1 / Math.PI));

    private static final double EPSILON = 1e-6;

    /** How the standardised weights are scaled. */
    public enum Form {
        /** To deviation 1. */
        PLAIN,
        /** To deviation gain over the root of the fan-in. */
        SCALED
    }

    public StandardisedConv2d {
        new Kernels(channels, new Window(kernel, stride, padding), groups, bias);
        Check.positive(gain, "gain of a standardised convolution");
        Check.positive(epsilon, "epsilon of a standardised convolution");
    }

    /** Without padding. */
    public StandardisedConv2d(int channels, int kernel) {
        this(channels, kernel, 0, 1);
    }

    /** Scaled for the ReLU, in one group, with a bias. */
    public StandardisedConv2d(int channels, int kernel, int padding, int stride) {
        this(channels, kernel, padding, stride, 1, true, Form.SCALED, RELU_GAIN, EPSILON);
    }

    /** The same for another activation. */
    public StandardisedConv2d withGain(double other) {
        return new StandardisedConv2d(channels, kernel, padding, stride, groups, bias, form, other, epsilon);
    }

    @Override
    public String kind() {
        return "conv";
    }

    @Override
    public Shape output(Shape input) {
        Shape output = kernels().output(input);
        Misfit.unless(kernels().fanIn(input) > 1, "needs more than one weight in a kernel to standardise");
        return output;
    }

    @Override
    public List<Weight> weights(Shape input) {
        List<Weight> weights = new ArrayList<>(kernels().weights(input));
        if (form == Form.SCALED) {
            weights.add(Weight.constant("gain", 1, channels));
        }
        return weights;
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        Tensor weight = weights.get("weight");
        TensorOptional shift = weights.optional("bias");
        Standardised standardised = new Standardised(weights, scale(input), channels, epsilon);
        Kernels kernels = kernels();
        return (value, _) -> kernels.convolve(value, standardised.of(weight), shift);
    }

    private double scale(Shape input) {
        return form == Form.SCALED ? gain / Math.sqrt(kernels().fanIn(input)) : 1;
    }

    private Kernels kernels() {
        return new Kernels(channels, new Window(kernel, stride, padding), groups, bias);
    }

    /** libtorch's batch normalisation, for which a channel's weights are one channel's values, does it in one pass. */
    private static final class Standardised {
        private final Tensor gain;
        private final int channels;
        private final double epsilon;
        private final Scalar scale;
        private final TensorOptional none = new TensorOptional();

        Standardised(Weights weights, double scale, int channels, double epsilon) {
            this.gain = weights.tensors().containsKey("gain") ? weights.get("gain") : torch.ones(channels);
            this.scale = new Scalar(scale);
            this.channels = channels;
            this.epsilon = epsilon;
        }

        Tensor of(Tensor weight) {
            Tensor rows = weight.view(1, channels, -1);
            TensorOptional scales = new TensorOptional(gain.mul(scale));
            return torch.batch_norm(rows, scales, none, none, none, true, 0, epsilon, false)
                    .view_as(weight);
        }
    }
}
