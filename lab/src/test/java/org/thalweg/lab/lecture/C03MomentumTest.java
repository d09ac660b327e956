package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C03Momentum.Sized;
import org.thalweg.lab.lecture.C03Momentum.Steps;

class C03MomentumTest {
    private static Steps growing(double plain, double heavy, int stepsOfMuch, int swingsOfMuch) {
        List<Double> conditions = List.of(10.0, 100.0, 1_000.0);
        return new Steps(
                conditions,
                conditions.stream().map(kappa -> 3 * Math.pow(kappa, plain)).toList(),
                conditions.stream().map(kappa -> 5 * Math.pow(kappa, heavy)).toList(),
                List.of(
                        sized(0, 70, 0),
                        sized(0.3, 50, 0),
                        sized(0.4, 40, 0),
                        sized(0.5, 30, 0),
                        sized(0.9, stepsOfMuch, swingsOfMuch)));
    }

    private static Sized sized(double alpha, int steps, int swings) {
        return new Sized(alpha, steps, swings, List.of(1.0));
    }

    private static Outcome outcome(Steps... measured) {
        return new C03Momentum().judge(List.of(measured)).outcome();
    }

    @Test
    void theRootAndSwingsHold() {
        assertThat(outcome(growing(1, 0.5, 100, 9), growing(1, 0.55, 90, 3))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void oneOfBothIsALimit() {
        assertThat(outcome(growing(1, 0.5, 100, 9), growing(1, 0.7, 100, 9))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(growing(1, 0.5, 100, 2))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(growing(1, 0.5, 20, 9))).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void momentumThatIsNoBetterFails() {
        assertThat(outcome(growing(1, 1, 20, 0))).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(growing(0.5, 0.5, 20, 0))).isEqualTo(Outcome.NOT_HERE);
    }
}
