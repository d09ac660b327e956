package org.thalweg.train.model.ready;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.model.Initialisation.KaimingNormal;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.Dropout;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.layer.Pooling.GlobalAveragePool;
import org.thalweg.train.model.layer.Residual;
import org.thalweg.train.model.layer.Scale;
import org.thalweg.train.model.layer.SkipInit;
import org.thalweg.train.model.layer.StandardisedConv2d;
import org.thalweg.train.model.layer.StochasticDepth;

/**
 * The residual network without normalisation of Brock, De and Smith, ICLR 2021, sections 3 and 4, in the sizes of {@link
 * Resnet}: pre-activation blocks of convolutions with scaled weight standardisation, {@code h + alpha f(h / beta)} where beta
 * is the deviation that is expected of h, and SkipInit at the end of each branch (Brock et al., ICML 2021, section 2). Meant
 * for {@code adaptive-gradient-clip}.
 *
 * @param blocks in each stage, 1 to 1000
 * @param channels of the first stage, at least 1
 * @param alpha the growth of deviation with each block, above 0
 * @param skipInit whether branches end with a trained number that starts at 0
 * @param stochasticDepth probability that the last block is left out in training, in [0, 1); it grows from the first block on
 * @param dropout before the last layer, in [0, 1)
 */
public record NfResnet(int blocks, int channels, double alpha, boolean skipInit, double stochasticDepth, double dropout)
        implements Architecture {
    private static final int STAGES = 3;

    public NfResnet {
        Ranges.between(1, Ranges.DEEPEST, blocks, "blocks");
        Ranges.between(1, Integer.MAX_VALUE / 4, channels, "channels");
        if (!(alpha > 0 && Double.isFinite(alpha))) {
            throw new IllegalArgumentException("alpha must be above 0 and finite, but is " + alpha);
        }
        Ranges.share(stochasticDepth, "stochastic-depth");
        Ranges.share(dropout, "dropout");
    }

    /** Eight layers of 16, 32 and 64 channels, alpha 0.2. */
    public NfResnet() {
        this(1, 16, 0.2, true, 0, 0);
    }

    @Override
    public Model model(Shape input, Task task) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new StandardisedConv2d(channels, 3, 1, 1).withGain(1)); // no ReLU before it
        double variance = 1;
        for (int block = 0; block < STAGES * blocks; block++) {
            boolean narrows = block > 0 && block % blocks == 0;
            layers.addAll(narrows ? narrowing(block, variance) : List.of(plain(block, variance)));
            variance = (narrows ? 1 : variance) + alpha * alpha;
        }
        layers.addAll(List.of(new Relu(), new GlobalAveragePool()));
        if (dropout > 0) {
            layers.add(new Dropout(dropout));
        }
        layers.add(new Linear(task.outputs()));
        return new Model("nf-resnet", layers).with(new KaimingNormal());
    }

    private Layer plain(int number, double variance) {
        List<Layer> body = new ArrayList<>(List.of(new Relu()));
        body.addAll(branch(number, 1));
        return new Residual(body, List.of(), alpha, Math.sqrt(variance));
    }

    /** The shortcut of a block that changes the shape starts behind the first ReLU, which brings the variance back to 1. */
    private List<Layer> narrowing(int number, double variance) {
        Layer shortcut = new StandardisedConv2d(width(number), 1, 0, 2);
        return List.of(
                new Scale(1 / Math.sqrt(variance)),
                new Relu(),
                new Residual(branch(number, 2), List.of(shortcut), alpha, 1));
    }

    private List<Layer> branch(int number, int stride) {
        int width = width(number);
        List<Layer> branch = new ArrayList<>(List.of(
                new StandardisedConv2d(width, 3, 1, stride), new Relu(), new StandardisedConv2d(width, 3, 1, 1)));
        if (stochasticDepth > 0) {
            branch.add(new StochasticDepth(stochasticDepth * (number + 1) / (STAGES * blocks)));
        }
        if (skipInit) {
            branch.add(new SkipInit());
        }
        return branch;
    }

    private int width(int number) {
        return channels << (number / blocks);
    }

    @Override
    public String summary() {
        return "a residual network without normalisation, for adaptive gradient clipping";
    }

    @Override
    public String source() {
        return "Brock, De & Smith, ICLR 2021; Brock et al., ICML 2021";
    }
}
