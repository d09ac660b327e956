package org.thalweg.train.model.ready;

import java.util.List;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.loss.Logistic;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Linear;

/** Logistic regression: one linear layer, with one output for two classes and one for each class of more. */
public record LogisticRegression() implements Architecture {
    @Override
    public Model model(Shape input, Task task) {
        Loss loss = Logistic.isBinary(task) ? new Logistic() : new CrossEntropy();
        return new Model("logistic-regression", List.of(new Linear(loss.outputs(task)))).with(loss);
    }

    @Override
    public String summary() {
        return "one linear layer, for the logistic loss of two classes or the cross-entropy of more";
    }

    @Override
    public String source() {
        return "Cox, 1958";
    }
}
