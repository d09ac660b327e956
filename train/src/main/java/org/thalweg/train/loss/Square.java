package org.thalweg.train.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.data.Task;

/** The square of the distance between output and target, mean over the outputs too. */
public record Square() implements Loss {
    @Override
    public Tensor mean(Tensor outputs, Tensor targets) {
        return torch.mse_loss(outputs, targets);
    }

    @Override
    public boolean suits(Task task) {
        return task instanceof Task.Regression;
    }

    @Override
    public String toString() {
        return Losses.format(this);
    }
}
