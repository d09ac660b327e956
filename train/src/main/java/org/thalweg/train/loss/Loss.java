package org.thalweg.train.loss;

import org.bytedeco.pytorch.Tensor;
import org.thalweg.train.data.Task;

/** How far a model's answers are from what they should be: what training makes small. */
public sealed interface Loss permits CrossEntropy, Square {
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
