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
 * The convolutional network c64-c64-c128-1000 of Kingma and Ba, ICLR 2015, section 6.3: three times a 5x5 convolution with
 * ReLU and a 3x3 max-pool of stride 2, then 1000 hidden units with ReLU. Images are padded so that each stage halves them.
 *
 * @param inputDropout on the input, in [0, 1)
 * @param dropout on the hidden units, in [0, 1)
 */
public record CifarConvnet(double inputDropout, double dropout) implements Architecture {
    private static final int HIDDEN = 1000;

    public CifarConvnet {
        Ranges.share(inputDropout, "input-dropout");
        Ranges.share(dropout, "dropout");
    }

    /** Without dropout. */
    public CifarConvnet() {
        this(0, 0);
    }

    @Override
    public Model model(Shape input, Task task) {
        List<Layer> layers = new ArrayList<>();
        dropped(layers, inputDropout);
        for (int channels : List.of(64, 64, 128)) {
            layers.addAll(List.of(new Conv2d(channels, 5, 2), new Relu(), new MaxPool(3, 2, 1)));
        }
        layers.addAll(List.of(new Linear(HIDDEN), new Relu()));
        dropped(layers, dropout);
        layers.add(new Linear(task.outputs()));
        return new Model("cifar-convnet", layers);
    }

    private static void dropped(List<Layer> layers, double share) {
        if (share > 0) {
            layers.add(new Dropout(share));
        }
    }

    @Override
    public String summary() {
        return "c64-c64-c128-1000: three 5x5 convolutions and 1000 hidden units";
    }

    @Override
    public String source() {
        return "Kingma & Ba, ICLR 2015, section 6.3";
    }
}
