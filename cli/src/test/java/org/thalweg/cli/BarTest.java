package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BarTest {
    @Test
    void tells_share_steps_rate_time_and_loss() {
        assertThat(new Bar(302, 880, 52.34, 11.2, 0.0023).line(79))
                .isEqualTo(" 34 % [=========                 ] 302/880  52 steps/s  11 s left  loss 0.00230");
    }

    @Test
    void tells_nothing_that_is_not_known() {
        assertThat(new Bar(0, 1_000, Double.NaN, Double.NaN, Double.NaN).line(60))
                .isEqualTo("  0 % [                                        ] 0/1,000");
    }

    @Test
    void is_full_at_the_end_and_not_before() {
        assertThat(new Bar(880, 880, 1, 0, 1).line(80)).startsWith("100 % [=");
        assertThat(new Bar(99_999, 100_000, 1, 1, 1).line(80)).startsWith(" 99 % [");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 40, 79, 200})
    void is_never_wider_than_there_is_room(int width) {
        assertThat(new Bar(123_456, 9_999_999, 0.25, 1e7, 1e-12).line(width)).hasSizeLessThanOrEqualTo(width);
    }

    @ParameterizedTest
    @CsvSource({"0.2, 0 s", "59.4, 59 s", "59.6, 1 min 0 s", "3599, 59 min 59 s", "7500, 2 h 5 min"})
    void times_are_as_exact_as_they_are_of_use(double seconds, String words) {
        assertThat(Bar.time(seconds)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"120, 120", "'', 80", "0, 80", "x, 80", "99999999999, 80"})
    void a_terminal_of_unknown_width_has_eighty_columns(String told, int columns) {
        assertThat(Terminal.columns(Map.of("THALWEG_COLUMNS", told))).isEqualTo(columns);
        assertThat(Terminal.columns(Map.of())).isEqualTo(80);
    }
}
