package org.thalweg.train.model.layer;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.data.Shape;

/**
 * A trained vector for each token.
 *
 * @param vocabulary number of different tokens, at least 1
 * @param features numbers in a vector, at least 1
 * @param deviation of the normal distribution that the vectors start from, above 0
 */
public record Embedding(int vocabulary, int features, double deviation) implements Plain {
    public Embedding {
        Check.atLeast(1, vocabulary, "vocabulary of an embedding");
        Check.atLeast(1, features, "features of an embedding");
        Check.positive(deviation, "deviation of an embedding");
    }

    /** From the standard normal distribution. */
    public Embedding(int vocabulary, int features) {
        this(vocabulary, features, 1);
    }

    @Override
    public String kind() {
        return "embedding";
    }

    @Override
    public boolean takesTokens() {
        return true;
    }

    @Override
    public Shape output(Shape input) {
        Misfit.unless(input.kind() == Shape.Kind.TOKENS, "needs tokens");
        return Shape.sequence(input.length(), features);
    }

    @Override
    public List<Weight> weights(Shape input) {
        return List.of(Weight.trained("weight", new Start.Normal(deviation), vocabulary, features));
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        Tensor table = weights.get("weight");
        return (tokens, _) -> torch.embedding(table, tokens);
    }
}
