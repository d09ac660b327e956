package org.thalweg.optim.rule;

/**
 * LARS: {@link TrustRatio} with weight decay inside, then {@link Momentum} with the rate inside the velocity.
 *
 * @param beta how much of the velocity stays, from 0 up to but not including 1
 * @param decay the weight decay, 0 or more; 5e-4 as the paper's experiments
 * @param coefficient the trust coefficient eta, above 0; 0.001 as the paper
 * @param epsilon added to the divisor, 0 or more; none in the paper
 */
@About(
        summary = "LARS: layer-wise adaptive rates for momentum and large batches",
        source = "You, Gitman & Ginsburg, arXiv:1708.03888, Algorithm 1",
        lectures = "KAIST, NTU")
public record Lars(double beta, double decay, double coefficient, double epsilon) implements Composition {
    public Lars {
        Require.decay("beta", beta);
    }

    public Lars() {
        this(0.9, 5e-4, 0.001, 0);
    }

    @Override
    public Rule composed() {
        return new TrustRatio(coefficient, decay, epsilon).then(new Momentum(beta, 0, Momentum.Form.RATE_INSIDE));
    }
}
