package org.thalweg.optim.rule;

/**
 * Adam with decoupled weight decay: {@link Adam}, then {@link WeightDecay}. Defaults are PyTorch's.
 *
 * @param beta1 how much of the first moment stays, from 0 up to but not including 1
 * @param beta2 how much of the second moment stays, from 0 up to but not including 1
 * @param epsilon added to the root, 0 or more
 * @param decay 0 or more
 */
@About(
        summary = "Adam with decoupled weight decay",
        source = "Loshchilov & Hutter, ICLR 2019, Algorithm 2",
        lectures = "KAIST")
public record AdamW(double beta1, double beta2, double epsilon, double decay) implements Composition {
    public AdamW {
        Require.nonNegative("decay", decay);
    }

    public AdamW() {
        this(0.9, 0.999, 1e-8, 0.01);
    }

    @Override
    public Rule composed() {
        return new Adam(beta1, beta2, epsilon).then(new WeightDecay(decay));
    }
}
