package org.thalweg.train.model.ready;

import java.util.List;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.loss.Hinge;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Linear;

/**
 * A linear support vector machine: one linear layer, for the hinge loss. Its penalty on the weights is the rule's: {@code
 * sgdw} and {@code l2 + sgd} have one.
 */
public record Svm() implements Architecture {
    @Override
    public Model model(Shape input, Task task) {
        Loss loss = new Hinge();
        return new Model("svm", List.of(new Linear(loss.outputs(task)))).with(loss);
    }

    @Override
    public String summary() {
        return "one linear layer, for the hinge loss";
    }

    @Override
    public String source() {
        return "Cortes & Vapnik, Machine Learning 20, 1995";
    }
}
