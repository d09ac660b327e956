package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.RateSweep.Point;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;

class RateSweepTest {
    private static RateSweep.Result sweep(DoubleUnaryOperator lossByExponent) {
        List<Point> points = new ArrayList<>(IntStream.range(0, 121)
                .mapToObj(i -> {
                    double exponent = -6 + i / 20.0;
                    double loss = lossByExponent.applyAsDouble(exponent);
                    return new Point(Math.pow(10, exponent), loss, loss);
                })
                .toList());
        return new RateSweep.Result(points, true);
    }

    /** Falls as a step around 1e-4, is lowest at 1e-2, and rises from there. */
    @Test
    void the_suggestion_is_where_a_known_curve_falls_fastest() {
        RateSweep.Result found = sweep(x -> 1 - Math.tanh(2 * (x + 4)) + (x > -2 ? x + 2 : -0.01 * (x + 6)));
        assertThat(found.lowest()).isCloseTo(1e-2, within(2e-3));
        assertThat(Math.log10(found.steepest())).isCloseTo(-4, within(0.1));
        assertThat(found.suggested().orElseThrow()).isEqualTo(found.steepest());
    }

    /** Falls fastest right before it is lowest: then a tenth of that. */
    @Test
    void the_suggestion_keeps_away_from_the_edge() {
        RateSweep.Result found = sweep(x -> x < -1 ? 2 - Math.exp(2 * (x + 1)) : 5);
        assertThat(found.suggested().orElseThrow()).isCloseTo(found.lowest() / 10, within(1e-12));
    }

    @Test
    void there_is_none_where_the_loss_never_fell() {
        assertThat(sweep(x -> 1 + Math.max(0, x)).suggested()).isEmpty();
    }

    @Test
    void rates_grow_by_a_factor_until_the_loss_is_far_up() {
        Dataset digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(1));
        TrainingConfig config =
                new TrainingConfig(Model.mlp(10, 32), Rules.parse("sgd"), Schedule.constant(1), 1, 64, 1);
        RateSweep sweep = new RateSweep(1e-4, 1e4, 120);
        List<Long> told = new ArrayList<>();
        RateSweep.Result found = sweep.run(config, digits, told::add);
        assertThat(found.diverged()).isTrue();
        assertThat(found.points()).hasSizeBetween(30, 110);
        assertThat(told)
                .hasSizeBetween(found.points().size() - 1, found.points().size());
        double factor = Math.pow(1e8, 1.0 / 119);
        for (int i = 0; i < found.points().size(); i++) {
            double expected = 1e-4 * Math.pow(factor, i);
            assertThat(found.points().get(i).rate()).isCloseTo(expected, within(1e-9 * expected));
        }
        assertThat(found.points().getFirst().loss()).isCloseTo(Math.log(10), within(0.4));
        assertThat(found.suggested().orElseThrow()).isBetween(1e-3, 1.0);
        assertThat(sweep.run(config, digits, _ -> {})).as("the same again").isEqualTo(found);
    }

    @Test
    void ends_at_the_last_rate_where_nothing_diverges() {
        Dataset digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(1));
        TrainingConfig config =
                new TrainingConfig(Model.mlp(10, 8), Rules.parse("sgd"), Schedule.constant(1), 1, 512, 1);
        RateSweep.Result found = new RateSweep(1e-9, 1e-8, 12).run(config, digits, _ -> {});
        assertThat(found.diverged()).isFalse();
        assertThat(found.points()).hasSize(12);
        assertThat(found.points().getLast().rate()).isCloseTo(1e-8, within(1e-16));
    }

    @Test
    void refuses_ranges_that_make_no_sense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RateSweep(0, 1, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> new RateSweep(1, 1, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> new RateSweep(1e-3, Double.NaN, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> new RateSweep(1e-3, 1, 9));
    }
}
