package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C15MomentumRate.Grid;

class C15MomentumRateTest {
    private static final List<Double> LENGTHS = Seeds.factors(2, 2, 5);
    private static final List<Double> RATES = Seeds.factors(1.0 / 16, 2, 9);

    /** The logarithm of the loss is a bowl around a best rate that goes with N to a power. */
    private static Grid bowl(double power) {
        List<List<Double>> losses = LENGTHS.stream()
                .map(n -> RATES.stream()
                        .map(rate -> Math.log(rate) / Math.log(2) - power * (Math.log(n / 8) / Math.log(2)))
                        .map(off -> 0.1 * Math.exp(off * off / 4))
                        .toList())
                .toList();
        return new Grid(LENGTHS, RATES, losses);
    }

    private static Outcome outcome(double... powers) {
        return new C15MomentumRate()
                .judge(IntStream.range(0, powers.length)
                        .mapToObj(i -> bowl(powers[i]))
                        .toList())
                .outcome();
    }

    @Test
    void thePowerOfABowlIsFound() {
        assertThat(bowl(0.3).slope()).isCloseTo(0.3, within(1e-9));
        assertThat(bowl(-0.5).slope()).isCloseTo(-0.5, within(1e-9));
        assertThat(bowl(0).regret(0)).isCloseTo(0, within(1e-12));
        assertThat(bowl(0).loss(0)).isCloseTo(0, within(1e-12));
        assertThat(bowl(0).loss(1)).isPositive();
    }

    @Test
    void theSameBestRateForEveryLengthHolds() {
        assertThat(outcome(0, 0.2)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void aBestRateThatMovesALittleHoldsWithinLimits() {
        assertThat(outcome(-0.4, -0.4)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(0.3, 0.4)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void aBestRateThatMovesLikeTheLengthDoesNot() {
        assertThat(outcome(1, 1)).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(-0.8, -0.8)).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(0.1, 0.8)).as("cheaper in one seed of two alone").isEqualTo(Outcome.NOT_HERE);
    }
}
