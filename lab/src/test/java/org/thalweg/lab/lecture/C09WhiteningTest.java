package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C09Whitening.Fit;
import org.thalweg.lab.lecture.C09Whitening.Fits;

class C09WhiteningTest {
    /** Two tables, the first much better off. */
    private static Fits fits(double condition, double steps) {
        return new Fits(
                List.of(List.of(fit(1e6, 10_000), fit(10, 5)), List.of(fit(1e6, 10_000), fit(condition, steps))));
    }

    private static Fit fit(double condition, double steps) {
        return new Fit(condition, steps, List.of(1.0));
    }

    private static Outcome outcome(Fits... measured) {
        return new C09Whitening().judge(List.of(measured)).outcome();
    }

    @Test
    void tenTimesLessOfBothHolds() {
        assertThat(outcome(fits(100, 20), fits(1e5, 1_000))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void lessIsALimit() {
        assertThat(outcome(fits(100, 20), fits(1e5, 2_000))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(fits(5e5, 20))).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void noLessOfOneFails() {
        assertThat(outcome(fits(100, 10_000))).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(fits(2e6, 20))).isEqualTo(Outcome.NOT_HERE);
    }
}
