package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C16AdamOvershoots.Floors;
import org.thalweg.lab.lecture.C16AdamOvershoots.Way;

class C16AdamOvershootsTest {
    /** A gap that is one in the first half and another in the second. */
    private static Way way(String name, double first, double second) {
        return new Way(
                name,
                0.01,
                DoubleStream.concat(
                                IntStream.range(0, 50).mapToDouble(_ -> first),
                                IntStream.range(0, 50).mapToDouble(_ -> second))
                        .boxed()
                        .toList());
    }

    private static Floors floors(double untuned, double cosine, double over) {
        return new Floors(
                List.of(1.0),
                way("Adam, constant 0.01", 1, untuned),
                List.of(
                        way("Adam, constant rate", 1, 1),
                        way("Adam, cosine", 1, cosine),
                        way("Adam, then SGD with momentum", 1, over)),
                0.5);
    }

    private static Outcome outcome(Floors... measured) {
        return new C16AdamOvershoots().judge(List.of(measured)).outcome();
    }

    @Test
    void aStallThatBothCureHolds() {
        assertThat(outcome(floors(0.9, 0.1, 0.3))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void oneCureHoldsWithinLimits() {
        assertThat(outcome(floors(0.9, 0.1, 0.5))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(floors(0.9, 0.5, 0.1))).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void noStallOrNoCureDoesNotHold() {
        assertThat(outcome(floors(0.4, 0.1, 0.1))).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(floors(0.9, 0.5, 0.5))).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(floors(0.9, 0.1, 0.1), floors(0.4, 0.1, 0.1)))
                .as("in one seed of two")
                .isEqualTo(Outcome.NOT_HERE);
    }
}
