package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C08Newton.Newton;

class C08NewtonTest {
    private static Newton newton(double left, double exponent) {
        List<Double> k = List.of(100.0, 200.0, 400.0);
        List<Double> times = k.stream().map(it -> 1e-9 * Math.pow(it, exponent)).toList();
        return new Newton(k, List.of(0.0, left, 0.0), List.of(1.0, 1.0, 1.0), times, times);
    }

    private static Outcome outcome(Newton... measured) {
        return new C08Newton().judge(List.of(measured)).outcome();
    }

    @Test
    void oneStepAndTheCubeHold() {
        assertThat(outcome(newton(1e-20, 3), newton(1e-13, 3.3))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void nearlyTheCubeIsALimit() {
        assertThat(outcome(newton(1e-20, 3), newton(1e-20, 2.4))).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void moreStepsOrAnotherPowerFail() {
        assertThat(outcome(newton(1e-3, 3))).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(newton(1e-20, 2))).isEqualTo(Outcome.NOT_HERE);
    }
}
