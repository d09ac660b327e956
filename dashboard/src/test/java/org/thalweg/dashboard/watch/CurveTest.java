package org.thalweg.dashboard.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurveTest {
    @Test
    void few_points_stay_as_they_are_and_what_is_not_finite_is_left_out() {
        Curve curve = new Curve();
        curve.add(1, 2.5);
        curve.add(2, Double.NaN);
        curve.add(3, Double.POSITIVE_INFINITY);
        curve.add(4, -1);
        assertThat(curve.size()).isEqualTo(2);
        assertThat(curve.isBinned()).isFalse();
        assertThat(curve.step(1)).isEqualTo(4);
        assertThat(curve.mean(1)).isEqualTo(-1);
    }

    /** Each bin beside the points that must be in it, summed up here. */
    @ParameterizedTest
    @ValueSource(ints = {1, 16, 17, 1024, 1025, 2048, 2049, 100_003})
    void bins_have_the_mean_and_the_extremes_of_their_points(int points) {
        Random random = new Random(points);
        double[] values =
                DoubleStream.generate(random::nextGaussian).limit(points).toArray();
        Curve curve = new Curve();
        for (int i = 0; i < points; i++) {
            curve.add(10.0 * i, values[i]);
        }
        int inBin = 1;
        while ((points + inBin - 1) / inBin > Curve.MOST) {
            inBin *= 2;
        }
        assertThat(curve.size()).isEqualTo((points + inBin - 1) / inBin);
        assertThat(curve.isBinned()).isEqualTo(inBin > 1);
        for (int bin = 0; bin < curve.size(); bin++) {
            int from = bin * inBin;
            int to = Math.min(points, from + inBin);
            double[] part =
                    IntStream.range(from, to).mapToDouble(i -> values[i]).toArray();
            assertThat(curve.step(bin)).isCloseTo(10.0 * (from + to - 1) / 2, within(1e-6));
            assertThat(curve.mean(bin))
                    .isCloseTo(DoubleStream.of(part).average().orElseThrow(), within(1e-12));
            assertThat(curve.low(bin)).isEqualTo(DoubleStream.of(part).min().orElseThrow());
            assertThat(curve.high(bin)).isEqualTo(DoubleStream.of(part).max().orElseThrow());
        }
    }

    @Test
    void a_clock_goes_on_straight_lines_between_the_ends_of_epochs_and_on_beyond() {
        Clock clock = new Clock(() -> 50);
        assertThat(clock.second(10)).isNaN();
        clock.timed(20);
        clock.timed(40);
        assertThat(clock.epoch(25)).isEqualTo(0.5);
        assertThat(clock.second(100)).isCloseTo(3, within(1e-12));
        clock.epochEnded(40, 1, 2);
        clock.epochEnded(30, 2, 3); // a step back is no end of an epoch
        clock.epochEnded(80, 2, 6);
        assertThat(clock.epoch(0)).isZero();
        assertThat(clock.epoch(20)).isEqualTo(0.5);
        assertThat(clock.second(60)).isEqualTo(4);
        assertThat(clock.epoch(100)).isEqualTo(2.5);
        assertThat(clock.second(120)).isEqualTo(10);
    }

    @Test
    void a_clock_of_many_epochs_still_tells_the_same() {
        Clock clock = new Clock(() -> Double.NaN);
        for (int epoch = 1; epoch <= 20_000; epoch++) {
            clock.epochEnded(7.0 * epoch, epoch, 3.0 * epoch);
        }
        assertThat(clock.epoch(70_000)).isCloseTo(10_000, within(1e-6));
        assertThat(clock.second(140_000)).isCloseTo(60_000, within(1e-6));
    }
}
