package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C11AmsGrad.Regrets;
import org.thalweg.lab.lecture.C11AmsGrad.Run;

class C11AmsGradTest {
    /** At the better of two rates. */
    private static Regrets regrets(double adam, double repaired) {
        return new Regrets(Stream.of(false, true)
                .flatMap(random -> Stream.of(
                        run(random, false, adam + 1),
                        run(random, false, adam),
                        run(random, true, repaired + 1),
                        run(random, true, repaired)))
                .toList());
    }

    private static Run run(boolean random, boolean repaired, double last) {
        return new Run(random, repaired, 1, List.of(0.5, last), List.of(1.0, 2.0), List.of(0.0, 0.0), 0);
    }

    private static Outcome outcome(Regrets... measured) {
        return new C11AmsGrad().judge(List.of(measured)).outcome();
    }

    @Test
    void noLearningAndItsRepairHold() {
        assertThat(outcome(regrets(0.2, 0.01), regrets(0.1, 0.019))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void aLittleRepairIsALimit() {
        assertThat(outcome(regrets(0.2, 0.01), regrets(0.2, 0.05))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(regrets(0.05, 0.01))).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void oneSeedWithoutRepairFails() {
        assertThat(outcome(regrets(0.2, 0.01), regrets(0.2, 0.2))).isEqualTo(Outcome.NOT_HERE);
    }
}
