package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C18WarmUp.Survival;

class C18WarmUpTest {
    /** Mean losses of momentum, with warm-up; Adam, with warm-up; RAdam. */
    private static Outcome outcome(double... means) {
        List<List<Double>> losses =
                Arrays.stream(means).mapToObj(mean -> List.of(mean, mean)).toList();
        return new C18WarmUp().judge(List.of(new Survival(losses))).outcome();
    }

    @Test
    void lowerWithWarmUpAndWithRAdamHolds() {
        assertThat(outcome(1, 0.5, 1, 0.5, 0.52)).isEqualTo(Outcome.HOLDS);
        assertThat(outcome(1, 0.5, 1, 0.5, 0.4)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void aPartOfItHoldsWithinLimits() {
        assertThat(outcome(1, 0.5, 1, 1, 1)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(1, 0.5, 1, 0.5, 0.7))
                .as("RAdam is better than Adam, but not as good as warm-up")
                .isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void nothingOfItDoesNotHold() {
        assertThat(outcome(1, 1, 1, 1, 1)).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(0.5, 1, 0.5, 1, 0.6)).isEqualTo(Outcome.NOT_HERE);
    }
}
