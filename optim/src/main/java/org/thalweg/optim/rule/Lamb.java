package org.thalweg.optim.rule;

/**
 * LAMB: {@link Adam}, then {@link WeightDecay}, then {@link TrustRatio}, with the paper's phi the identity.
 *
 * @param beta1 how much of the first moment stays, from 0 up to but not including 1
 * @param beta2 how much of the second moment stays, from 0 up to but not including 1
 * @param epsilon added to the root, 0 or more; 1e-6 as the paper's experiments
 * @param decay 0 or more; 0.01 as the paper's experiments
 */
@About(
        summary = "LAMB: layer-wise adaptive moments for large batches",
        source = "You et al., ICLR 2020, Algorithm 2",
        lectures = "KAIST")
public record Lamb(double beta1, double beta2, double epsilon, double decay) implements Composition {
    public Lamb {
        Require.nonNegative("decay", decay);
    }

    public Lamb() {
        this(0.9, 0.999, 1e-6, 0.01);
    }

    @Override
    public Rule composed() {
        return new Adam(beta1, beta2, epsilon).then(new WeightDecay(decay)).then(new TrustRatio());
    }
}
