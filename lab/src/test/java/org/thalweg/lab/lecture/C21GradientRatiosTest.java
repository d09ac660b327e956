package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C21GradientRatios.Ratios;
import org.thalweg.lab.lecture.C21GradientRatios.Start;

class C21GradientRatiosTest {
    private static Outcome outcome(double largest) {
        Start wide = new Start("mlp", List.of("a", "b"), List.of(1.0, 500.0));
        Start other = new Start("convnet", List.of("a", "b", "c"), List.of(2.0, 2.0 * largest, 3.0));
        return new C21GradientRatios()
                .judge(List.of(new Ratios(List.of(wide)), new Ratios(List.of(wide, other))))
                .outcome();
    }

    @Test
    void theNarrowestNetworkDecides() {
        assertThat(outcome(150)).isEqualTo(Outcome.HOLDS);
        assertThat(outcome(40)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(3)).isEqualTo(Outcome.NOT_HERE);
    }
}
