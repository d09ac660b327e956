package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C31BatchNormSize.Norm;
import org.thalweg.lab.lecture.C31BatchNormSize.Norms;

class C31BatchNormSizeTest {
    private static Norm norm(String name, double small, double large) {
        return new Norm(name, List.of(small, large), List.of(0.1, 0.1));
    }

    /** Group normalisation makes 5 % errors throughout, and layer normalisation 6 %. */
    private static Outcome outcome(double small, double large) {
        return new C31BatchNormSize()
                .judge(IntStream.range(0, 6)
                        .mapToObj(seed -> 0.001 * (seed % 2))
                        .map(luck -> new Norms(
                                List.of(2.0, 64.0),
                                List.of(
                                        norm("batch", small + luck, large - luck),
                                        norm("group", 0.05, 0.05),
                                        norm("layer", 0.06, 0.06))))
                        .toList())
                .outcome();
    }

    @Test
    void worseWithSmallAndBetterWithLargeBatchesHolds() {
        assertThat(outcome(0.2, 0.03)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void notBetterWithLargeOnesIsALimit() {
        assertThat(outcome(0.2, 0.055)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void notWorseThanBothWithSmallOnesSpeaksAgainstIt() {
        assertThat(outcome(0.055, 0.03)).isEqualTo(Outcome.NOT_HERE);
    }
}
