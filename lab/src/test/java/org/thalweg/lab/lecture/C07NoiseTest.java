package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C07Noise.Escapes;
import org.thalweg.lab.lecture.C07Noise.Noise;

class C07NoiseTest {
    private static Escapes escapes(double still, double noisy) {
        return new Escapes(List.of(0.0, still), List.of(List.of(noise(1)), List.of(noise(noisy), noise(1))));
    }

    private static Noise noise(double share) {
        return new Noise(0.01, share, 50, List.of(0.0));
    }

    private static Outcome outcome(Escapes... measured) {
        return new C07Noise().judge(List.of(measured)).outcome();
    }

    @Test
    void leavingWithNoiseAloneHolds() {
        assertThat(outcome(escapes(0, 1), escapes(0, 0.95))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void theWorstPlaceAndSizeDecides() {
        assertThat(outcome(escapes(0, 1), escapes(0, 0.9))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(escapes(0, 1), escapes(0, 0.4))).isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void leavingWithoutNoiseFails() {
        assertThat(outcome(escapes(0, 1), escapes(0.01, 1))).isEqualTo(Outcome.NOT_HERE);
    }
}
