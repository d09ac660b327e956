package org.thalweg.train.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.data.Task;
import org.thalweg.train.data.Task.Classification;

/**
 * The logistic loss of two classes: one output, whose logistic function is the probability of class 1; {@code log(1 + exp(-y
 * output))} with y = 1 for class 1 and -1 for class 0, in nats.
 */
public record Logistic() implements Loss {
    /** Whether a task is to tell two classes apart. */
    public static boolean isBinary(Task task) {
        return task instanceof Classification(int classes) && classes == 2;
    }

    @Override
    public Tensor mean(Tensor outputs, Tensor targets) {
        return torch.binary_cross_entropy_with_logits(
                outputs.flatten(), targets.to(ScalarType.Float).flatten());
    }

    @Override
    public boolean suits(Task task) {
        return isBinary(task);
    }

    @Override
    public int outputs(Task task) {
        return 1;
    }

    @Override
    public Tensor scores(Tensor outputs) {
        return ofBoth(outputs);
    }

    /** Scores of two classes whose difference is the one output. */
    static Tensor ofBoth(Tensor outputs) {
        return torch.constant_pad_nd(outputs, 1, 0);
    }

    @Override
    public String toString() {
        return Losses.format(this);
    }
}
