package org.thalweg.optim.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.optim.AccumulatedGradients;
import org.thalweg.optim.Cost;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Execution.Kernels;
import org.thalweg.optim.FiniteSteps;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.OptimizerState;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.Precision;
import org.thalweg.optim.StateFormat;
import org.thalweg.optim.average.AveragedWeights;
import org.thalweg.optim.average.Ema;
import org.thalweg.optim.kernel.BFloat16;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.ClipByGlobalNorm;
import org.thalweg.optim.rule.Lamb;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.Schedule;

/** Parameters and gradients in two bytes: the optimizer works on a float32 copy as it would on float32 parameters. */
class BFloat16ParametersTest {
    private static final int ROWS = 7;
    private static final int SIZE = ROWS * 1_003;

    private final Arena arena = Arena.ofAuto();

    static List<Rule> rules() {
        return Rules.ready();
    }

    /** Numbers that bfloat16 holds exactly. */
    private static float[] random(int seed) {
        Random random = new Random(seed);
        float[] numbers = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            numbers[i] = BFloat16.toFloat(BFloat16.nearest((float) random.nextGaussian()));
        }
        return numbers;
    }

    private MemorySegment narrow(float[] numbers) {
        MemorySegment memory = arena.allocate((long) numbers.length * Short.BYTES, 64);
        write(memory, numbers);
        return memory;
    }

    private static void write(MemorySegment memory, float[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            memory.setAtIndex(ValueLayout.JAVA_SHORT, i, BFloat16.nearest(numbers[i]));
        }
    }

    private static float[] read(MemorySegment memory) {
        float[] numbers = new float[(int) (memory.byteSize() / Short.BYTES)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = BFloat16.toFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT, i));
        }
        return numbers;
    }

    private static float[] rounded(float[] numbers) {
        float[] rounded = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            rounded[i] = BFloat16.toFloat(BFloat16.nearest(numbers[i]));
        }
        return rounded;
    }

    private static Optimizer optimizer(Rule rule, StateFormat format, Execution execution, Parameter... parameters) {
        return Optimizer.of(
                List.of(new ParameterGroup("all", rule, List.of(parameters))),
                Schedule.constant(1e-3),
                format,
                execution);
    }

    private static float[] master(OptimizerState state) {
        float[] none = {};
        return state.tensors().getOrDefault("p", Map.of()).getOrDefault("master_copy", none);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theMasterCopyGoesTheWayOfFloat32ParametersToTheLastBit(Rule rule) {
        for (StateFormat format : List.of(StateFormat.FLOAT32, StateFormat.BFLOAT16_STOCHASTIC)) {
            for (Execution execution : List.of(new Execution(2, Kernels.VECTOR), new Execution(1, Kernels.SCALAR))) {
                float[] value = random(1);
                float[] gradient = new float[SIZE];
                MemorySegment narrowValue = narrow(value);
                MemorySegment narrowGradient = narrow(gradient);
                try (Optimizer wide = optimizer(
                                rule, format, execution, Parameter.of("p", value, gradient, ROWS, SIZE / ROWS));
                        Optimizer narrow = optimizer(rule, format, execution, bfloat16(narrowValue, narrowGradient))) {
                    for (int step = 0; step < 4; step++) {
                        System.arraycopy(random(2 + step), 0, gradient, 0, SIZE);
                        write(narrowGradient, gradient);
                        wide.step();
                        narrow.step();
                    }
                    assertThat(master(narrow.state())).isEqualTo(value);
                    assertThat(read(narrowValue)).isEqualTo(rounded(value));
                }
            }
        }
    }

    private static Parameter bfloat16(MemorySegment value, MemorySegment gradient) {
        return Parameter.ofBFloat16("p", value, () -> Optional.of(gradient), ROWS, SIZE / ROWS);
    }

    /** 400 updates of 1e-4 on a weight of 1, each far below the last place that bfloat16 keeps. */
    @Test
    void smallUpdatesAddUp() {
        MemorySegment value = narrow(new float[] {1});
        MemorySegment gradient = narrow(new float[] {1});
        Parameter parameter = Parameter.ofBFloat16("p", value, () -> Optional.of(gradient), 1);
        try (Optimizer optimizer = Optimizer.of(new Sgd(), Schedule.constant(1e-4), List.of(parameter))) {
            for (int i = 0; i < 400; i++) {
                optimizer.step();
            }
        }
        assertThat(read(value)[0]).isCloseTo(0.96f, within(0.002f));
    }

    @Test
    void theGlobalNormIsTakenOverParametersOfBothPrecisions() {
        float[] value = {0};
        MemorySegment narrowValue = narrow(new float[] {0});
        MemorySegment narrowGradient = narrow(new float[] {4});
        Rule rule = new ClipByGlobalNorm(1).then(new Sgd());
        Parameter wide = Parameter.of("wide", value, new float[] {3});
        Parameter narrow = Parameter.ofBFloat16("narrow", narrowValue, () -> Optional.of(narrowGradient), 1);
        try (Optimizer optimizer = Optimizer.of(rule, Schedule.constant(1), List.of(wide, narrow))) {
            optimizer.step();
        }
        assertThat(value[0]).isCloseTo(-0.6f, within(1e-5f));
        assertThat(read(narrowValue)[0]).isCloseTo(-0.8f, within(0.8f / 256));
    }

    @Test
    void aSavedStateGoesOnWithTheSameBits() {
        MemorySegment gradient = narrow(random(9));
        MemorySegment whole = narrow(random(8));
        MemorySegment parts = narrow(random(8));
        Execution execution = new Execution();
        try (Optimizer optimizer = optimizer(new Lamb(), StateFormat.FLOAT32, execution, bfloat16(whole, gradient))) {
            for (int i = 0; i < 10; i++) {
                optimizer.step();
            }
        }
        OptimizerState middle;
        try (Optimizer optimizer = optimizer(new Lamb(), StateFormat.FLOAT32, execution, bfloat16(parts, gradient))) {
            for (int i = 0; i < 4; i++) {
                optimizer.step();
            }
            middle = optimizer.state();
        }
        try (Optimizer optimizer = optimizer(new Lamb(), StateFormat.FLOAT32, execution, bfloat16(parts, gradient))) {
            optimizer.restore(middle);
            for (int i = 4; i < 10; i++) {
                optimizer.step();
            }
        }
        assertThat(read(parts)).isEqualTo(read(whole));
    }

    @Test
    void gradientsAccumulateInFloat32() {
        MemorySegment value = narrow(new float[] {0, 0});
        MemorySegment gradient = narrow(new float[] {1, 256});
        Parameter parameter = Parameter.ofBFloat16("p", value, () -> Optional.of(gradient), 2);
        try (AccumulatedGradients sums = new AccumulatedGradients(List.of(parameter))) {
            sums.add(0.5);
            write(gradient, new float[] {3, 1});
            sums.add(0.5);
            Parameter summed = sums.parameters().getFirst();
            float[] mean = summed.gradient().orElseThrow().toArray(ValueLayout.JAVA_FLOAT);
            assertThat(mean).containsExactly(2, 128.5f);
            assertThat(summed.precision()).isEqualTo(Precision.BFLOAT16);
            try (Optimizer optimizer = Optimizer.of(new Sgd(), Schedule.constant(0.5), List.of(summed))) {
                optimizer.step();
            }
        }
        assertThat(read(value)).containsExactly(-1, rounded(new float[] {-64.25f})[0]);
    }

    @Test
    void aGradientThatIsNotFiniteIsFound() {
        MemorySegment value = narrow(new float[5]);
        MemorySegment gradient = narrow(new float[5]);
        List<Parameter> parameters = List.of(Parameter.ofBFloat16("p", value, () -> Optional.of(gradient), 5));
        assertThat(FiniteSteps.firstNonFinite(parameters)).isEmpty();
        for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            write(gradient, new float[] {0, -3e38f, 0, 0, bad});
            assertThat(FiniteSteps.firstNonFinite(parameters)).isEqualTo(Optional.of(parameters.getFirst()));
        }
    }

    @Test
    void costsFewerBytesAStepWithStateInTwoBytesToo() {
        assertThat(Cost.of(new Adam(), Precision.BFLOAT16, StateFormat.FLOAT32)).isEqualTo(new Cost(28, 12, 1));
        assertThat(Cost.of(new Adam(), Precision.BFLOAT16, StateFormat.BFLOAT16))
                .isEqualTo(new Cost(20, 8, 1));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        MemorySegment onHeap = MemorySegment.ofArray(new short[2]);
        assertThatThrownBy(() -> Parameter.ofBFloat16("p", onHeap, Optional::empty, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the value of parameter p lies on the heap: bfloat16 must be native memory");
        MemorySegment value = narrow(new float[2]);
        assertThatThrownBy(() -> Parameter.ofBFloat16("p", value, Optional::empty, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the value of parameter p holds 4 bytes, but shape [3] needs 6");
        Parameter parameter = Parameter.ofBFloat16("p", value, Optional::empty, 2);
        assertThatThrownBy(() -> new AveragedWeights(new Ema(0.9), List.of(parameter)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("averaging takes float32 parameters, but p is bfloat16");
    }
}
