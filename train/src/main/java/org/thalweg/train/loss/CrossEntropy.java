package org.thalweg.train.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.data.Task;

/**
 * Minus the logarithm of the probability that the softmax of the outputs gives to the right class, in nats.
 *
 * @param smoothing share of each target that is spread evenly over all classes, in [0, 1) (Szegedy et al., CVPR 2016,
 *     section 7); 0 for none
 */
public record CrossEntropy(double smoothing) implements Loss {
    /** libtorch's reduction to a mean. */
    private static final long MEAN = 1;

    /** libtorch's label for "leave this one out", which no target here has. */
    private static final long NONE_IGNORED = -100;

    public CrossEntropy {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("label smoothing must be in [0, 1), but is " + smoothing);
        }
    }

    /** Without label smoothing. */
    public CrossEntropy() {
        this(0);
    }

    /** Targets are classes (int64), or probabilities of all classes (float32). */
    @Override
    public Tensor mean(Tensor outputs, Tensor targets) {
        boolean positions = outputs.dim() == 3;
        return torch.cross_entropy_loss(
                positions ? outputs.flatten(0, 1) : outputs,
                positions ? targets.flatten(0, 1) : targets,
                new TensorOptional(),
                MEAN,
                NONE_IGNORED,
                smoothing);
    }

    @Override
    public boolean suits(Task task) {
        return task instanceof Task.Classification || task instanceof Task.NextToken;
    }

    /** {@code cross-entropy}, or {@code cross-entropy:smoothing=0.1}. */
    @Override
    public String toString() {
        return Losses.format(this);
    }
}
