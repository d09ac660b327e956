package org.thalweg.optim.average;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.optim.Execution;
import org.thalweg.optim.OptimizerState;
import org.thalweg.optim.Parameter;

class AveragedWeightsTest {
    private static final int STEPS = 50;

    /** Averages and, from their definitions, how much each step's weights count, up to a factor. */
    static Stream<Arguments> definitions() {
        return Stream.of(
                Arguments.of(new PolyakAverage(), (LongToDoubleFunction) _ -> 1),
                Arguments.of(new PolyakAverage(11), (LongToDoubleFunction) step -> step < 11 ? 0 : 1),
                Arguments.of(new Swa(20, 7), (LongToDoubleFunction)
                        step -> List.of(20L, 27L, 34L, 41L, 48L).contains(step) ? 1 : 0),
                Arguments.of(new Ema(0.9), (LongToDoubleFunction) step -> Math.pow(0.9, STEPS - step)),
                Arguments.of(new Ema(0.999), (LongToDoubleFunction) step -> Math.pow(0.999, STEPS - step)),
                Arguments.of(new Ema(0.9, Ema.Start.COPY), (LongToDoubleFunction)
                        step -> (step == 1 ? 10 : 1) * Math.pow(0.9, STEPS - step)));
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void the_average_is_the_weighted_mean_that_its_definition_says(Averaging averaging, LongToDoubleFunction counts) {
        Weights weights = new Weights();
        double[] sum = new double[weights.copy().length];
        double total = 0;
        try (AveragedWeights average = new AveragedWeights(averaging, weights.parameters())) {
            for (int step = 1; step <= STEPS; step++) {
                weights.jump();
                average.update();
                float[] now = weights.copy();
                double count = counts.applyAsDouble(step);
                total += count;
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += count * now[i];
                }
            }
            try (var _ = average.swapIn()) {
                float[] averaged = weights.copy();
                for (int i = 0; i < sum.length; i++) {
                    assertThat((double) averaged[i]).isCloseTo(sum[i] / total, within(1e-6));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"mean, polyak", "ema 0.9, 'ema:0.9,copy'", "ema 0.999, 'ema:start=copy'"})
    void averages_are_those_of_torch(String name, String text) throws IOException {
        float[] weights = new float[3];
        Parameter parameter = Parameter.of("w", weights, new float[3]);
        int lines = 0;
        try (AveragedWeights average = new AveragedWeights(Averaging.parse(text, 100, 10), List.of(parameter))) {
            for (double[] line : fixture(name)) {
                for (int i = 0; i < 3; i++) {
                    weights[i] = (float) line[1 + i];
                }
                average.update();
                try (var _ = average.swapIn()) {
                    for (int i = 0; i < 3; i++) {
                        assertThat((double) weights[i]).isCloseTo(line[4 + i], within(4e-7 * 4));
                    }
                }
                lines++;
            }
        }
        assertThat(lines).isEqualTo(60);
    }

    /** Step, weights, averages. */
    private static List<double[]> fixture(String name) throws IOException {
        List<double[]> lines = new ArrayList<>();
        var resource = Objects.requireNonNull(AveragedWeightsTest.class.getResourceAsStream("torch-averages.tsv"));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(resource, UTF_8))) {
            reader.lines()
                    .filter(line -> line.startsWith(name + "\t"))
                    .forEach(line -> lines.add(Arrays.stream(line.split("\t"))
                            .skip(1)
                            .mapToDouble(Double::parseDouble)
                            .toArray()));
        }
        return lines;
    }

    @Test
    void weights_come_back_to_the_last_bit() {
        Weights weights = new Weights();
        try (AveragedWeights average = new AveragedWeights(new Ema(0.9), weights.parameters())) {
            average.update();
            weights.jump();
            weights.parameters().getFirst().value().set(ValueLayout.JAVA_INT_UNALIGNED, 0, 0x7FC12345);
            weights.parameters().getFirst().value().set(ValueLayout.JAVA_FLOAT, 4, -0.0f);
            int[] before = bits(weights);
            try (var _ = average.swapIn()) {
                assertThat(bits(weights)).isNotEqualTo(before);
            }
            assertThat(bits(weights)).isEqualTo(before);
        }
    }

    private static int[] bits(Weights weights) {
        return weights.parameters().stream()
                .flatMapToInt(p -> Arrays.stream(p.value().toArray(ValueLayout.JAVA_INT)))
                .toArray();
    }

    @Test
    void an_empty_average_leaves_the_weights_in_place() {
        Weights weights = new Weights();
        float[] before = weights.copy();
        try (AveragedWeights average = new AveragedWeights(new Swa(3, 1), weights.parameters())) {
            average.update();
            average.update();
            assertThat(average.isEmpty()).isTrue();
            try (var _ = average.swapIn()) {
                assertThat(weights.copy()).isEqualTo(before);
                assertThat(average.state().tensors()).isEmpty();
            }
            average.update();
            assertThat(average.isEmpty()).isFalse();
        }
    }

    @Test
    void what_is_swapped_in_is_neither_fed_nor_saved() {
        Weights weights = new Weights();
        try (AveragedWeights average = new AveragedWeights(new PolyakAverage(), weights.parameters())) {
            average.update();
            var swapped = average.swapIn();
            String message = "put them back before you";
            assertThatIllegalStateException().isThrownBy(average::update).withMessageContaining(message);
            assertThatIllegalStateException().isThrownBy(average::swapIn).withMessageContaining(message);
            assertThatIllegalStateException().isThrownBy(average::state).withMessageContaining(message);
            float[] averaged = weights.copy();
            swapped.close();
            weights.jump();
            swapped.close();
            assertThat(weights.copy()).isNotEqualTo(averaged);
            average.update();
        }
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void a_restored_average_goes_on_with_the_same_bits(Averaging averaging, LongToDoubleFunction unused) {
        assertThat(unused).isNotNull();
        Weights weights = new Weights();
        try (AveragedWeights straight = new AveragedWeights(averaging, weights.parameters());
                AveragedWeights early = new AveragedWeights(averaging, weights.parameters());
                AveragedWeights late = new AveragedWeights(
                        averaging, weights.parameters(), new Execution(1, Execution.Kernels.SCALAR))) {
            for (int step = 1; step <= STEPS; step++) {
                weights.jump();
                straight.update();
                if (step < 23) {
                    early.update();
                } else if (step == 23) {
                    late.restore(early.state());
                }
                if (step >= 23) {
                    late.update();
                }
            }
            assertThat(late.state()).usingRecursiveComparison().isEqualTo(straight.state());
        }
    }

    @Test
    void a_state_of_other_weights_is_refused_and_changes_nothing() {
        Weights weights = new Weights();
        try (AveragedWeights average = new AveragedWeights(new PolyakAverage(), weights.parameters())) {
            average.update();
            OptimizerState before = average.state();
            OptimizerState other =
                    new OptimizerState(4, Map.of("w0", before.tensors().get("w0"), "v", Map.of()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> average.restore(other))
                    .withMessageContaining("of parameter w1 holds 0 numbers, but it needs 6");
            assertThat(average.state()).usingRecursiveComparison().isEqualTo(before);
        }
    }

    @Test
    void a_share_out_of_range_is_refused() {
        Weights weights = new Weights();
        try (AveragedWeights average = new AveragedWeights(_ -> 1.5, weights.parameters())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(average::update)
                    .withMessage("the share of the weights after step 1 must be from 0 to 1, not 1.5");
        }
    }

    @Test
    void the_corrected_start_needs_no_warm_up() {
        Weights weights = new Weights();
        try (AveragedWeights corrected = new AveragedWeights(new Ema(0.999), weights.parameters());
                AveragedWeights copied = new AveragedWeights(new Ema(0.999, Ema.Start.COPY), weights.parameters())) {
            for (int step = 1; step <= 1000; step++) {
                weights.fill(step == 1 ? 1 : 0);
                corrected.update();
                copied.update();
            }
            assertThat(first(corrected, weights)).isCloseTo(0.00058f, within(0.00001f));
            assertThat(first(copied, weights)).isCloseTo(0.368f, within(0.001f));
        }
    }

    private static float first(AveragedWeights average, Weights weights) {
        try (var _ = average.swapIn()) {
            return weights.copy()[0];
        }
    }

    @Test
    void text_is_read_and_written() {
        assertThat(Averaging.parse("ema", 100, 10)).isEqualTo(new Ema());
        assertThat(Averaging.parse("EMA: 0.99", 100, 10)).isEqualTo(new Ema(0.99));
        assertThat(Averaging.parse("swa", 880, 44)).isEqualTo(new Swa(660, 44));
        assertThat(Averaging.parse("swa:every=5", 100, 10)).isEqualTo(new Swa(75, 5));
        assertThat(Averaging.parse("polyak-average", 100, 10)).isEqualTo(new PolyakAverage());
        for (Averaging averaging : List.of(new Ema(0.9, Ema.Start.COPY), new Swa(3, 4), new PolyakAverage(12))) {
            assertThat(Averaging.parse(Averaging.format(averaging), 1, 1)).isEqualTo(averaging);
        }
        assertThat(Averaging.format(new Ema(0.99))).isEqualTo("ema:0.99,corrected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "emma | at character 1, there is no average \"emma\"; did you mean ema? (known: ema, swa, polyak)",
                "ema:1 | at character 5, decay must be at least 0 and below 1, not 1.0",
                "ema:x | at character 5, expected a number",
                "swa:1,2,3 | at character 9, at most 2 values were expected: [start, every]",
                "swa:0 | at character 5, start must be at least 1 step, not 0",
                "swa:begin=3 | at character 5, there is no option \"begin\" (known: start, every)",
                "swa:3,start=4 | at character 7, start is given twice"
            })
    void what_is_no_average_is_refused_with_its_place(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Averaging.parse(text, 100, 10))
                .withMessageContaining("cannot read average \"" + text + "\"")
                .withMessageContaining(message);
    }
}
