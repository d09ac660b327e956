package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C37ProgressOptimal.Comparison;
import org.thalweg.lab.lecture.C37ProgressOptimal.Tuned;

class C37ProgressOptimalTest {
    private static Tuned tuned(double validationError, double testError) {
        return new Tuned(0.1, validationError, testError, List.of(1.0));
    }

    /** SGD is better than Adam on the validation part, and worse on the test part. */
    private static Comparison comparison(double unaided) {
        return new Comparison(
                List.of(1.0), List.of(tuned(0.05, unaided), tuned(0.04, 0.04), tuned(0.02, 0.04), tuned(0.03, 0.02)));
    }

    private static Outcome outcome(Comparison... measured) {
        return new C37ProgressOptimal().judge(List.of(measured)).outcome();
    }

    @Test
    void theRivalIsChosenOnTheValidationPart() {
        assertThat(comparison(0.05).behind()).isCloseTo(0.01, within(1e-12));
    }

    @Test
    void asGoodAsATunedRateHolds() {
        assertThat(outcome(comparison(0.045), comparison(0.03))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void trainedButWorseHoldsWithinLimits() {
        assertThat(outcome(comparison(0.08), comparison(0.06))).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void oneSeedThatIsNotTrainedIsEnoughAgainstIt() {
        assertThat(outcome(comparison(0.03), comparison(0.03), comparison(0.11)))
                .isEqualTo(Outcome.NOT_HERE);
    }
}
