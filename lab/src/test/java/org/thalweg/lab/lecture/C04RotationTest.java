package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C04Rotation.Bowl;
import org.thalweg.lab.lecture.C04Rotation.Turned;

class C04RotationTest {
    private static Turned turned(double sweeps, double steps) {
        return new Turned(List.of(
                new Bowl(4, List.of(1.0, 2.0), List.of(20.0, 20.0)),
                new Bowl(12, List.of(1.0, sweeps), List.of(40.0, steps))));
    }

    private static Outcome outcome(Turned... measured) {
        return new C04Rotation().judge(List.of(measured)).outcome();
    }

    @Test
    void manyMoreSweepsAndTheSameStepsHold() {
        assertThat(outcome(turned(10, 40), turned(30, 41))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void theSeedThatSuffersLeastDecides() {
        assertThat(outcome(turned(30, 40), turned(9, 40))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(turned(30, 40), turned(2, 40))).isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void gradientDescentThatSuffersFails() {
        assertThat(outcome(turned(30, 42))).isEqualTo(Outcome.NOT_HERE);
    }
}
