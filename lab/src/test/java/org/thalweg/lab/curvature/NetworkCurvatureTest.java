package org.thalweg.lab.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.train.curvature.HessianVectorProduct;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.MemoryExamples;
import org.thalweg.train.data.Shape;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.loss.Square;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.layer.Activation;
import org.thalweg.train.model.layer.Linear;

/** The curvature of networks against closed forms, and against the whole matrix of a small one. */
class NetworkCurvatureTest {
    private static final int COUNT = 40;
    private static final int FEATURES = 4;

    private static MemorySegment inputs(double[][] rows) {
        MemorySegment inputs = MemoryExamples.floats((long) COUNT * FEATURES);
        for (int i = 0; i < COUNT * FEATURES; i++) {
            inputs.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) rows[i / FEATURES][i % FEATURES]);
        }
        return inputs;
    }

    private static double[][] rows() {
        Random random = new Random(5);
        double[][] rows = new double[COUNT][FEATURES];
        for (double[] row : rows) {
            for (int j = 0; j < FEATURES; j++) {
                row[j] = (float) (random.nextGaussian() * (j + 1));
            }
        }
        return rows;
    }

    /** The Hessian of a linear regression is 2 X'X / n, wherever its weights are. */
    @Test
    void of_linear_regression_is_its_normal_matrix() {
        double[][] rows = rows();
        double[][] normal = new double[FEATURES][FEATURES];
        for (double[] row : rows) {
            for (int i = 0; i < FEATURES; i++) {
                for (int j = 0; j < FEATURES; j++) {
                    normal[i][j] += 2 * row[i] * row[j] / COUNT;
                }
            }
        }
        Dense.Eigen expected = Dense.eigen(normal);
        List<Double> answers = new ArrayList<>(
                IntStream.range(0, COUNT).mapToObj(i -> Math.sin(i)).toList());
        Examples examples = MemoryExamples.numbers(Shape.vector(FEATURES), inputs(rows), answers);
        Model model = new Model("line", List.of(new Linear(1, false)));
        try (Network network = Network.build(model.plan(Shape.vector(FEATURES)), 1);
                MeanLoss loss = new MeanLoss(network, new Square(), examples, 7)) {
            Curvature found = new CurvatureStudy(4, 1e-4, 200, 3, 4, true, 1).of(loss, _ -> {});
            for (int i = 0; i < FEATURES; i++) {
                assertThat(found.top().get(i).value()).isCloseTo(expected.values()[FEATURES - 1 - i], within(1e-4));
            }
            assertThat(found.converged()).isTrue();
            assertThat(found.lowest().value()).isCloseTo(expected.values()[0], within(1e-4));
            assertThat(found.condition().orElseThrow())
                    .isCloseTo(expected.values()[FEATURES - 1] / expected.values()[0], within(1e-3));
            double trace = Arrays.stream(expected.values()).sum();
            assertThat(found.trace().value())
                    .isCloseTo(trace, within(5 * found.trace().standardError() + 1e-4));
            assertThat(found.layers()).singleElement().satisfies(block -> {
                assertThat(block.layer()).isEqualTo("linear1");
                assertThat(block.weights()).isEqualTo(FEATURES);
                assertThat(block.largest().value()).isCloseTo(expected.values()[FEATURES - 1], within(0.01 * trace));
            });
        }
    }

    /** {@code (w1 w2 - 1)^2} on its valley floor {@code w1 w2 = 1}: eigenvalues 2 (w1^2 + w2^2) and 0. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 0.25})
    void of_the_deep_linear_network_is_its_closed_form(double w1) {
        double w2 = 1 / w1;
        Eigenpairs found = deepLinear(w1, w2);
        assertThat(found.values().get(0).value()).isCloseTo(2 * (w1 * w1 + w2 * w2), within(1e-5));
        assertThat(found.values().get(1).value()).isCloseTo(0, within(1e-5));
    }

    /** At the saddle: 2 and -2. */
    @Test
    void of_the_deep_linear_networks_saddle_has_both_signs() {
        Eigenpairs found = deepLinear(0, 0);
        assertThat(found.values().get(0).value()).isCloseTo(2, within(1e-6));
        assertThat(found.values().get(1).value()).isCloseTo(-2, within(1e-6));
    }

    private static Eigenpairs deepLinear(double w1, double w2) {
        Engine.start();
        try (PointerScope _ = new PointerScope()) {
            Tensor weights = torch.tensor(new float[] {(float) w1, (float) w2}).requires_grad_(true);
            try (HessianVectorProduct hessian = new HessianVectorProduct(
                    () -> weights.prod().sub(new Scalar(1)).square(), List.of(weights))) {
                return new Lanczos(2).of(hessian);
            }
        }
    }

    @Test
    void of_a_small_network_is_that_of_its_whole_hessian() {
        double[][] rows = rows();
        Examples examples = MemoryExamples.classes(
                Shape.vector(FEATURES),
                3,
                inputs(rows),
                IntStream.range(0, COUNT).map(i -> i % 3).toArray());
        Model model = new Model("small", List.of(new Linear(8), new Activation.Tanh(), new Linear(3)));
        try (Network network = Network.build(model.plan(Shape.vector(FEATURES)), 1);
                MeanLoss loss = new MeanLoss(network, new CrossEntropy(), examples)) {
            int size = loss.size();
            double[][] whole = new double[size][];
            for (int i = 0; i < size; i++) {
                double[] unit = new double[size];
                unit[i] = 1;
                whole[i] = loss.hessian().times(unit);
            }
            Dense.Eigen expected = Dense.eigen(whole);
            Curvature found = new CurvatureStudy(5, 1e-3, 100, 10, size, false, 2).of(loss, _ -> {});
            for (int i = 0; i < 5; i++) {
                assertThat(found.top().get(i).value())
                        .isCloseTo(expected.values()[size - 1 - i], within(1e-3 * expected.values()[size - 1 - i]));
            }
            assertThat(found.lowest().value())
                    .isCloseTo(expected.values()[0], within(0.05 * Math.abs(expected.values()[0]) + 1e-5));
            double trace = Arrays.stream(expected.values()).sum();
            assertThat(found.trace().value())
                    .isCloseTo(trace, within(4 * found.trace().standardError()));
            assertThat(found.condition()).isEmpty();
            assertThat(found.density().orElseThrow().mean() * size).isCloseTo(trace, within(0.25 * trace));
        }
    }
}
