package org.thalweg.optim.rule;

/**
 * SGD with momentum and decoupled weight decay: {@link Momentum}, then {@link WeightDecay}, so that the decay is multiplied
 * by the rate of its own step and does not enter the velocity.
 *
 * <p>Loshchilov and Hutter, ICLR 2019, Algorithm 1, which has the rate inside the velocity and multiplies the decay with the
 * schedule alone. Decay 5e-4 is the usual one of SGD with momentum.
 *
 * @param beta how much of the velocity stays, from 0 up to but not including 1
 * @param decay 0 or more
 */
@About(
        summary = "momentum with decoupled weight decay",
        source = "Loshchilov & Hutter, ICLR 2019, Algorithm 1",
        lectures = "KAIST")
public record SgdW(double beta, double decay) implements Composition {
    public SgdW {
        Require.decay("beta", beta);
        Require.nonNegative("decay", decay);
    }

    public SgdW() {
        this(0.9, 5e-4);
    }

    @Override
    public Rule composed() {
        return new Momentum(beta).then(new WeightDecay(decay));
    }
}
