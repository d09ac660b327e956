package org.thalweg.train.model.layer;

import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The affine map of rows. Large ones go through libtorch as convolutions of images one pixel high with a kernel of one pixel, which is the
 * same sum: oneDNN works on those with all threads, while matrix products go to OpenBLAS, which is kept to one thread and
 * at half the speed for such shapes.
 */
final class Affine {
    /** From as many images on libtorch gives convolutions to oneDNN, whatever the number of threads. */
    private static final long IMAGES = 16;

    /** Rows in an image, at least: shorter ones take longer than the matrix product does. */
    private static final long LEAST_PIXELS = 8;

    /** Products of two numbers from which on it pays. */
    private static final long LEAST_PRODUCTS = 1 << 23;

    private static final long[] ONE = {1, 1};
    private static final long[] NONE = {0, 0};

    private Affine() {}

    /**
     * Maps the last dimension.
     *
     * @param value ... x inputs
     * @param weight outputs x inputs
     * @param shift outputs, or none
     * @return ... x outputs
     */
    static Tensor of(Tensor value, Tensor weight, TensorOptional shift) {
        long inputs = weight.size(1);
        long rows = value.numel() / Math.max(1, inputs);
        boolean large = rows * weight.numel() >= LEAST_PRODUCTS;
        return large && rows % IMAGES == 0 && rows >= IMAGES * LEAST_PIXELS
                ? asConvolution(value, weight, shift, rows / IMAGES)
                : torch.linear(value, weight, shift);
    }

    /** Rows lie side by side as pixels do whose channels come last, so that nothing is copied. */
    private static Tensor asConvolution(Tensor value, Tensor weight, TensorOptional shift, long pixels) {
        long outputs = weight.size(0);
        long inputs = weight.size(1);
        Tensor images = value.reshape(IMAGES, pixels, inputs).permute(0, 2, 1).unsqueeze(2);
        Tensor mapped = torch.conv2d(images, weight.view(outputs, inputs, 1, 1), shift, ONE, NONE, ONE, 1);
        return mapped.squeeze(2).permute(0, 2, 1).reshape(withLast(value, outputs));
    }

    private static long[] withLast(Tensor value, long outputs) {
        long last = value.dim() - 1;
        return LongStream.rangeClosed(0, last)
                .map(dimension -> dimension == last ? outputs : value.size(dimension))
                .toArray();
    }
}
