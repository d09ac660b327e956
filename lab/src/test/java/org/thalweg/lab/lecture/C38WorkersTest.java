package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C38Workers.Distance;
import org.thalweg.lab.lecture.C38Workers.Distances;

class C38WorkersTest {
    private static Outcome outcome(double plain, double own, double piece) {
        Distances good = new Distances(List.of(new Distance(2, 1e-7, 1e-7, 1e-7, 0.5)));
        Distances other = new Distances(
                List.of(new Distance(2, 1e-7, 1e-7, 1e-7, 0.5), new Distance(4, plain, own, 1e-7, piece)));
        return new C38Workers().judge(List.of(good, other)).outcome();
    }

    @Test
    void equalButForRoundingHolds() {
        assertThat(outcome(1e-6, 1e-6, 0.3)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void statisticsOfAPieceAreALimit() {
        assertThat(outcome(1e-6, 0.3, 0.3)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void otherWeightsSpeakAgainstIt() {
        assertThat(outcome(0.01, 1e-6, 0.3)).isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void aMeasureThatSeesNoDifferenceShowsNothing() {
        assertThat(outcome(1e-6, 1e-6, 0.001)).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(Double.NaN, 1e-6, 0.3)).isEqualTo(Outcome.NOT_HERE);
    }
}
