package org.thalweg.train.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.thalweg.optim.Parameter;

class TensorsTest {
    @BeforeAll
    static void start() {
        Engine.start();
    }

    @Test
    void aSegmentIsTheTensorsOwnMemory() {
        try (PointerScope _ = new PointerScope()) {
            Tensor tensor = torch.zeros(2, 3);
            MemorySegment segment = Tensors.segment(tensor);
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, 4, 7.5f);
            assertThat(segment.byteSize()).isEqualTo(24);
            assertThat(tensor.select(0, 1).select(0, 1).item_float()).isEqualTo(7.5f);
            tensor.fill_(new org.bytedeco.pytorch.Scalar(2.0));
            assertThat(segment.toArray(ValueLayout.JAVA_FLOAT)).containsOnly(2f);
        }
    }

    @Test
    void aTensorIsTheSegmentsOwnMemory() {
        try (PointerScope _ = new PointerScope();
                Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1, 2, 3, 4, 5, 6);
            Tensor tensor = Tensors.over(segment, ScalarType.Float, 3, 2);
            assertThat(tensor.data_ptr().address()).isEqualTo(segment.address());
            assertThat(Tensors.shape(tensor)).containsExactly(3, 2);
            assertThat(tensor.sum().item_float()).isEqualTo(21);
        }
    }

    @Test
    void refusesMemoryThatDoesNotFit() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(24);
            assertThatIllegalArgumentException().isThrownBy(() -> Tensors.over(segment, ScalarType.Float, 7));
            assertThatIllegalArgumentException().isThrownBy(() -> Tensors.over(segment, ScalarType.Float, 5));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Tensors.over(MemorySegment.ofArray(new float[6]), ScalarType.Float, 6))
                    .withMessageContaining("heap");
        }
        try (PointerScope _ = new PointerScope()) {
            Tensor transposed = torch.zeros(2, 3).t();
            assertThatIllegalArgumentException().isThrownBy(() -> Tensors.segment(transposed));
        }
    }

    @Test
    void aParameterSeesEachStepsGradient() {
        try (PointerScope _ = new PointerScope()) {
            Tensor weight = torch.ones(3).requires_grad_(true);
            Parameter parameter = Tensors.parameter("w", weight);
            assertThat(parameter.gradient()).isEmpty();
            for (int power = 2; power <= 3; power++) {
                weight.mutable_grad().reset();
                weight.pow(new org.bytedeco.pytorch.Scalar(power)).sum().backward();
                assertThat(parameter.gradient().orElseThrow().toArray(ValueLayout.JAVA_FLOAT))
                        .containsOnly(power);
            }
            weight.mutable_grad().reset();
            assertThat(parameter.gradient()).isEmpty();
        }
    }

    @Test
    void aStridedGradientIsReadInRowMajorOrder() {
        try (PointerScope _ = new PointerScope()) {
            Tensor weight = torch.zeros(2, 2).requires_grad_(true);
            Tensor factor =
                    torch.arange(new org.bytedeco.pytorch.Scalar(4)).view(2, 2).to(ScalarType.Float);
            Parameter parameter = Tensors.parameter("w", weight);
            weight.t().mul(factor).sum().backward();
            assertThat(parameter.gradient().orElseThrow().toArray(ValueLayout.JAVA_FLOAT))
                    .containsExactly(0, 2, 1, 3);
        }
    }
}
