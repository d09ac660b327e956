package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C33SharpnessAware.End;
import org.thalweg.lab.lecture.C33SharpnessAware.Pair;
import org.thalweg.lab.lecture.C33SharpnessAware.Setting;

class C33SharpnessAwareTest {
    private static End end(double eigenvalue, double testError, double millis) {
        return new End(new Setting(0.1, 0), 0.01, testError, eigenvalue, 0.1, millis);
    }

    /** Momentum has an eigenvalue of 10, a test error of 3 % and steps of a millisecond. */
    private static Outcome outcome(double eigenvalue, double testError, double longer, double cost) {
        return new C33SharpnessAware()
                .judge(IntStream.range(0, 10)
                        .mapToObj(seed -> 0.001 * (seed % 3))
                        .map(luck -> new Pair(
                                end(10, 0.03 + luck, 1),
                                end(eigenvalue, testError + luck / 2, cost),
                                end(8, longer + luck, 1)))
                        .toList())
                .outcome();
    }

    @Test
    void flatterBetterAndTwiceAsDearHolds() {
        assertThat(outcome(4, 0.02, 0.028, 1.9)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void itHasToBeBetterThanTwiceTheEpochs() {
        assertThat(outcome(4, 0.02, 0.015, 1.9)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void anotherCostIsALimit() {
        assertThat(outcome(4, 0.02, 0.028, 3)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void flatterAloneHoldsWithinLimits() {
        assertThat(outcome(4, 0.0305, 0.03, 2)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void worseOrSharperSpeaksAgainstIt() {
        assertThat(outcome(4, 0.05, 0.03, 2)).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(12, 0.02, 0.03, 2)).isEqualTo(Outcome.NOT_HERE);
    }
}
