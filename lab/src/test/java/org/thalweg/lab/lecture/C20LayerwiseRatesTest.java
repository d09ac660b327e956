package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C20LayerwiseRates.Errors;
import org.thalweg.lab.lecture.C20LayerwiseRates.Series;

class C20LayerwiseRatesTest {
    private static final List<Double> GOOD = List.of(0.132, 0.133, 0.16);
    private static final List<Double> BAD = List.of(0.132, 0.2, 0.4);

    /** Momentum makes 13 % errors with the smallest batches, and scaled in proportion reaches the first size alone. */
    private static Outcome outcome(List<Double> lars, List<Double> nesterov, List<Double> lamb, List<Double> adam) {
        return new C20LayerwiseRates()
                .judge(IntStream.range(0, 5)
                        .mapToObj(seed -> 0.001 * (seed % 3))
                        .map(luck -> new Errors(
                                "garments",
                                List.of(512.0, 1024.0, 2048.0),
                                0.13 + luck,
                                series(BAD, luck),
                                List.of(
                                        series(lars, luck),
                                        series(nesterov, -luck),
                                        series(lamb, luck),
                                        series(adam, 2 * luck))))
                        .toList())
                .outcome();
    }

    private static Series series(List<Double> errors, double luck) {
        return new Series(
                List.of(0.1, 0.1, 0.1),
                errors.stream().map(error -> error + luck).toList());
    }

    @Test
    void fartherThanLinearAndNoBetterThanWhatIsTunedAlikeHolds() {
        assertThat(outcome(GOOD, GOOD, GOOD, GOOD)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void betterThanWhatIsTunedAlikeIsALimit() {
        assertThat(outcome(GOOD, BAD, GOOD, GOOD)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(GOOD, GOOD, GOOD, BAD)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void notFartherThanLinearIsALimitToo() {
        assertThat(outcome(BAD, GOOD, GOOD, GOOD)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void neitherSpeaksAgainstIt() {
        assertThat(outcome(GOOD, BAD, BAD, GOOD)).isEqualTo(Outcome.NOT_HERE);
    }
}
