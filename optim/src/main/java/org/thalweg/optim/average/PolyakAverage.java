package org.thalweg.optim.average;

/**
 * The mean of the weights after every step from {@code start} on: Polyak and Ruppert's averaging of iterates.
 *
 * <p>Sources: Polyak and Juditsky, SIAM J. Control Optim. 30(4), 1992; Ruppert, technical report, Cornell, 1988; in
 * Ginsburg's lecture as averaged SGD.
 *
 * @param start the first step whose weights count, at least 1, which is the default
 */
public record PolyakAverage(long start) implements Averaging {
    public PolyakAverage {
        Steps.atLeastOne("start", start);
    }

    public PolyakAverage() {
        this(1);
    }

    @Override
    public double share(long step) {
        return step < start ? 0 : 1.0 / (step - start + 1);
    }
}
