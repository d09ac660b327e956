package org.thalweg.train.model.ready;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.model.Initialisation.KaimingNormal;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.Conv2d;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.layer.Pooling.GlobalAveragePool;
import org.thalweg.train.model.layer.Residual;
import org.thalweg.train.model.layer.StochasticDepth;

/**
 * The residual network for small images of He et al., CVPR 2016, section 4.2: a 3x3 convolution, then three stages of blocks
 * of two 3x3 convolutions, each stage of twice the channels on half the image; {@code 6 blocks + 2} layers. Where a block
 * changes the shape its shortcut is a 1x1 convolution (the paper's option B).
 *
 * @param blocks in each stage, 1 to 1000
 * @param channels of the first stage, at least 1
 * @param norm behind each convolution; with none the convolutions have shifts
 * @param stochasticDepth probability that the last block is left out in training, in [0, 1); it grows from the first block on
 *     in equal steps (Huang et al., ECCV 2016, equation 4)
 * @param zeroLast whether the last scale of each block starts at 0, so that the block starts as its shortcut (Goyal et al.,
 *     2017, section 5.1)
 */
public record Resnet(int blocks, int channels, Norm norm, double stochasticDepth, boolean zeroLast)
        implements Architecture {
    private static final int STAGES = 3;

    public Resnet {
        Ranges.between(1, Ranges.DEEPEST, blocks, "blocks");
        Ranges.between(1, Integer.MAX_VALUE / 4, channels, "channels");
        Ranges.share(stochasticDepth, "stochastic-depth");
    }

    /** Eight layers of 16, 32 and 64 channels with batch normalisation. */
    public Resnet() {
        this(1, 16, Norm.BATCH, 0, false);
    }

    @Override
    public Model model(Shape input, Task task) {
        List<Layer> layers = new ArrayList<>(convolution(channels, 3, 1, 1));
        layers.add(new Relu());
        for (int block = 0; block < STAGES * blocks; block++) {
            layers.add(block(block));
            layers.add(new Relu());
        }
        layers.addAll(List.of(new GlobalAveragePool(), new Linear(task.outputs())));
        return new Model("resnet", layers).with(new KaimingNormal());
    }

    private Layer block(int number) {
        int width = channels << (number / blocks);
        boolean narrows = number > 0 && number % blocks == 0;
        List<Layer> body = new ArrayList<>(convolution(width, 3, narrows ? 2 : 1, 1));
        body.add(new Relu());
        body.addAll(convolution(width, 3, 1, zeroLast ? 0 : 1));
        if (stochasticDepth > 0) {
            body.add(new StochasticDepth(stochasticDepth * (number + 1) / (STAGES * blocks)));
        }
        return new Residual(body, narrows ? convolution(width, 1, 2, 1) : List.of());
    }

    private List<Layer> convolution(int width, int kernel, int stride, double scale) {
        Conv2d convolution = new Conv2d(width, kernel, kernel / 2, stride);
        return norm.layer(width, scale)
                .map(layer -> List.of(convolution.withoutBias(), layer))
                .orElse(List.of(convolution));
    }

    @Override
    public String summary() {
        return "the residual network for small images, with any normalisation or none";
    }

    @Override
    public String source() {
        return "He et al., CVPR 2016, section 4.2";
    }
}
