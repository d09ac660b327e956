package org.thalweg.train.model.ready;

import java.util.List;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Activation.Tanh;
import org.thalweg.train.model.layer.Conv2d;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.layer.Pooling.AveragePool;

/**
 * After LeNet-5: 5x5 convolutions of 6 and 16 channels with hyperbolic tangent and 2x2 means, then hidden layers of 120 and
 * 84. The second convolution is padded too where images are smaller than 12x12.
 */
public record Lenet() implements Architecture {
    private static final int SMALLEST_UNPADDED = 12;

    @Override
    public Model model(Shape input, Task task) {
        boolean unpadded = input.isImage() && Math.min(input.height(), input.width()) >= SMALLEST_UNPADDED;
        return new Model(
                "lenet",
                List.of(
                        new Conv2d(6, 5, 2),
                        new Tanh(),
                        new AveragePool(2),
                        new Conv2d(16, 5, unpadded ? 0 : 2),
                        new Tanh(),
                        new AveragePool(2),
                        new Linear(120),
                        new Tanh(),
                        new Linear(84),
                        new Tanh(),
                        new Linear(task.outputs())));
    }

    @Override
    public String summary() {
        return "LeNet-5 with a linear layer at its end";
    }

    @Override
    public String source() {
        return "LeCun et al., Proc. IEEE 86, 1998";
    }
}
