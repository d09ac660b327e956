package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.layers.SignalStudy;
import org.thalweg.lab.layers.SignalStudy.Signal;
import org.thalweg.lab.lecture.C30BatchNorm.Deep;
import org.thalweg.lab.lecture.C30BatchNorm.Effects;
import org.thalweg.lab.lecture.C30BatchNorm.Loss;

class C30BatchNormTest {
    private static final List<Double> RATES = List.of(0.1, 1.0, 10.0);

    /** @param slope of the branches' share over the blocks of each of three stages of four */
    private static ResidualSignal signal(double shift, double growth, double slope, double share) {
        return new ResidualSignal(
                shift,
                List.of(1.0, growth),
                IntStream.range(0, 12)
                        .mapToObj(i -> share * Math.pow((1 + i % 4) / 4.0, slope))
                        .toList());
    }

    private static Deep with(double shiftAfter, double slope, double shareAfter) {
        return new Deep(signal(0, 2, slope, 0.3), signal(shiftAfter, 2, slope, shareAfter));
    }

    private static final Deep WITHOUT = new Deep(signal(1, 500, 0, 1.5), signal(1, 500, 0, 1.5));

    /** Of test losses with noise and training losses with it, beside 0.3 and 0.1, and the largest rates that train. */
    private static Outcome outcome(Deep with, double test, double train, double rate) {
        List<Double> losses =
                RATES.stream().map(each -> each <= rate ? 0.5 : Math.log(10)).toList();
        return new C30BatchNorm()
                .judge(IntStream.range(0, 6)
                        .mapToObj(seed -> new Effects(
                                with,
                                WITHOUT,
                                new Loss(0.1, train, test + 0.01 * (seed % 2)),
                                new Loss(0.1, 0.1, 0.3),
                                List.of(new Rated("mlp", RATES, losses, List.of(0.5, 2.0, 2.0)))))
                        .toList())
                .outcome();
    }

    @Test
    void allFourHold() {
        assertThat(outcome(with(0.01, -1, 0.5), 0.2, 0.15, 1)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void eachOfTheFourAloneIsALimit() {
        assertThat(outcome(with(0.2, -1, 0.5), 0.2, 0.15, 1)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(with(0.01, -0.3, 0.5), 0.2, 0.15, 1)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(with(0.01, -1, 1.1), 0.2, 0.15, 1)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(with(0.01, -1, 0.5), 0.295, 0.15, 1)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(with(0.01, -1, 0.5), 0.2, 0.05, 1)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(with(0.01, -1, 0.5), 0.2, 0.15, 0.1)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void twoThatAreNotSeenSpeakAgainstIt() {
        assertThat(outcome(with(0.2, -1, 0.5), 0.2, 0.15, 0.1)).isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void theLargestRateThatTrainsMayBeAboveOneThatDoesNot() {
        Rated rated = new Rated("mlp", RATES, List.of(0.5, 2.0, 1.5), List.of(2.0, 2.0, 2.0));
        assertThat(rated.largestWith()).isEqualTo(10);
        assertThat(rated.factor()).as("none trains without").isEqualTo(200);
    }

    @Test
    void signalsAreReadBlockByBlock() {
        SequencedMap<String, Signal> layers = new LinkedHashMap<>();
        layers.put("norm1", new Signal(3, 1));
        for (int block = 1; block <= 3; block++) {
            layers.put("relu" + block, new Signal(1, block));
            layers.put("residual%d.body.conv2".formatted(block), new Signal(9, 9));
            layers.put("residual%d.body.norm2".formatted(block), new Signal(0, 1));
        }
        layers.put("residual2.shortcut.norm1", new Signal(0.5, 0.5));
        layers.put("relu4", new Signal(2, 10));
        ResidualSignal signal = ResidualSignal.of(new SignalStudy(layers), 1, true);
        assertThat(signal.relativeShift()).isCloseTo((3 + 0 + 0 + 0 + 1) / 5.0, within(1e-12));
        assertThat(signal.powers()).containsExactly(3.0, 4.0, 12.0);
        assertThat(signal.branches()).containsExactly(0.5, 1.0, 0.25);
        assertThat(signal.growth()).isEqualTo(4);
        assertThat(signal.lastBranch()).isEqualTo(1);
    }
}
