package org.thalweg.train.model.ready;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.Dropout;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.Linear;

/**
 * A multi-layer perceptron: hidden linear layers with ReLUs, then a linear layer to the answer.
 *
 * @param width of the first hidden layer, at least 1
 * @param depth hidden layers, 0 to 1000
 * @param narrowing how many times narrower each hidden layer is than the one before, at least 1
 * @param norm before each ReLU
 * @param dropout behind each ReLU, in [0, 1)
 */
public record Mlp(int width, int depth, int narrowing, Norm norm, double dropout) implements Architecture {
    public Mlp {
        Ranges.atLeast(1, width, "width");
        Ranges.between(0, Ranges.DEEPEST, depth, "depth");
        Ranges.atLeast(1, narrowing, "narrowing");
        Ranges.share(dropout, "dropout");
    }

    /** 256 and 128, without normalisation. */
    public Mlp() {
        this(256, 2, 2, Norm.NONE, 0);
    }

    @Override
    public Model model(Shape input, Task task) {
        List<Layer> layers = new ArrayList<>();
        int size = width;
        for (int layer = 0; layer < depth; layer++) {
            layers.add(new Linear(size));
            norm.layer(size, 1).ifPresent(layers::add);
            layers.add(new Relu());
            if (dropout > 0) {
                layers.add(new Dropout(dropout));
            }
            size = Math.max(1, size / narrowing);
        }
        layers.add(new Linear(task.outputs()));
        return new Model("mlp", layers);
    }

    @Override
    public String summary() {
        return "a multi-layer perceptron with ReLUs";
    }

    @Override
    public String source() {
        return "Rumelhart, Hinton & Williams, Nature 323, 1986";
    }
}
