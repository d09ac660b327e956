package org.thalweg.train.model.ready;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.Linear;

/**
 * A deep linear network: linear layers with nothing between and no shifts, which can answer no more than one of them, and
 * learn as deep networks do.
 *
 * @param width of the hidden layers, at least 1
 * @param depth hidden layers, 0 to 1000
 */
public record DeepLinear(int width, int depth) implements Architecture {
    public DeepLinear {
        Ranges.atLeast(1, width, "width");
        Ranges.between(0, Ranges.DEEPEST, depth, "depth");
    }

    /** Three hidden layers of 64. */
    public DeepLinear() {
        this(64, 3);
    }

    @Override
    public Model model(Shape input, Task task) {
        List<Layer> layers = new ArrayList<>(Collections.nCopies(depth, new Linear(width, false)));
        layers.add(new Linear(task.outputs(), false));
        return new Model("deep-linear", layers);
    }

    @Override
    public String summary() {
        return "linear layers with nothing between";
    }

    @Override
    public String source() {
        return "Saxe, McClelland & Ganguli, ICLR 2014";
    }
}
