package org.thalweg.train.model.ready;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.Conv2d;
import org.thalweg.train.model.layer.Dropout;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.layer.Pooling.MaxPool;

/**
 * A small convolutional network: two 3x3 convolutions, the second of twice the channels, each with normalisation, ReLU and a
 * 2x2 max-pool; then a hidden linear layer, ReLU, and a linear layer to the answer. Images smaller than 10x10 are padded by a
 * pixel.
 *
 * @param channels of the first convolution, at least 1
 * @param hidden size of the hidden linear layer, at least 1
 * @param norm before each ReLU of a convolution
 * @param dropout behind the hidden layer, in [0, 1)
 */
public record Convnet(int channels, int hidden, Norm norm, double dropout) implements Architecture {
    /** The side of the smallest image that it takes without padding. */
    private static final int SMALLEST_UNPADDED = 10;

    public Convnet {
        Ranges.between(1, Integer.MAX_VALUE / 2, channels, "channels");
        Ranges.atLeast(1, hidden, "hidden");
        Ranges.share(dropout, "dropout");
    }

    /** 32 and 64 channels, 128 hidden, batch normalisation, no dropout. */
    public Convnet() {
        this(32, 128, Norm.BATCH, 0);
    }

    @Override
    public Model model(Shape input, Task task) {
        boolean unpadded = input.isImage() && Math.min(input.height(), input.width()) >= SMALLEST_UNPADDED;
        List<Layer> layers = new ArrayList<>();
        for (int width : List.of(channels, 2 * channels)) {
            layers.add(new Conv2d(width, 3, unpadded ? 0 : 1));
            norm.layer(width, 1).ifPresent(layers::add);
            layers.addAll(List.of(new Relu(), new MaxPool(2)));
        }
        layers.addAll(List.of(new Linear(hidden), new Relu()));
        if (dropout > 0) {
            layers.add(new Dropout(dropout));
        }
        layers.add(new Linear(task.outputs()));
        return new Model("convnet", layers);
    }

    @Override
    public String summary() {
        return "two 3x3 convolutions and a hidden layer";
    }

    @Override
    public String source() {
        return "after LeCun et al., Proc. IEEE 86, 1998";
    }
}
