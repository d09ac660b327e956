package org.thalweg.train.loss;

import org.bytedeco.pytorch.Tensor;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;

/** How far a model's answers are from what they should be: what training makes small. */
public sealed interface Loss permits CrossEntropy, Square, Logistic, Hinge {
    /**
     * The mean over all examples, and over the positions of each.
     *
     * @param outputs the model's answers, count x what the task asks for
     * @param targets as a batch has them
     * @return a scalar that gradients flow from
     */
    Tensor mean(Tensor outputs, Tensor targets);

    /** Whether it can judge answers to the task. */
    boolean suits(Task task);

    /** How many numbers a model must answer, for each example or each position. */
    default int outputs(Task task) {
        return task.outputs();
    }

    /** The shape of a model's answer to one example of the given shape. */
    default Shape output(Task task, Shape input) {
        return outputs(task) == task.outputs() ? task.output(input) : Shape.vector(outputs(task));
    }

    /** Whether it takes answers of the given shape to examples of the other. */
    default boolean takes(Shape answer, Task task, Shape input) {
        return answer.equals(output(task, input));
    }

    /**
     * A model's answers as one score for each class, the highest of which is the model's choice.
     *
     * @param outputs of a model for classes or tokens
     */
    default Tensor scores(Tensor outputs) {
        return outputs;
    }

    /**
     * Checks that it can judge answers to the task.
     *
     * @throws IllegalArgumentException if not
     */
    default void check(Task task) {
        if (!suits(task)) {
            throw new IllegalArgumentException("the loss %s cannot judge answers where the data asks for %s; take %s"
                    .formatted(this, task, standard(task)));
        }
    }

    /** The usual loss of a task: cross-entropy for classes and tokens, the square for numbers. */
    static Loss standard(Task task) {
        return switch (task) {
            case Task.Classification _, Task.NextToken _ -> new CrossEntropy();
            case Task.Regression _ -> new Square();
        };
    }
}
