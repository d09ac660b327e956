package org.thalweg.optim.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.optim.Cost;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Execution.Kernels;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.OptimizerState;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.StateFormat;
import org.thalweg.optim.kernel.BFloat16;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.Lamb;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;

/** State in two bytes: what it costs in precision, and that nothing else changes. */
class StateFormatTest {
    private static final int SIZE = 70_001;

    static List<Rule> rulesWithState() {
        return Rules.ready().stream()
                .filter(rule -> !rule.program().states().isEmpty())
                .toList();
    }

    private static float[] run(Rule rule, StateFormat format, Execution execution, int steps) {
        float[] values = random(1, SIZE);
        float[] gradient = new float[SIZE];
        try (Optimizer optimizer = optimizer(rule, format, execution, values, gradient)) {
            for (int step = 0; step < steps; step++) {
                System.arraycopy(random(2 + step, SIZE), 0, gradient, 0, SIZE);
                optimizer.step();
            }
        }
        return values;
    }

    private static Optimizer optimizer(
            Rule rule, StateFormat format, Execution execution, float[] values, float[] gradient) {
        ParameterGroup group = new ParameterGroup("all", rule, List.of(Parameter.of("p", values, gradient)));
        return Optimizer.of(List.of(group), Schedule.constant(1e-3), format, execution);
    }

    private static float[] random(int seed, int size) {
        Random random = new Random(seed);
        float[] numbers = new float[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    @ParameterizedTest
    @MethodSource("rulesWithState")
    void everyRuleHasItWithTheSameBitsOnAnyKernelAndThreads(Rule rule) {
        for (StateFormat format : List.of(StateFormat.BFLOAT16, StateFormat.BFLOAT16_STOCHASTIC)) {
            float[] vector = run(rule, format, new Execution(2, Kernels.VECTOR), 4);
            assertThat(vector)
                    .isEqualTo(run(rule, format, new Execution(1, Kernels.SCALAR), 4))
                    .isEqualTo(run(rule, format, new Execution(1, Kernels.VECTOR), 4));
        }
    }

    /** Two bytes hold 8 bits: a velocity may be off by 1 part in 256 of what it gathers, ten times over at beta 0.9. */
    @ParameterizedTest
    @EnumSource(names = {"BFLOAT16", "BFLOAT16_STOCHASTIC"})
    void momentumStaysNearFloat32(StateFormat format) {
        float[] exact = run(new Momentum(), StateFormat.FLOAT32, new Execution(), 50);
        float[] rounded = run(new Momentum(), format, new Execution(), 50);
        double worst = 0;
        double squares = 0;
        for (int i = 0; i < SIZE; i++) {
            double difference = Math.abs(exact[i] - rounded[i]);
            worst = Math.max(worst, difference);
            squares += difference * difference;
        }
        // 50 steps of rate 1e-3 with a velocity of some 2.3 in standard deviation, each rounded by 0.4 % or less.
        assertThat(worst).isBetween(1e-6, 50 * 1e-3 * 12 / 256 * 10);
        assertThat(Math.sqrt(squares / SIZE)).isLessThan(2e-3);
    }

    /** The second moment after a jump of the gradient: to the nearest it stands still, at random it follows. */
    @Test
    void slowAveragesStandStillWhenRoundedToTheNearestAndMoveWhenRoundedAtRandom() {
        double exact = secondMomentAfterJump(StateFormat.FLOAT32);
        assertThat(exact).isBetween(1.2, 1.3);
        assertThat(secondMomentAfterJump(StateFormat.BFLOAT16)).isEqualTo(1.0);
        assertThat(secondMomentAfterJump(StateFormat.BFLOAT16_STOCHASTIC)).isBetween(exact - 0.01, exact + 0.01);
    }

    /** The mean over all elements, 200 steps after squares of the gradient went from 1 to 2.2. */
    private static double secondMomentAfterJump(StateFormat format) {
        float[] gradient = new float[20_000];
        Arrays.fill(gradient, (float) Math.sqrt(2.2));
        float[] ones = new float[gradient.length];
        Arrays.fill(ones, 1);
        try (Optimizer optimizer =
                optimizer(new Adam(), format, new Execution(), new float[gradient.length], gradient)) {
            optimizer.restore(
                    new OptimizerState(10_000, Map.of("p", Map.of("first_moment", ones, "second_moment", ones))));
            for (int step = 0; step < 200; step++) {
                optimizer.step();
            }
            float[] none = {};
            float[] moments =
                    optimizer.state().tensors().getOrDefault("p", Map.of()).getOrDefault("second_moment", none);
            double sum = 0;
            for (float moment : moments) {
                sum += moment;
            }
            return sum / moments.length;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSavedStateGoesOnWithTheSameBits(StateFormat format) {
        float[] whole = random(5, 1000);
        float[] parts = whole.clone();
        float[] gradient = random(6, 1000);
        try (Optimizer optimizer = optimizer(new Lamb(), format, new Execution(), whole, gradient)) {
            for (int i = 0; i < 10; i++) {
                optimizer.step();
            }
        }
        OptimizerState middle;
        try (Optimizer optimizer = optimizer(new Lamb(), format, new Execution(), parts, gradient)) {
            for (int i = 0; i < 4; i++) {
                optimizer.step();
            }
            middle = optimizer.state();
        }
        try (Optimizer optimizer = optimizer(new Lamb(), format, new Execution(), parts, gradient)) {
            optimizer.restore(middle);
            for (int i = 4; i < 10; i++) {
                optimizer.step();
            }
        }
        assertThat(parts).isEqualTo(whole);
    }

    @Test
    void halvesTheBytesOfState() {
        assertThat(Cost.of(new Adam(), StateFormat.BFLOAT16)).isEqualTo(new Cost(20, 4, 1));
        assertThat(Cost.of(new Lamb(), StateFormat.BFLOAT16_STOCHASTIC)).isEqualTo(new Cost(28, 4, 2));
    }

    @Test
    void roundsToTheNearestWithTiesToEven() {
        assertThat(rounded(1 + 1 / 256f)).isEqualTo(1);
        assertThat(rounded(1 + 3 / 256f)).isEqualTo(1 + 4 / 256f);
        assertThat(rounded(Math.nextUp(1 + 1 / 256f))).isEqualTo(1 + 2 / 256f);
        assertThat(rounded(-2.5e-42f)).isNegative();
        assertThat(rounded(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(rounded(Float.NEGATIVE_INFINITY)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(rounded(Float.intBitsToFloat(0x7F80_0001))).isNaN();
        assertThat(rounded(Float.intBitsToFloat(0xFFFF_FFFF))).isNaN();
    }

    private static float rounded(float value) {
        return BFloat16.toFloat(BFloat16.nearest(value));
    }

    @ParameterizedTest
    @EnumSource
    void itsNameReadsBack(StateFormat format) {
        assertThat(StateFormat.parse(format.toString())).isEqualTo(format);
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> StateFormat.parse("float8"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no state format 'float8'; choose one of float32, bfloat16, bfloat16-stochastic");
    }
}
