package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C02ConditionNumber.Steps;

class C02ConditionNumberTest {
    private static Steps growing(double exponent) {
        List<Double> conditions = List.of(10.0, 100.0, 1_000.0);
        return new Steps(
                conditions,
                conditions.stream().map(kappa -> 3 * Math.pow(kappa, exponent)).toList());
    }

    private static Outcome outcome(Steps... measured) {
        return new C02ConditionNumber().judge(List.of(measured)).outcome();
    }

    @Test
    void stepsInProportionHold() {
        assertThat(outcome(growing(1), growing(1.05))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void oneSeedThatGrowsOtherwiseIsEnoughAgainstIt() {
        assertThat(outcome(growing(1), growing(0.8))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(growing(1), growing(0.5))).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(growing(1), growing(0))).isEqualTo(Outcome.NOT_HERE);
    }
}
