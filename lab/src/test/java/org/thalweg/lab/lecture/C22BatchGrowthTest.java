package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C22BatchGrowth.Courses;
import org.thalweg.lab.lecture.C22BatchGrowth.Run;

class C22BatchGrowthTest {
    /** Losses whose logarithms are so far from those of the decaying rate, from the second epoch on. */
    private static Run run(double apart, double testError, double updates) {
        return new Run(List.of(1.0, 0.5 * Math.exp(apart), 0.4 * Math.exp(-apart)), testError, updates);
    }

    private static Courses courses(double growth, double testError, double updates) {
        return new Courses(1, run(0, 0.03, 1000), run(growth, testError, updates), run(1, 0.03, 1000));
    }

    private static Outcome outcome(Courses... measured) {
        return new C22BatchGrowth().judge(List.of(measured)).outcome();
    }

    @Test
    void howFarIsTakenOfLogarithms() {
        assertThat(courses(0.2, 0.03, 500).share()).isCloseTo(0.2, within(1e-12));
        assertThat(courses(0.2, 0.03, 400).saved()).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void nearWithFewerUpdatesHolds() {
        assertThat(outcome(courses(0.2, 0.034, 500))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void nearerButNotAsGoodHoldsWithinLimits() {
        assertThat(outcome(courses(0.5, 0.03, 500))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(courses(0.2, 0.05, 500))).as("more test errors").isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(courses(0.2, 0.03, 900))).as("as many updates").isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void asFarAsNeitherDoesNotHold() {
        assertThat(outcome(courses(1.1, 0.03, 500))).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(courses(0.2, 0.03, 500), courses(1.1, 0.03, 500))).isEqualTo(Outcome.NOT_HERE);
    }
}
