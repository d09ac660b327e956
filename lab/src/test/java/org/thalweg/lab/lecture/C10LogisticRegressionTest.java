package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C10LogisticRegression.Speeds;
import org.thalweg.lab.lecture.C10LogisticRegression.Way;

class C10LogisticRegressionTest {
    private static final List<String> RULES =
            List.of("sgd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam");

    private static Speeds speeds(int... steps) {
        return new Speeds(
                List.of(1.0),
                IntStream.range(0, RULES.size())
                        .mapToObj(i -> new Way(RULES.get(i), 0.1, steps[i], List.of(0.1)))
                        .toList());
    }

    private static Outcome outcome(Speeds... measured) {
        return new C10LogisticRegression().judge(List.of(measured)).outcome();
    }

    @Test
    void allFasterThanSgdAndAdagradFastestHolds() {
        assertThat(outcome(speeds(100, 50, 50, 10, 50, 50, 50))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void oneHalfHoldsWithinLimits() {
        assertThat(outcome(speeds(100, 50, 50, 60, 50, 50, 50))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(speeds(100, 50, 150, 10, 50, 50, 50))).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void neitherDoesNotHold() {
        assertThat(outcome(speeds(10, 50, 50, 60, 50, 50, 50))).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(speeds(50, 50, 50, 50, 50, 50, 50)))
                .as("equal is not faster")
                .isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void oneSeedOfTenMaySayOtherwise() {
        List<Speeds> nine = Collections.nCopies(9, speeds(100, 50, 50, 10, 50, 50, 50));
        List<Speeds> all = IntStream.range(0, 10)
                .mapToObj(i -> i < 9 ? nine.get(i) : speeds(10, 50, 50, 60, 50, 50, 50))
                .toList();
        assertThat(new C10LogisticRegression().judge(all).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(new C10LogisticRegression().judge(all.subList(1, 10)).outcome())
                .as("of nine none may")
                .isEqualTo(Outcome.NOT_HERE);
    }
}
