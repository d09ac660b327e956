package org.thalweg.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.lab.compare.Range.Scale;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.Rules;

class SearchSpaceTest {
    static List<String> rules() {
        return Rules.names().stream().limit(29).toList();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void every_ready_rule_has_one_with_a_rate_over_four_tens(String name) {
        Contender contender = Contender.of(name);
        Range rate = contender.space().ranges().getFirst();
        assertThat(rate.name()).isEqualTo(Range.RATE);
        assertThat(rate.high() / rate.low()).isEqualTo(1e4, within(1e-6));
        for (int number = 0; number < 20; number++) {
            var drawn = contender.space().draw(1, name, number);
            assertThat(Rules.name(contender.rule(drawn))).isEqualTo(name);
            contender
                    .space()
                    .ranges()
                    .forEach(range -> assertThat(drawn.get(range.name())).isBetween(range.low(), range.high()));
        }
    }

    @Test
    void draws_follow_from_seed_rule_and_number_alone() {
        SearchSpace space = Contender.of("adam").space();
        assertThat(space.draw(1, "adam", 7)).isEqualTo(space.draw(1, "adam", 7));
        assertThat(space.draw(1, "adam", 7)).isNotEqualTo(space.draw(1, "adam", 8));
        assertThat(space.draw(1, "adam", 7)).isNotEqualTo(space.draw(2, "adam", 7));
        assertThat(space.draw(1, "adam", 7)).isNotEqualTo(space.draw(1, "yogi", 7));
    }

    @Test
    void rates_are_even_on_the_logarithm() {
        SearchSpace space = Contender.of("adam").space();
        double[] shares = IntStream.range(0, 4_000)
                .mapToDouble(number ->
                        Math.log10(space.draw(3, "adam", number).getOrDefault(Range.RATE, Double.NaN) / 1e-5) / 4)
                .sorted()
                .toArray();
        double farthest = IntStream.range(0, shares.length)
                .mapToDouble(i -> Math.abs(shares[i] - (i + 0.5) / shares.length))
                .max()
                .orElseThrow();
        assertThat(farthest).isLessThan(1.63 / Math.sqrt(shares.length)); // Kolmogorov and Smirnov at 0.01
        assertThat(Arrays.stream(shares).distinct().count()).isGreaterThan(2_000);
    }

    @Test
    void what_a_text_gives_is_not_searched() {
        assertThat(Contender.of("adam").space().text()).isEqualTo("lr 1e-5..0.1:log, beta1 0.8..0.99:log-from-one");
        assertThat(Contender.of("adam:beta1=0.5").space().text()).isEqualTo("lr 1e-5..0.1:log");
        assertThat(Contender.of("adam:Beta1=0.9").space().text()).isEqualTo("lr 1e-5..0.1:log"); // as it is anyway
        assertThat(Contender.of("adam:Beta1=0.9").name()).isEqualTo("adam:Beta1=0.9");
        assertThat(Contender.of("l2:decay=1e-4+weight-decay+sgd").space().text())
                .isEqualTo("lr 0.001..10:log, weight-decay.decay 1e-4..0.1:log");
        assertThat(Contender.of("adam:beta1=0.5")
                        .rule(Contender.of("adam").space().lowest()))
                .isEqualTo(new Adam(0.8, 0.999, 1e-8));
    }

    @Test
    void parts_of_a_composition_keep_their_options_apart() {
        Contender both = Contender.of("l2 + momentum + weight-decay:decay=0.5");
        assertThat(both.space().text())
                .isEqualTo("lr 1e-4..1:log, l2.decay 1e-4..0.1:log, beta 0.8..0.99:log-from-one");
        assertThat(Rules.format(both.rule(both.space().lowest())))
                .isEqualTo("l2 + momentum:beta=0.8 + weight-decay:decay=0.5");
        Contender searched = both.with("weight-decay.decay", "0.1..0.3");
        assertThat(Rules.format(searched.rule(searched.space().highest())))
                .isEqualTo("l2:decay=0.1 + momentum:beta=0.99 + weight-decay:decay=0.3");
    }

    @ParameterizedTest
    @CsvSource({
        "1e-4..1e-1, LOG, 0.0001, 0.1, LOG",
        "0..1:linear, LOG, 0, 1, LINEAR",
        "0.9, LOG, 0.9, 0.9, LINEAR",
        "0.9..0.999, LOG_FROM_ONE, 0.9, 0.999, LOG_FROM_ONE",
        "-1 .. 1:LINEAR, LOG, -1, 1, LINEAR"
    })
    void ranges_are_read_and_written(String text, Scale usual, double low, double high, Scale scale) {
        Range range = Range.parse("x", text, usual);
        assertThat(range).isEqualTo(new Range("x", low, high, scale));
        assertThat(Range.parse("x", range.text(), Scale.LOG)).isEqualTo(range);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "..", "1..", "2..1", "0..1", "a..b", "1e-3..1:cubic", "1..infinity", "0.9..1:log-from-one"})
    void nonsense_is_refused_in_a_sentence(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Range.parse("x", text, Scale.LOG))
                .withMessageMatching("[^\\n]{10,}");
    }

    @Test
    void a_range_of_what_there_is_not_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Contender.of("adam").with("beta9", "0.1..0.2"))
                .withMessageContaining("beta9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Contender.of("adam").with("beta1", "0.5..1.5:linear"));
    }

    @Test
    void the_middle_of_a_scale_is_its_own_mean() {
        assertThat(Range.log("x", 1e-4, 1).at(0.5)).isEqualTo(0.01);
        assertThat(new Range("x", 0.9, 0.999, Scale.LOG_FROM_ONE).at(0.5)).isEqualTo(0.99);
        assertThat(new Range("x", 2, 4, Scale.LINEAR).at(0.5)).isEqualTo(3);
    }
}
