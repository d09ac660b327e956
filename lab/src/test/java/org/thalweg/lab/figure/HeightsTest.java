package org.thalweg.lab.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HeightsTest {
    private static Heights of(Window window, OptionalDouble least, java.util.function.DoubleBinaryOperator function) {
        return Heights.of(Field.of(window, 41, 31, function), least);
    }

    @Test
    void a_saddle_has_lines_at_equal_distances() {
        Heights heights = of(Window.around(2), OptionalDouble.empty(), (x, y) -> x * x - y * y);
        assertThat(heights.logarithmic()).isFalse();
        assertThat(heights.floor()).isEqualTo(-4);
        assertThat(heights.levels()).hasSizeBetween(8, 16).contains(0.0).isSorted();
        double step = heights.levels().get(1) - heights.levels().get(0);
        for (int i = 1; i < heights.levels().size(); i++) {
            assertThat(heights.levels().get(i) - heights.levels().get(i - 1)).isEqualTo(step, within(1e-12));
        }
        assertThat(heights.share(0)).isEqualTo(0.5, within(1e-12));
    }

    @Test
    void a_steep_function_has_lines_at_equal_factors() {
        Heights heights = of(Window.around(4), OptionalDouble.of(0), (x, y) -> Math.pow(x, 8) + Math.pow(y, 8));
        assertThat(heights.logarithmic()).isTrue();
        assertThat(heights.levels()).hasSizeBetween(5, 16).isSorted().allMatch(level -> level > 0);
        assertThat(heights.share(0)).isZero();
        assertThat(heights.share(heights.top())).isEqualTo(1);
        assertThat(heights.share(1e300)).isEqualTo(1);
        double low = heights.levels().get(heights.levels().size() - 4);
        double high = heights.levels().getLast();
        double between = heights.share(Math.sqrt(low * high));
        assertThat(between).isEqualTo((heights.share(low) + heights.share(high)) / 2, within(1e-3));
    }

    @Test
    void bands_count_the_levels_reached() {
        Heights heights = of(Window.around(1), OptionalDouble.empty(), (x, y) -> x);
        assertThat(heights.band(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(heights.band(heights.levels().get(2))).isEqualTo(3);
        assertThat(heights.band(5)).isEqualTo(heights.levels().size());
    }

    @Test
    void a_plain_and_one_without_numbers_have_no_lines() {
        assertThat(of(Window.around(1), OptionalDouble.empty(), (x, y) -> 3).levels())
                .isEmpty();
        assertThat(of(Window.around(1), OptionalDouble.empty(), (x, y) -> Double.NaN)
                        .levels())
                .isEmpty();
    }
}
