package org.thalweg.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.train.data.Shape;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Conv2d;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.layer.SkipInit;

class InitialisationTest {
    /** A convolution of 5x5 kernels from 40 channels to 90: fan-in 1000, fan-out 2250, 90,000 weights. */
    private static final Shape IMAGE = Shape.image(40, 5, 5);

    private static float[] weights(Initialisation initialisation, String name, long seed) {
        Model model =
                new Model("wide", List.of(new Conv2d(90, 5), new BatchNorm(), new Linear(300))).with(initialisation);
        try (Network network = Network.build(model.plan(IMAGE), seed)) {
            return Objects.requireNonNull(network.weights().get(name), name)
                    .data()
                    .toArray(ValueLayout.JAVA_FLOAT);
        }
    }

    private static double moment(float[] numbers, int power) {
        return IntStream.range(0, numbers.length)
                        .mapToDouble(i -> Math.pow(numbers[i], power))
                        .sum()
                / numbers.length;
    }

    static Stream<Arguments> deviations() {
        return Stream.of(
                Arguments.of("standard", 1 / Math.sqrt(3 * 1000), true),
                Arguments.of("kaiming-uniform", Math.sqrt(2 / 1000.0), true),
                Arguments.of("kaiming-uniform:fan=out,gain=1", Math.sqrt(1 / 2250.0), true),
                Arguments.of("kaiming-normal", Math.sqrt(2 / 1000.0), false),
                Arguments.of("kaiming-normal:fan=out", Math.sqrt(2 / 2250.0), false),
                Arguments.of("xavier-uniform", Math.sqrt(2 / 3250.0), true),
                Arguments.of("xavier-normal:gain=2", 2 * Math.sqrt(2 / 3250.0), false),
                Arguments.of("normal:deviation=0.05", 0.05, false));
    }

    /** 90,000 draws: the deviation is known to a quarter of a per cent, the mean to a 300th of it. */
    @ParameterizedTest
    @MethodSource("deviations")
    void drawsFromTheDistributionOfThePaper(String text, double deviation, boolean uniform) {
        float[] weights = weights(Initialisation.parse(text), "conv1.weight", 3);
        assertThat(moment(weights, 1)).isCloseTo(0, within(5 * deviation / 300));
        assertThat(Math.sqrt(moment(weights, 2))).isCloseTo(deviation, within(0.012 * deviation));
        double kurtosis = moment(weights, 4) / Math.pow(moment(weights, 2), 2);
        assertThat(kurtosis).isCloseTo(uniform ? 1.8 : 3, within(0.1));
        float largest = (float) IntStream.range(0, weights.length)
                .mapToDouble(i -> Math.abs(weights[i]))
                .max()
                .orElseThrow();
        if (uniform) {
            assertThat((double) largest).isBetween(0.999 * Math.sqrt(3) * deviation, Math.sqrt(3) * deviation + 1e-7);
        } else {
            assertThat((double) largest).isGreaterThan(3.5 * deviation);
        }
    }

    @Test
    void theRowsOfAnOrthogonalKernelAreOrthogonal() {
        float[] weights = weights(new Initialisation.Orthogonal(1.5), "conv1.weight", 3);
        for (int i = 0; i < 90; i += 7) {
            for (int j = 0; j < 90; j += 3) {
                double product = 0;
                for (int k = 0; k < 1000; k++) {
                    product += (double) weights[1000 * i + k] * weights[1000 * j + k];
                }
                assertThat(product).isCloseTo(i == j ? 1.5 * 1.5 : 0, within(1e-5));
            }
        }
    }

    /** Where there are more rows than columns, the columns are orthogonal: 300 outputs of 90 features. */
    @Test
    void theColumnsOfATallOrthogonalMatrixAreOrthogonal() {
        float[] weights = weights(new Initialisation.Orthogonal(), "linear1.weight", 3);
        for (int i = 0; i < 90; i += 7) {
            for (int j = 0; j < 90; j += 5) {
                double product = 0;
                for (int row = 0; row < 300; row++) {
                    product += (double) weights[90 * row + i] * weights[90 * row + j];
                }
                assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-5));
            }
        }
    }

    @Test
    void theSeedDecidesEveryBit() {
        for (Initialisation ready : Initialisation.READY) {
            assertThat(weights(ready, "conv1.weight", 5)).isEqualTo(weights(ready, "conv1.weight", 5));
            assertThat(weights(ready, "conv1.weight", 5)).isNotEqualTo(weights(ready, "conv1.weight", 6));
        }
    }

    @Test
    void shiftsStartAtZeroButWithTheStandardOne() {
        for (Initialisation ready : Initialisation.READY) {
            float[] shifts = weights(ready, "conv1.bias", 1);
            if (ready instanceof Initialisation.Standard) {
                assertThat(shifts).doesNotContain(0);
                assertThat(moment(shifts, 2)).isBetween(0.5 / 3000, 1.5 / 3000);
            } else {
                assertThat(shifts).containsOnly(0);
            }
        }
    }

    @Test
    void branchesCanStartAsNothing() {
        Model model = new Model("nothing", List.of(new BatchNorm().startingAt(0), new SkipInit(), new Linear(2)));
        try (Network network = Network.build(model.plan(Shape.vector(3)), 1)) {
            var weights = network.weights();
            assertThat(Objects.requireNonNull(weights.get("norm1.weight"))
                            .data()
                            .toArray(ValueLayout.JAVA_FLOAT))
                    .containsOnly(0);
            assertThat(Objects.requireNonNull(weights.get("skip1.gain")).data().toArray(ValueLayout.JAVA_FLOAT))
                    .containsOnly(0);
        }
    }

    @Test
    void textsReadBack() {
        for (Initialisation ready : Initialisation.READY) {
            assertThat(Initialisation.parse(Initialisation.format(ready))).isEqualTo(ready);
        }
        Initialisation odd = new Initialisation.KaimingUniform(Initialisation.Fan.OUT, 0.1);
        assertThat(Initialisation.format(odd)).isEqualTo("kaiming-uniform:fan=out,gain=0.1");
        assertThat(Initialisation.parse("kaiming-uniform:fan=out,gain=0.1")).isEqualTo(odd);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initialisation.parse("kaiming"))
                .withMessageContaining("kaiming-uniform");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initialisation.parse("normal:-1"))
                .withMessageContaining("above 0");
    }
}
