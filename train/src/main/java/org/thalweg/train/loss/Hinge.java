package org.thalweg.train.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.data.Task.Classification;

/**
 * The hinge loss. Of two classes, with one output: {@code max(0, margin - y output)^power} with y = 1 for class 1 and -1 for
 * class 0 (Cortes and Vapnik, 1995). Of more, with an output for each: the mean over all classes of {@code max(0, margin -
 * right + other)^power} (Weston and Watkins, 1999), the sum being over the wrong ones.
 *
 * @param margin above 0
 * @param power 1 or 2
 */
public record Hinge(double margin, int power) implements Loss {
    private static final long MEAN = 1;

    public Hinge {
        if (!(margin > 0 && Double.isFinite(margin))) {
            throw new IllegalArgumentException(
                    "the margin of the hinge loss must be above 0 and finite, but is " + margin);
        }
        if (power != 1 && power != 2) {
            throw new IllegalArgumentException("the power of the hinge loss must be 1 or 2, but is " + power);
        }
    }

    /** Margin 1, not squared. */
    public Hinge() {
        this(1, 1);
    }

    @Override
    public Tensor mean(Tensor outputs, Tensor targets) {
        return outputs.size(1) == 1
                ? binary(outputs.flatten(), targets)
                : torch.multi_margin_loss(
                        outputs, targets, new Scalar(power), new Scalar(margin), new TensorOptional(), MEAN);
    }

    private Tensor binary(Tensor outputs, Tensor targets) {
        Tensor signs = targets.to(ScalarType.Float).mul(new Scalar(2.0)).sub(new Scalar(1.0));
        Tensor missing = torch.relu(signs.mul(outputs).neg().add(new Scalar(margin)));
        return (power == 1 ? missing : missing.square()).mean();
    }

    @Override
    public boolean suits(Task task) {
        return task instanceof Classification;
    }

    @Override
    public int outputs(Task task) {
        return Logistic.isBinary(task) ? 1 : task.outputs();
    }

    /** With an output for each class, two classes are judged like more. */
    @Override
    public boolean takes(Shape answer, Task task, Shape input) {
        return answer.equals(output(task, input)) || answer.equals(task.output(input));
    }

    @Override
    public Tensor scores(Tensor outputs) {
        return outputs.size(1) == 1 ? Logistic.ofBoth(outputs) : outputs;
    }

    @Override
    public String toString() {
        return Losses.format(this);
    }
}
