package org.thalweg.optim.average;

/**
 * Stochastic weight averaging: the mean of the weights after step {@code start} and after each {@code every} steps from then
 * on. Batch normalisation's statistics must be taken again for the averaged weights.
 *
 * <p>It lives from weights that still move: let the rate end on a constant or in cycles, not at zero.
 *
 * <p>Source: Izmailov et al., UAI 2018, Algorithm 1.
 *
 * @param start the step after which the first weights are taken, at least 1
 * @param every steps between two weights that are taken, the cycle length of the paper, at least 1
 */
public record Swa(long start, long every) implements Averaging {
    private static final double PAPER_START = 0.75;

    public Swa {
        Steps.atLeastOne("start", start);
        Steps.atLeastOne("every", every);
    }

    /**
     * As in most of the paper's experiments: from three quarters of the run on, once an epoch.
     *
     * @param steps of the whole run
     * @param epoch steps in an epoch
     */
    public static Swa ofRun(long steps, long epoch) {
        return new Swa(Math.max(1, Math.round(PAPER_START * steps)), Math.max(1, epoch));
    }

    @Override
    public double share(long step) {
        long since = step - start;
        return since < 0 || since % every != 0 ? 0 : 1.0 / (since / every + 1);
    }
}
