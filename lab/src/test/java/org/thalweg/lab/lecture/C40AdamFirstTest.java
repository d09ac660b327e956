package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C40AdamFirst.Race;
import org.thalweg.lab.lecture.C40AdamFirst.Way;

class C40AdamFirstTest {
    private static Way way(String rule, double first, double testError) {
        return new Way(rule, 0.01, List.of(first, first, first, 0.1), 0.1, testError, testError);
    }

    /** The rules besides have a loss of 0.9 and 14 % errors; Adam and momentum as told. */
    private static Outcome outcome(double adamLoss, double momentumLoss, double adamError, double momentumError) {
        return new C40AdamFirst()
                .judge(IntStream.range(0, 5)
                        .mapToObj(seed -> 0.001 * (seed % 3))
                        .map(luck -> new Race(
                                "garments",
                                Stream.concat(
                                                Stream.of("sgd", "adagrad", "rmsprop")
                                                        .map(rule -> way(rule, 0.9, 0.14)),
                                                Stream.of(
                                                        way("adam", adamLoss + luck, adamError - luck),
                                                        way("momentum", momentumLoss - luck, momentumError + luck)))
                                        .toList()))
                        .toList())
                .outcome();
    }

    @Test
    void firstAndBestHolds() {
        assertThat(outcome(0.7, 0.8, 0.13, 0.12)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void oneOfThemAloneIsALimit() {
        assertThat(outcome(0.7, 0.8, 0.12, 0.13)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(0.8, 0.7, 0.13, 0.12)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void eachHasToBeAheadOfAllFive() {
        assertThat(outcome(0.95, 1.2, 0.16, 0.15)).isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void aDifferenceWithinTheSpreadDecidesNothing() {
        assertThat(outcome(0.7, 0.702, 0.13, 0.1285)).isEqualTo(Outcome.NOT_HERE);
    }
}
