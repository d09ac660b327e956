package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C29BiasVariance.Parts;

class C29BiasVarianceTest {
    private static Outcome outcome(double... errors) {
        List<Double> variance = List.of(0.1, 0.2, 1.0);
        List<Double> bias = List.of(1.0, 0.1, 0.0);
        Parts good = new Parts(List.of(1.2, 0.4, 1.1), variance, bias, 0.1);
        Parts one = new Parts(List.of(errors[0], errors[1], errors[2]), variance, bias, 0.1);
        return new C29BiasVariance().judge(List.of(good, one)).outcome();
    }

    @Test
    void aSumThatAgreesAndAUHold() {
        assertThat(outcome(1.21, 0.401, 1.09)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void partsThatDoNotAddUpAreSeen() {
        assertThat(outcome(1.2, 0.5, 1.1)).isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void withoutAUItHoldsWithinLimits() {
        Parts flat = new Parts(List.of(1.2, 0.4, 0.41), List.of(0.1, 0.2, 0.31), List.of(1.0, 0.1, 0.0), 0.1);
        assertThat(new C29BiasVariance().judge(List.of(flat)).outcome()).isEqualTo(Outcome.WITHIN_LIMITS);
    }
}
