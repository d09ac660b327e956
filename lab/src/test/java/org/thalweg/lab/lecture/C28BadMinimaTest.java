package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C28BadMinima.Width;
import org.thalweg.lab.lecture.C28BadMinima.Widths;
import org.thalweg.lab.lecture.Poisoning.Minimum;
import org.thalweg.lab.lecture.Poisoning.Volume;

class C28BadMinimaTest {
    private static final Minimum GOOD = new Minimum(0, 5, 0.02, 1, 0.92, new Volume(-1_000, 20), new Volume(500, 20));

    private static Minimum bad(double distance, double testAccuracy, double orders, double relative) {
        return new Minimum(
                3, distance, 0.02, 1, testAccuracy, new Volume(-1_000 - orders, 20), new Volume(500 - relative, 20));
    }

    /** Two bad minima, one of which is far away and tiny. */
    private static Outcome outcome(double distance, double testAccuracy, double orders, double relative) {
        Width width = new Width(
                128, 9_610, GOOD, List.of(bad(9, 0.05, 5_000, 5_000), bad(distance, testAccuracy, orders, relative)));
        return new C28BadMinima().judge(List.of(new Widths(List.of(width)))).outcome();
    }

    @Test
    void badTinyAndNearHolds() {
        assertThat(outcome(4, 0.1, 400, 400)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void furtherThanThePathIsLongHoldsWithinLimits() {
        assertThat(outcome(5.5, 0.1, 400, 400)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void tinyInOneUnitHoldsWithinLimits() {
        assertThat(outcome(4, 0.1, 400, 0)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(4, 0.1, 0, 400)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    /** Two standard errors of a difference are 57 orders here. */
    @Test
    void whatIsNotSureIsNotTiny() {
        assertThat(outcome(4, 0.1, 150, 150)).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(4, 0.1, Double.NaN, Double.NaN))
                .as("not below the cutoff")
                .isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void aMinimumThatGeneralisesIsNotBad() {
        assertThat(outcome(4, 0.3, 400, 400)).isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void ratiosThatGrowLikeTheWeightsAreExponential() {
        Width one = new Width(1, 1_000, GOOD, List.of(bad(4, 0.1, 400, 400)));
        Width other = new Width(4, 4_000, GOOD, List.of(bad(4, 0.1, 1_600, 400)));
        assertThat(new Widths(List.of(one, other)).growth()).isEqualTo(1, org.assertj.core.api.Assertions.within(1e-9));
    }
}
