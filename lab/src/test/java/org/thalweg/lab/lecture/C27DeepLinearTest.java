package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C27DeepLinear.Minima;
import org.thalweg.lab.lecture.C27DeepLinear.OnCurve;
import org.thalweg.lab.lecture.LinearNetworks.End;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.model.Network;

class C27DeepLinearTest {
    private static OnCurve place(double w1, double testLoss, double shifted) {
        return new OnCurve(w1, List.of(0.0, 2 * (w1 * w1 + 1 / (w1 * w1))), testLoss, shifted);
    }

    private static List<End> wide(double power) {
        return Stream.of(0.25, 0.5, 1.0, 2.0)
                .flatMap(scale -> IntStream.range(1, 5)
                        .mapToObj(i -> new End(scale, 1e-7, scale * i, Math.pow(scale * i, power))))
                .toList();
    }

    /** The sharpest minimum's test loss is so many times the flattest one's, at the minimum and with moved weights. */
    private static Outcome outcome(double lowest, double highestEnd, double exact, double moved, double power) {
        Minima one = new Minima(
                List.of(lowest, 2.0),
                0,
                highestEnd,
                List.of(place(0.25, 4e-4 * exact, 0.01 * moved), place(1, 4e-4, 0.01)),
                wide(power));
        return new C27DeepLinear().judge(List.of(one, one)).outcome();
    }

    @Test
    void flatIsBetterInEveryReadingHolds() {
        assertThat(outcome(-2, 1e-12, 1.5, 3, 1)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void flatIsBetterInSomeReadingsHoldsWithinLimits() {
        assertThat(outcome(-2, 1e-12, 1, 3, 1)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(-2, 1e-12, 1, 1, 1)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(-2, 1e-12, 1, 3, -1)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void noSaddleAnotherMinimumOrNothingBetterSpeaksAgainstIt() {
        assertThat(outcome(0.5, 1e-12, 1.5, 3, 1)).as("no saddle").isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(-2, 0.3, 1.5, 3, 1)).as("a local minimum").isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(-2, 1e-12, 1, 1, -1)).as("sharp is better").isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void theNetworkIsTheLecturesFunction() {
        SplittableRandom random = new SplittableRandom(1);
        try (Network network = LinearNetworks.build(1, 1);
                MeanLoss loss = LinearNetworks.loss(network, new double[][] {{1}}, new double[] {1})) {
            for (int i = 0; i < 5; i++) {
                double[] w = {random.nextDouble(-2, 2), random.nextDouble(-2, 2)};
                assertThat(loss.loss(w))
                        .isCloseTo(Math.pow(w[0] * w[1] - 1, 2), org.assertj.core.api.Assertions.within(1e-5));
            }
        }
    }
}
