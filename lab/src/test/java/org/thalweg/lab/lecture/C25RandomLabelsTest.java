package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C25RandomLabels.Learned;

class C25RandomLabelsTest {
    private static Outcome outcome(double trainedOnRandom, double testedAfterRandom, double testedAfterRight) {
        Learned good = new Learned(List.of(0.0, 1.0), List.of(1.0, 1.0), List.of(0.97, 0.1), List.of());
        Learned one = new Learned(
                List.of(0.0, 1.0),
                List.of(1.0, trainedOnRandom),
                List.of(testedAfterRight, testedAfterRandom),
                List.of());
        return new C25RandomLabels().judge(List.of(good, one)).outcome();
    }

    @Test
    void everythingByHeartAndNothingLearntHolds() {
        assertThat(outcome(1, 0.12, 0.95)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void nearlyByHeartHoldsWithinLimits() {
        assertThat(outcome(0.95, 0.1, 0.95)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void oneSeedIsEnoughAgainstIt() {
        assertThat(outcome(0.6, 0.1, 0.95)).as("not learnt").isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(1, 0.3, 0.95)).as("not random").isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(1, 0.1, 0.5)).as("a network that cannot learn").isEqualTo(Outcome.NOT_HERE);
    }
}
