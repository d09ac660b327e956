package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C13DecoupledDecay.Decays;
import org.thalweg.lab.lecture.C13DecoupledDecay.Tuned;

class C13DecoupledDecayTest {
    private static Decays decays(double sgd, double others, double penalised, double decoupled) {
        return new Decays(
                List.of(1.0, 200.0),
                List.of(0.0, sgd),
                List.of(0.0, others),
                List.of(0.0, others + 0.1),
                new Tuned(0.003, 0.01, 0.1, penalised),
                new Tuned(0.003, 0.1, 0.1, decoupled));
    }

    private static Outcome of(int better, Decays one, Decays other) {
        List<Decays> measured = new ArrayList<>(Collections.nCopies(better, one));
        measured.addAll(Collections.nCopies(10 - better, other));
        return new C13DecoupledDecay().judge(measured).outcome();
    }

    @Test
    void equalForSgdAloneAndBetterWithAdamInNineOfTenHolds() {
        assertThat(of(9, decays(0, 0.3, 0.06, 0.05), decays(0, 0.3, 0.05, 0.06)))
                .isEqualTo(Outcome.HOLDS);
    }

    @Test
    void withoutTheGainItHoldsWithinLimits() {
        assertThat(of(8, decays(0, 0.3, 0.06, 0.05), decays(0, 0.3, 0.05, 0.06)))
                .isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(of(10, decays(0, 0.3, 0.05, 0.05), decays(0, 0.3, 0.05, 0.05)))
                .as("equal is not better")
                .isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void oneSeedAgainstTheEquivalenceIsEnough() {
        Decays good = decays(0, 0.3, 0.06, 0.05);
        assertThat(of(9, good, decays(0.01, 0.3, 0.06, 0.05))).isEqualTo(Outcome.NOT_HERE);
        assertThat(of(9, good, decays(0, 0.001, 0.06, 0.05))).isEqualTo(Outcome.NOT_HERE);
    }
}
