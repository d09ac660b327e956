package org.thalweg.train.model.layer;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.train.data.Shape;

/**
 * Adds a trained vector for each position (Gehring et al., ICML 2017; GPT). There are as many as the input has positions;
 * shorter inputs take the first of them.
 *
 * @param deviation of the normal distribution that the vectors start from, above 0
 */
public record PositionalEmbedding(double deviation) implements Plain {
    public PositionalEmbedding {
        Check.positive(deviation, "deviation of a positional embedding");
    }

    /** From a normal distribution of deviation 0.02. */
    public PositionalEmbedding() {
        this(0.02);
    }

    @Override
    public String kind() {
        return "positions";
    }

    @Override
    public Shape output(Shape input) {
        Misfit.unless(input.isSequence(), "needs a sequence");
        return input;
    }

    @Override
    public List<Weight> weights(Shape input) {
        return List.of(Weight.trained("weight", new Start.Normal(deviation), input.length(), input.channels()));
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        Tensor table = weights.get("weight");
        return (value, _) -> value.add(table.narrow(0, 0, value.size(1)));
    }
}
