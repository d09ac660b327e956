package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C17Schedules.Ends;

class C17SchedulesTest {
    private static final List<Double> RATES = List.of(0.1, 0.1, 0.1, 0.1, 0.1);
    private static final List<Double> ALL_LOWER = List.of(1.0, 0.1, 0.2, 0.1, 0.9);
    private static final List<Double> NONE_LOWER = List.of(1.0, 1.1, 1.2, 1.1, 1.0);
    private static final List<Double> TWO_LOWER = List.of(1.0, 0.5, 0.5, 1.1, 1.1);

    private static Outcome outcome(List<Double> convex, List<Double> network, double halfway) {
        return new C17Schedules()
                .judge(List.of(new Ends(convex, network, RATES, RATES, List.of(), List.of(), halfway)))
                .outcome();
    }

    @Test
    void aStallAndAllLowerHolds() {
        assertThat(outcome(ALL_LOWER, ALL_LOWER, 1.1)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void halfOfThemHoldsWithinLimits() {
        assertThat(outcome(ALL_LOWER, NONE_LOWER, 1.1)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(TWO_LOWER, TWO_LOWER, 1.1)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void fewerOrNoStallDoesNot() {
        assertThat(outcome(TWO_LOWER, NONE_LOWER, 1.1)).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(ALL_LOWER, ALL_LOWER, 3)).isEqualTo(Outcome.NOT_HERE);
    }
}
