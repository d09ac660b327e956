package org.thalweg.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.model.ready.Models;
import org.thalweg.train.model.text.ModelText;

class PrecisionTest {
    private static final Shape IMAGE = Shape.image(1, 8, 8);
    private static final Shape TEXT = Shape.tokens(12);
    private static final Task TEN = new Task.Classification(10);
    private static final Path SCRIPTED = Path.of("src/test/resources/org/thalweg/train/model/scripted.pt");

    static Stream<Arguments> models() {
        Stream<Model> images = Stream.of(
                        "mlp", "convnet", "lenet", "resnet", "resnet:norm=group", "nf-resnet:skip-init=false")
                .map(text -> Models.named(text, IMAGE, TEN));
        Stream<Model> texts = Stream.of("char-lstm:hidden=32", "char-transformer:features=32,layers=2")
                .map(text -> Models.named(text, TEXT, new Task.NextToken(10)));
        return Stream.concat(
                Stream.concat(images, Stream.of(Model.exported(SCRIPTED))).map(model -> Arguments.of(model, IMAGE)),
                texts.map(model -> Arguments.of(model, TEXT)));
    }

    private static Tensor inputs(Shape shape) {
        torch.manual_seed(3);
        return shape == TEXT ? torch.randint(10, new long[] {16, 12}).to(ScalarType.Long) : torch.randn(16, 1, 8, 8);
    }

    private static Tensor gradient(Network network, Tensor inputs, Tensor targets) {
        network.zeroGradients();
        new CrossEntropy().mean(network.forward(inputs, true), targets).backward();
        TensorVector all = new TensorVector();
        for (var parameter : network.parameters()) {
            MemorySegment memory = parameter.gradient().orElseThrow();
            all.push_back(Tensors.over(memory, ScalarType.Float, memory.byteSize() / Float.BYTES));
        }
        return torch.cat(all, 0); // a copy, before the gradients are gone
    }

    /** Eight bits of mantissa: answers to a few per cent, and gradients that point the same way. */
    @ParameterizedTest
    @MethodSource("models")
    void computesTheSameWithFewerBits(Model model, Shape shape) {
        Engine.start();
        try (PointerScope _ = new PointerScope();
                Network exact = Network.build(model.plan(shape), 2);
                Network rough = Network.build(model.with(Precision.BFLOAT16).plan(shape), 2)) {
            Tensor inputs = inputs(shape);
            Tensor targets =
                    shape == TEXT ? inputs : torch.randint(10, new long[] {16}).to(ScalarType.Long);
            Tensor expected = exact.forward(inputs, true);
            Tensor answer = rough.forward(inputs, true);
            assertThat(answer.scalar_type().intern()).isEqualTo(ScalarType.Float);
            double distance =
                    answer.sub(expected).norm().item_double() / expected.norm().item_double();
            assertThat(distance).isBetween(1e-6, 0.05);
            Tensor slope = gradient(exact, inputs, targets);
            Tensor roughSlope = gradient(rough, inputs, targets);
            double cosine = slope.dot(roughSlope).item_double()
                    / slope.norm().item_double()
                    / roughSlope.norm().item_double();
            assertThat(cosine).isGreaterThan(0.99);
            assertThat(torch.is_autocast_enabled(DeviceType.CPU)).isFalse();
        }
    }

    /** What has been switched on is off again, whatever happens. */
    @Test
    void aFailureLeavesNothingOn() {
        Engine.start();
        Model model = Model.mlp(10).with(Precision.BFLOAT16);
        boolean cached = torch.is_autocast_cache_enabled();
        try (PointerScope _ = new PointerScope();
                Network network = Network.build(model.plan(IMAGE), 1)) {
            assertThatThrownBy(() -> network.forward(torch.ones(2, 3), true)).isInstanceOf(RuntimeException.class);
            assertThat(torch.is_autocast_enabled(DeviceType.CPU)).isFalse();
            assertThat(torch.is_autocast_cache_enabled()).isEqualTo(cached);
            Tensor product = torch.ones(2, 2).matmul(torch.ones(2, 2)).mul(new Scalar(1.0));
            assertThat(product.scalar_type().intern()).isEqualTo(ScalarType.Float);
        }
    }

    @Test
    void isPartOfTheModelsText() {
        Model model = Model.mlp(10).with(Precision.BFLOAT16);
        assertThat(ModelText.yaml(model)).contains("precision: bfloat16");
        assertThat(ModelText.parse(ModelText.yaml(model), "yaml")).isEqualTo(model);
        assertThat(ModelText.yaml(Model.mlp(10))).doesNotContain("precision");
        assertThat(List.of(Precision.values())).hasSize(2);
    }
}
