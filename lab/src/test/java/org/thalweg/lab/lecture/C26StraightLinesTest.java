package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C26StraightLines.Along;
import org.thalweg.lab.lecture.C26StraightLines.Lines;

class C26StraightLinesTest {
    private static Lines with(double rise, double barrier) {
        return new Lines(List.of(
                new Along("mlp", List.of(), List.of(), List.of(), 0, 2),
                new Along("convnet", List.of(), List.of(), List.of(), rise, barrier)));
    }

    private static Outcome outcome(double rise, double barrier) {
        return new C26StraightLines()
                .judge(List.of(with(0, 3), with(rise, barrier)))
                .outcome();
    }

    @Test
    void aFallAndABarrierHold() {
        assertThat(outcome(0, 1)).isEqualTo(Outcome.HOLDS);
        assertThat(outcome(0.009, 0.11)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void aSmallRiseHoldsWithinLimits() {
        assertThat(outcome(0.03, 1)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void oneModelOfOneSeedIsEnoughAgainstIt() {
        assertThat(outcome(0.2, 1)).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(0, 0.01)).isEqualTo(Outcome.NOT_HERE);
    }
}
