package org.thalweg.train.model.layer;

import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.data.Shape;

/**
 * Multi-head self-attention (Vaswani et al., NeurIPS 2017, section 3.2) through libtorch's scaled dot-product attention,
 * with the weights of its {@code MultiheadAttention}.
 *
 * @param heads that the features are divided among, at least 1
 * @param causal whether a position sees itself and those before it alone
 * @param dropout probability of a zero among the attention weights in training, in [0, 1)
 */
public record Attention(int heads, boolean causal, double dropout) implements Plain {
    /** Queries, keys and values. */
    private static final int ROLES = 3;

    public Attention {
        Check.atLeast(1, heads, "heads of attention");
        Check.probability(dropout, "dropout of attention");
    }

    /** Causal. */
    public Attention(int heads) {
        this(heads, true, 0);
    }

    @Override
    public String kind() {
        return "attention";
    }

    @Override
    public Shape output(Shape input) {
        Misfit.unless(input.isSequence(), "needs a sequence");
        Misfit.unless(input.channels() % heads == 0, "needs features that can be divided among %d heads", heads);
        return input;
    }

    @Override
    public List<Weight> weights(Shape input) {
        long features = input.channels();
        return List.of(
                Weight.kernel("in_proj_weight", ROLES * features, features),
                Weight.constant("in_proj_bias", 0, ROLES * features),
                Weight.kernel("out_proj.weight", features, features),
                Weight.constant("out_proj.bias", 0, features));
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        Tensor inWeight = weights.get("in_proj_weight");
        TensorOptional inBias = weights.optional("in_proj_bias");
        Tensor outWeight = weights.get("out_proj.weight");
        TensorOptional outBias = weights.optional("out_proj.bias");
        TensorOptional noMask = new TensorOptional();
        DoubleOptional usualScale = new DoubleOptional();
        return (value, training) -> {
            long positions = value.size(1);
            Tensor roles = Affine.of(value, inWeight, inBias)
                    .view(value.size(0), positions, ROLES, heads, -1)
                    .permute(2, 0, 3, 1, 4);
            Tensor seen = Bending.of(
                    training,
                    () -> torch.scaled_dot_product_attention(
                            roles.select(0, 0),
                            roles.select(0, 1),
                            roles.select(0, 2),
                            noMask,
                            training ? dropout : 0,
                            causal,
                            usualScale,
                            false));
            return Affine.of(seen.transpose(1, 2).flatten(2, -1), outWeight, outBias);
        };
    }
}
