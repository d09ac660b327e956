package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C34SnapshotEnsemble.Cycles;

class C34SnapshotEnsembleTest {
    /** The single model has a test error of 3 %. */
    private static Outcome outcome(double barrier, double together) {
        return new C34SnapshotEnsemble()
                .judge(IntStream.range(0, 10)
                        .mapToObj(seed -> new Cycles(
                                0.1,
                                0.1,
                                List.of(0.0, 1.0),
                                List.of(List.of(0.01, 0.01)),
                                List.of(0.0, barrier, 0.0, barrier),
                                together + 0.001 * (seed % 2),
                                0.03,
                                0.03 + 0.0005 * (seed % 3)))
                        .toList())
                .outcome();
    }

    @Test
    void severalMinimaThatAreBetterTogetherHold() {
        assertThat(outcome(0.02, 0.02)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void oneOfTheTwoHoldsWithinLimits() {
        assertThat(outcome(0.001, 0.02)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(0.02, 0.03)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void neitherOrWorseSpeaksAgainstIt() {
        assertThat(outcome(0.001, 0.03)).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(0.02, 0.05)).isEqualTo(Outcome.NOT_HERE);
    }
}
