package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C19LinearScaling.Errors;

class C19LinearScalingTest {
    private static final List<Double> BATCHES = List.of(64.0, 128.0, 256.0, 512.0, 1024.0);
    /** Keeps the accuracy up to batches of 128. */
    private static final List<Double> SHORT = List.of(0.13, 0.132, 0.15, 0.16, 0.2);

    private static Outcome outcome(List<Double> linear, List<Double> root, List<Double> same) {
        return new C19LinearScaling()
                .judge(IntStream.range(0, 6)
                        .mapToObj(seed -> 0.001 * (seed % 3))
                        .map(luck -> new Errors(
                                "garments",
                                BATCHES,
                                0.02,
                                List.of(lucky(linear, luck), lucky(root, -luck), lucky(same, luck))))
                        .toList())
                .outcome();
    }

    /** The smallest batches' luck is that of all ways. */
    private static List<Double> lucky(List<Double> errors, double luck) {
        return IntStream.range(0, errors.size())
                .mapToObj(i -> errors.get(i) + (i == 0 ? 0 : luck))
                .toList();
    }

    @Test
    void farthestAndThenFailingHolds() {
        assertThat(outcome(List.of(0.13, 0.13, 0.131, 0.135, 0.9), SHORT, SHORT))
                .isEqualTo(Outcome.HOLDS);
    }

    @Test
    void theRootMayReachAsFar() {
        assertThat(outcome(List.of(0.13, 0.13, 0.131, 0.15, 0.9), List.of(0.13, 0.13, 0.131, 0.15, 0.16), SHORT))
                .isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void fourTimesTheBatchHaveToBeReachedWithoutAGap() {
        assertThat(outcome(SHORT, SHORT, SHORT)).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(List.of(0.13, 0.15, 0.13, 0.13, 0.9), SHORT, SHORT)).isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void thereHasToBeAnEnd() {
        assertThat(outcome(List.of(0.13, 0.13, 0.13, 0.13, 0.133), SHORT, SHORT))
                .isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void aMeanThatIsNotSureKeepsNothing() {
        List<Errors> measured = IntStream.range(0, 6)
                .mapToObj(seed -> seed == 0 ? 0.05 : 0.13)
                .map(error -> List.of(0.13, error, error, error, 0.9))
                .map(errors -> new Errors("garments", BATCHES, 0.02, List.of(errors, SHORT, SHORT)))
                .toList();
        assertThat(new C19LinearScaling().judge(measured).outcome()).isEqualTo(Outcome.NOT_HERE);
    }
}
