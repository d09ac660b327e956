package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C32WithoutNormalisation.Arm;
import org.thalweg.lab.lecture.C32WithoutNormalisation.Arms;

class C32WithoutNormalisationTest {
    /** With normalisation the error is 3 % in small batches and 5 % in large ones. */
    private static Outcome outcome(double small, double large) {
        return new C32WithoutNormalisation()
                .judge(IntStream.range(0, 6)
                        .mapToObj(seed -> 0.001 * (seed % 2))
                        .map(luck -> new Arms(
                                List.of(32.0, 256.0),
                                List.of(
                                        arm("with", 0.03, 0.05),
                                        arm("without", small + luck, large - luck),
                                        arm("not clipped", 0.9, 0.9))))
                        .toList())
                .outcome();
    }

    private static Arm arm(String name, double small, double large) {
        return new Arm(name, List.of(small, large), List.of(0.1, 0.1));
    }

    @Test
    void asGoodInBothHolds() {
        assertThat(outcome(0.035, 0.055)).isEqualTo(Outcome.HOLDS);
        assertThat(outcome(0.01, 0.01)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void oneOfTheTwoIsALimit() {
        assertThat(outcome(0.035, 0.07)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(0.05, 0.05)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void worseInBothSpeaksAgainstIt() {
        assertThat(outcome(0.05, 0.07)).isEqualTo(Outcome.NOT_HERE);
    }
}
