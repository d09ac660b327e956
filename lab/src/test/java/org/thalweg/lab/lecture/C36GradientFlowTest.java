package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C36GradientFlow.Fall;
import org.thalweg.lab.lecture.C36GradientFlow.Falls;

class C36GradientFlowTest {
    /** A quiet problem, and one that rises at the coarsest or the smallest rate. */
    private static Falls falls(double coarsest, double smallest, double ratio) {
        return new Falls(List.of(
                new Fall("quiet", List.of(1.0, 0.1), List.of(0.0, 0.0), List.of(0.9, 1.0)),
                new Fall("loud", List.of(1.0, 0.1), List.of(coarsest, smallest), List.of(-3.0, ratio))));
    }

    private static Outcome outcome(Falls... measured) {
        return new C36GradientFlow().judge(List.of(measured)).outcome();
    }

    @Test
    void noRiseInSmallStepsHolds() {
        assertThat(outcome(falls(0.5, 0, 0.96), falls(1, 0, 1.04))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void anotherFallOrNoRiseAnywhereIsALimit() {
        assertThat(outcome(falls(0.5, 0, 0.9))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(falls(0, 0, 1))).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void oneRiseInSmallStepsFails() {
        assertThat(outcome(falls(0.5, 0, 1), falls(0.5, 1e-5, 1))).isEqualTo(Outcome.NOT_HERE);
    }
}
