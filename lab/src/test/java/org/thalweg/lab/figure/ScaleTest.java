package org.thalweg.lab.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void a_linear_axis_has_its_ends_and_middle_where_they_belong() {
        Scale scale = Scale.exactly(10, 20, 300, 100);
        assertThat(scale.at(10)).isEqualTo(300);
        assertThat(scale.at(15)).isEqualTo(200);
        assertThat(scale.at(20)).isEqualTo(100);
        assertThat(scale.value(200)).isEqualTo(15);
        assertThat(scale.ticks(5)).containsExactly(10.0, 12.0, 14.0, 16.0, 18.0, 20.0);
    }

    @Test
    void on_a_logarithmic_axis_equal_factors_are_equally_far_apart() {
        Scale scale = new Scale(0.001, 10, true, 0, 400);
        assertThat(scale.at(0.01)).isCloseTo(100, within(1e-9));
        assertThat(scale.at(1)).isCloseTo(300, within(1e-9));
        assertThat(scale.value(300)).isCloseTo(1, within(1e-9));
        assertThat(scale.ticks(5)).hasSize(5).first().isEqualTo(0.001);
        assertThat(new Scale(0.9, 60, true, 0, 1).ticks(5)).containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0);
        assertThat(new Scale(1e-30, 1e30, true, 0, 1).ticks(5)).hasSizeBetween(3, 7);
    }

    @Test
    void there_is_room_around_values_but_none_below_zero_where_nothing_is() {
        Scale scale = Scale.around(0.01, 1, false, 0, 1);
        assertThat(scale.from()).isZero();
        assertThat(scale.to()).isGreaterThan(1);
        assertThat(Scale.around(-1, 1, false, 0, 1).from()).isLessThan(-1);
        assertThat(Scale.around(3, 3, false, 0, 100).at(3)).isEqualTo(50);
    }

    @Test
    void whatever_the_values_there_are_a_few_ticks_and_all_lie_on_the_axis() {
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            double from = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(20) - 10);
            double to = from + random.nextDouble() * Math.pow(10, random.nextInt(20) - 10) + 1e-3 * Math.abs(from);
            Scale scale = Scale.exactly(from, to, 0, 1);
            assertThat(scale.ticks(5))
                    .as("%s to %s", from, to)
                    .hasSizeBetween(2, 8)
                    .allSatisfy(tick -> assertThat(scale.at(tick)).isBetween(-1e-6, 1 + 1e-6));
        }
    }

    @Test
    void an_axis_backwards_or_logarithmic_to_zero_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Scale(2, 1, false, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Scale(0, 1, true, 0, 1));
    }
}
