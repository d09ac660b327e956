package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C12Generalisation.Errors;
import org.thalweg.lab.lecture.C12Generalisation.Measured;
import org.thalweg.lab.problem.Wilson;

class C12GeneralisationTest {
    private static Errors errors(double plain, double adaptive, double plainError, double adaptiveError) {
        return new Errors(List.of(
                new Measured("sgd", false, plain, 0.1, 0.01, 0.04, plainError),
                new Measured("momentum", false, plain, 0.1, 0.01, 0.06, 0.2),
                new Measured("adam", true, adaptive, 0.01, 0.01, 0.05, adaptiveError)));
    }

    private static Outcome outcome(Errors... measured) {
        return new C12Generalisation().judge(List.of(measured)).outcome();
    }

    @Test
    void theChoiceIsMadeOnTheValidationPart() {
        assertThat(errors(1, 2 / 3.0, 0.05, 0.07).best(false).name()).isEqualTo("sgd");
    }

    @Test
    void worseInBothHolds() {
        assertThat(outcome(errors(1, 2 / 3.0, 0.05, 0.07))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void sharesAreRounded() {
        Wilson wilson = new Wilson();
        double all = wilson.accuracy(new double[] {1, 0, 0});
        double positive = wilson.accuracy(new double[] {1, 1, 1});
        assertThat(outcome(errors(all, positive, 0.05, 0.07))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void worseInTheConstructionAloneHoldsWithinLimits() {
        assertThat(outcome(errors(1, 0.5, 0.05, 0.05))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(errors(1, 0.5, 0.05, 0.07), errors(1, 0.5, 0.05, 0.04)))
                .isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void aConstructionThatShowsNothingDoesNotHold() {
        assertThat(outcome(errors(0.9, 2 / 3.0, 0.05, 0.07))).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(errors(1, 1, 0.05, 0.07))).isEqualTo(Outcome.NOT_HERE);
    }
}
