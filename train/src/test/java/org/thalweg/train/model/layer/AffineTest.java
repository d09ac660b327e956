package org.thalweg.train.model.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.train.engine.Engine;

/** Values, first and second derivatives beside libtorch's matrix product in double precision, for shapes on both ways. */
class AffineTest {
    private static final double TOLERANCE = 2e-6;

    @BeforeAll
    static void start() {
        Engine.start();
    }

    private interface Map {
        Tensor of(Tensor value, Tensor weight, TensorOptional shift);
    }

    @ParameterizedTest(name = "{0} x {1} x {2} to {3}")
    @CsvSource({
        "1, 128, 784, 256", // rows of a vector each, as a convolution
        "1, 130, 784, 256", // rows that do not divide into images
        "1, 64, 784, 256", // too few rows
        "1, 16, 8, 4",
        "32, 128, 128, 65", // positions of sequences
        "16, 40, 200, 100",
        "7, 16, 512, 200"
    })
    void isTheMatrixProductToTheSecondDerivative(long count, long length, long inputs, long outputs) {
        try (PointerScope _ = new PointerScope()) {
            torch.manual_seed(7);
            long[] shape = count == 1 ? new long[] {length, inputs} : new long[] {count, length, inputs};
            Tensor value = torch.randn(shape);
            Tensor weight = torch.randn(outputs, inputs).div(new Scalar(Math.sqrt(inputs)));
            Tensor shift = torch.randn(outputs);
            Tensor along = torch.randn(outputs, inputs);
            List<Tensor> found = all(Affine::of, value, weight, shift, along);
            List<Tensor> expected = all(torch::linear, wide(value), wide(weight), wide(shift), wide(along));
            for (int i = 0; i < found.size(); i++) {
                assertClose(found.get(i), expected.get(i), i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void takesValuesThatDoNotLieInOrderAndGoesWithoutAShift(boolean shifted) {
        try (PointerScope _ = new PointerScope()) {
            torch.manual_seed(8);
            Tensor value = torch.randn(64, 300, 32).transpose(1, 2);
            Tensor weight = torch.randn(50, 300);
            TensorOptional shift = shifted ? new TensorOptional(torch.randn(50)) : new TensorOptional();
            TensorOptional wideShift = shifted ? new TensorOptional(wide(shift.get())) : new TensorOptional();
            Tensor found = Affine.of(value, weight, shift);
            assertThat(found.sizes().vec().get()).containsExactly(64, 32, 50);
            assertClose(found, torch.linear(wide(value), wide(weight), wideShift), 0);
        }
    }

    /** The values; the slopes of the mean of their cubes; and the Hessian's product with a direction of the weights. */
    private static List<Tensor> all(Map map, Tensor value, Tensor weight, Tensor shift, Tensor along) {
        Tensor[] leaves = {value, weight, shift};
        for (Tensor leaf : leaves) {
            leaf.set_requires_grad(true);
        }
        Tensor mapped = map.of(value, weight, new TensorOptional(shift));
        Tensor mean = mapped.pow(new Scalar(3)).mean();
        TensorVector slopes = gradients(mean, leaves);
        Tensor slopeAlong = slopes.get(1).mul(along).sum();
        TensorVector products = gradients(slopeAlong, leaves);
        List<Tensor> all = new ArrayList<>(List.of(mapped));
        for (int i = 0; i < leaves.length; i++) {
            all.add(slopes.get(i));
            all.add(products.get(i));
        }
        return all;
    }

    private static TensorVector gradients(Tensor of, Tensor[] leaves) {
        return torch.grad(
                new TensorVector(of),
                new TensorVector(leaves),
                new TensorVector(),
                new BoolOptional(true),
                true,
                false);
    }

    private static Tensor wide(Tensor tensor) {
        return tensor.detach().to(ScalarType.Double);
    }

    private static void assertClose(Tensor found, Tensor expected, int number) {
        double error = wide(found).sub(expected.detach()).norm().item_double();
        assertThat(error / expected.detach().norm().item_double())
                .as("number %d", number)
                .isLessThan(TOLERANCE);
    }
}
