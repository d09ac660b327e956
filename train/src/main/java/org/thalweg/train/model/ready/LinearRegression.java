package org.thalweg.train.model.ready;

import java.util.List;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.loss.Square;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Linear;

/** Linear regression: one linear layer, for the square. */
public record LinearRegression() implements Architecture {
    @Override
    public Model model(Shape input, Task task) {
        return new Model("linear-regression", List.of(new Linear(task.outputs()))).with(new Square());
    }

    @Override
    public String summary() {
        return "one linear layer, for the square";
    }

    @Override
    public String source() {
        return "Legendre, 1805";
    }
}
