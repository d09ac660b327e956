package org.thalweg.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.text.Names;
import org.thalweg.train.data.Shape.Kind;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.model.text.ModelText;

/** Every layer, forward and backward, against what PyTorch 1.13 or the definition makes of the same numbers in double precision. */
class LayerOracleTest {
    static List<LayerCase> cases() throws IOException {
        return LayerCase.all();
    }

    /** A layer without an oracle is not done; what comes from a file has its own in {@link ScriptedModelTest}. */
    @Test
    void everyLayerHasAnOracle() throws IOException {
        TreeSet<String> seen = new TreeSet<>(List.of("torch-script"));
        for (LayerCase example : cases()) {
            example.plan()
                    .all()
                    .map(step -> Names.kebab(step.layer().getClass().getSimpleName()))
                    .forEach(seen::add);
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ModelText.layerNames());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void forwardAndBackwardAreAsTheOracle(LayerCase example) {
        Engine.start();
        try (Arena arena = Arena.ofConfined();
                Network network = Network.build(example.plan(), 1);
                PointerScope _ = new PointerScope()) {
            load(network, example);
            Tensor inputs = inputs(example, arena);
            Tensor outputs = network.forward(inputs, example.training());
            assertThat(IntStream.range(1, (int) outputs.dim()).mapToObj(i -> (int) outputs.size(i)))
                    .isEqualTo(example.outputShape());
            assertThat(example.plan().output().sizes()).isEqualTo(example.outputShape());
            assertClose(outputs.contiguous(), example.outputs(), example, "outputs");
            if (outputs.requires_grad()) {
                outputs.mul(floats(example.upstream(), outputs, arena)).sum().backward();
            }
            assertGradients(network, inputs, example);
            Map<String, StoredTensor> after = network.weights();
            example.runningAfter()
                    .forEach((name, numbers) -> assertClose(
                            Objects.requireNonNull(after.get(name), name).data(), numbers, example, name));
        }
    }

    private static void assertGradients(Network network, Tensor inputs, LayerCase example) {
        assertThat(network.parameters())
                .extracting(Parameter::name)
                .containsExactlyInAnyOrderElementsOf(example.gradients().keySet());
        for (Parameter parameter : network.parameters()) {
            assertClose(
                    parameter.gradient().orElseThrow(),
                    Objects.requireNonNull(example.gradients().get(parameter.name())),
                    example,
                    parameter.name());
        }
        if (example.inputGradient().length > 0) {
            assertClose(inputs.grad().contiguous(), example.inputGradient(), example, "inputs");
        }
    }

    private static void load(Network network, LayerCase example) {
        Map<String, StoredTensor> weights = network.weights();
        Map<String, double[]> numbers = new LinkedHashMap<>(example.weights());
        numbers.putAll(example.running());
        weights.forEach((name, weight) -> {
            if (weight.type() == StoredTensor.Type.F32) {
                double[] values = Objects.requireNonNull(numbers.remove(name), name);
                put(weight.data(), values);
            }
        });
        assertThat(numbers).as("weights that the network has not").isEmpty();
    }

    private static void put(MemorySegment memory, double[] numbers) {
        assertThat(memory.byteSize()).isEqualTo((long) numbers.length * Float.BYTES);
        for (int i = 0; i < numbers.length; i++) {
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) numbers[i]);
        }
    }

    private static Tensor inputs(LayerCase example, Arena arena) {
        long[] sizes = LongStream.concat(
                        LongStream.of(example.count()), example.sizes().stream().mapToLong(Integer::longValue))
                .toArray();
        if (example.kind() == Kind.TOKENS) {
            long[] tokens = java.util.Arrays.stream(example.inputs())
                    .mapToLong(number -> (long) number)
                    .toArray();
            return Tensors.over(arena.allocateFrom(ValueLayout.JAVA_LONG, tokens), ScalarType.Long, sizes);
        }
        MemorySegment memory = arena.allocate(ValueLayout.JAVA_FLOAT, example.inputs().length);
        put(memory, example.inputs());
        return Tensors.over(memory, ScalarType.Float, sizes).requires_grad_(true);
    }

    private static Tensor floats(double[] numbers, Tensor like, Arena arena) {
        MemorySegment memory = arena.allocate(ValueLayout.JAVA_FLOAT, numbers.length);
        put(memory, numbers);
        return Tensors.over(memory, ScalarType.Float, Tensors.shape(like));
    }

    private static void assertClose(Tensor tensor, double[] expected, LayerCase example, String what) {
        assertClose(Tensors.segment(tensor), expected, example, what);
    }

    /** Relative to the largest number, since each is a sum that others cancel in. */
    private static void assertClose(MemorySegment actual, double[] expected, LayerCase example, String what) {
        assertThat(actual.byteSize()).as(what).isEqualTo((long) expected.length * Float.BYTES);
        double largest = Stream.of(
                        1.0,
                        java.util.Arrays.stream(expected).map(Math::abs).max().orElse(0))
                .mapToDouble(number -> number)
                .max()
                .orElse(1);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual.getAtIndex(ValueLayout.JAVA_FLOAT, i))
                    .as("%s of %s, number %d", what, example, i)
                    .isCloseTo(expected[i], within(example.tolerance() * largest));
        }
    }
}
