package org.thalweg.train.model.layer;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.data.Shape;

/**
 * Stochastic depth, for the end of a residual branch: in training, what comes in is zeroed as a whole at random, and else
 * scaled up to keep the mean (Huang et al., ECCV 2016, equation 2; the scale is moved from evaluation to training).
 *
 * @param probability of a zero, in [0, 1)
 * @param mode what is zeroed as a whole
 */
public record StochasticDepth(double probability, Mode mode) implements Plain {
    /** What shares one draw. */
    public enum Mode {
        /** Each example draws by itself. */
        ROW,
        /** All examples of a batch together, as in the paper. */
        BATCH
    }

    public StochasticDepth {
        Check.probability(probability, "the probability of stochastic depth");
    }

    /** Each example draws by itself. */
    public StochasticDepth(double probability) {
        this(probability, Mode.ROW);
    }

    @Override
    public String kind() {
        return "depth";
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        return (value, training) -> training && probability > 0 ? value.mul(mask(value)) : value;
    }

    private Tensor mask(Tensor value) {
        long[] draws = new long[Math.toIntExact(value.dim())];
        java.util.Arrays.fill(draws, 1);
        draws[0] = mode == Mode.ROW ? value.size(0) : 1;
        return torch.dropout(torch.ones(draws), probability, true);
    }
}
