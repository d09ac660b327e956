package org.thalweg.train.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.train.curvature.Problems.Problem;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Conv2d;
import org.thalweg.train.model.layer.Flatten;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.ready.Models;

class HessianVectorProductTest {
    private static final double[] START = {1, -2, 0.5, 3, 0, -1, 2, 0.25, -0.5, 1};
    private static final double[] LINEAR = {1, 2, 3, 4, 5, -5, -4, -3, -2, -1};

    private PointerScope scope;

    @BeforeEach
    void open() {
        Engine.start();
        scope = new PointerScope();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static double[] times(double[][] matrix, double[] vector) {
        return Arrays.stream(matrix)
                .mapToDouble(row -> Vectors.dot(row, vector))
                .toArray();
    }

    private static double[] random(int size, long seed) {
        return new Random(seed).doubles(size, -1, 1).map(x -> (float) x).toArray();
    }

    @Test
    void of_a_quadratic_is_its_matrix() {
        double[][] a = Problems.definite(10, 1);
        Problem problem = Problems.quadratic(a, LINEAR, START);
        double[] v = random(10, 2);
        try (HessianVectorProduct product = new HessianVectorProduct(problem.objective(), problem.weights())) {
            assertThat(product.size()).isEqualTo(10);
            assertThat(product.times(v)).containsExactly(times(a, v), within(2e-6));
            double[] slope = times(a, START);
            Vectors.add(slope, -1, LINEAR);
            assertThat(product.gradient()).containsExactly(slope, within(1e-5));
            assertThat(product.loss())
                    .isCloseTo(0.5 * Vectors.dot(START, times(a, START)) - Vectors.dot(LINEAR, START), within(1e-5));
            double[][] dense = product.dense(10);
            for (int i = 0; i < 10; i++) {
                assertThat(dense[i]).containsExactly(a[i], within(1e-6));
            }
        }
    }

    /** {@code X' diag(s (1 - s)) X v / n + 0.1 v}, s the logistic function of {@code Xw}. */
    @Test
    void of_logistic_regression_is_its_closed_form() {
        double[][] rows = Problems.overlapping();
        Problem problem = Problems.logistic(rows);
        double[] w = random(8, 3);
        new Weights(problem.weights()).write(w);
        double[] v = random(8, 4);
        double[] expected = new double[8];
        Vectors.add(expected, 0.1, v);
        for (double[] x : rows) {
            double s = 1 / (1 + Math.exp(-Vectors.dot(x, w)));
            Vectors.add(expected, s * (1 - s) * Vectors.dot(x, v) / rows.length, x);
        }
        try (HessianVectorProduct product = new HessianVectorProduct(problem.objective(), problem.weights())) {
            assertThat(product.times(v)).containsExactly(expected, within(1e-7));
        }
    }

    /** Convolution and batch normalisation without kinks: how the gradient changes along a short way. */
    @Test
    void of_a_smooth_network_is_how_its_gradient_changes() {
        Shape shape = Shape.image(1, 8, 8);
        Model smooth = new Model(
                "smooth", List.of(new Conv2d(4, 3, 1), new BatchNorm(), new Flatten(), new Linear(12), new Linear(10)));
        try (Network network = Network.build(smooth.plan(shape), 1)) {
            Objective objective = crossEntropy(network);
            Weights weights = new Weights(network.tensors());
            double[] v = random(weights.size(), 5);
            double[] product;
            try (HessianVectorProduct curvature = new HessianVectorProduct(objective, network.tensors())) {
                product = curvature.times(v);
            }
            double[] change = change(objective, network.tensors(), weights, v, 1e-3);
            Vectors.add(change, -1, product);
            assertThat(Vectors.norm(change)).isLessThan(2e-3 * Vectors.norm(product));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "convnet"})
    void of_the_ready_networks_is_symmetric(String name) {
        Shape shape = Shape.image(1, 8, 8);
        try (Network network = Network.build(
                        Models.named(name, shape, new Task.Classification(10)).plan(shape), 1);
                HessianVectorProduct curvature = new HessianVectorProduct(crossEntropy(network), network.tensors())) {
            double[] u = random(curvature.size(), 5);
            double[] v = random(curvature.size(), 6);
            double[] product = curvature.times(v);
            assertThat(Vectors.norm(product)).isGreaterThan(0.1);
            assertThat(Vectors.dot(u, product))
                    .isCloseTo(
                            Vectors.dot(v, curvature.times(u)), within(1e-5 * Vectors.norm(u) * Vectors.norm(product)));
        }
    }

    /** Attention and LSTMs have second derivatives as well, though not in libtorch's fastest kernels. */
    @ParameterizedTest
    @ValueSource(strings = {"char-lstm", "char-transformer"})
    void of_sequence_networks_is_how_the_gradient_changes(String name) {
        Shape shape = Shape.tokens(6);
        Task task = new Task.NextToken(5);
        try (Network network = Network.build(Models.named(name, shape, task).plan(shape), 1)) {
            torch.manual_seed(9);
            Tensor tokens = torch.randint(5, new long[] {4, 7}, new TensorOptions(torch.ScalarType.Long));
            Tensor inputs = tokens.narrow(1, 0, 6).contiguous();
            Tensor targets = tokens.narrow(1, 1, 6).contiguous();
            Objective objective = () -> new CrossEntropy().mean(network.forward(inputs, false), targets);
            Weights weights = new Weights(network.tensors());
            double[] v = random(weights.size(), 5);
            double[] product;
            try (HessianVectorProduct curvature = new HessianVectorProduct(objective, network.tensors())) {
                product = curvature.times(v);
            }
            double[] change = change(objective, network.tensors(), weights, v, 3e-4);
            Vectors.add(change, -1, product);
            assertThat(Vectors.norm(change)).isLessThan(3e-2 * Vectors.norm(product));
        }
    }

    private static Objective crossEntropy(Network network) {
        torch.manual_seed(9);
        Tensor images = torch.randn(16, 1, 8, 8);
        Tensor labels = torch.arange(new Scalar(16)).remainder(new Scalar(10));
        return () -> torch.cross_entropy(network.forward(images, false), labels);
    }

    private static double[] change(Objective objective, List<Tensor> tensors, Weights weights, double[] v, double way) {
        double[] start = weights.read();
        double[][] gradients = new double[2][];
        for (int side = 0; side < 2; side++) {
            double[] there = start.clone();
            Vectors.add(there, side == 0 ? way : -way, v);
            weights.write(there);
            try (HessianVectorProduct curvature = new HessianVectorProduct(objective, tensors)) {
                gradients[side] = curvature.gradient();
            }
        }
        double[] change = new double[v.length];
        Vectors.add(change, 0.5 / way, gradients[0]);
        Vectors.add(change, -0.5 / way, gradients[1]);
        return change;
    }

    @Test
    void weights_without_curvature_have_zeros() {
        Tensor used = Problems.leaf(new double[] {2}, 1);
        Tensor linear = Problems.leaf(new double[] {3}, 1);
        Tensor unused = Problems.leaf(new double[] {4, 5}, 2);
        Objective objective = () -> used.pow(new Scalar(3)).add(linear).sum();
        try (HessianVectorProduct product = new HessianVectorProduct(objective, List.of(used, linear, unused))) {
            assertThat(product.gradient()).containsExactly(12, 1, 0, 0);
            assertThat(product.times(new double[] {1, 1, 1, 1})).containsExactly(12, 0, 0, 0);
        }
        try (HessianVectorProduct product = new HessianVectorProduct(linear::sum, List.of(linear))) {
            assertThat(product.times(new double[] {7})).containsExactly(0);
        }
    }

    @Test
    void many_products_leave_nothing_behind() {
        Problem problem = Problems.logistic(Problems.overlapping());
        double[] v = random(8, 4);
        useOften(problem, v, 3);
        long before = Pointer.totalCount();
        useOften(problem, v, 50);
        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    private static void useOften(Problem problem, double[] v, int times) {
        for (int i = 0; i < times; i++) {
            try (HessianVectorProduct product = new HessianVectorProduct(problem.objective(), problem.weights())) {
                product.times(v);
                product.times(v);
            }
            new Newton().step(problem.objective(), problem.weights());
            new NewtonCg().step(problem.objective(), problem.weights());
        }
    }

    @Test
    void says_what_is_wrong() {
        Tensor w = Problems.leaf(new double[] {1, 2}, 2);
        List<Tensor> weights = List.of(w);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HessianVectorProduct(() -> w.mul(w), weights))
                .withMessage("the loss must be one number that depends on the weights, and this is 2 numbers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HessianVectorProduct(() -> torch.ones(1), weights))
                .withMessage("the loss must be one number that depends on the weights, and this is a constant");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HessianVectorProduct(w::sum, List.of(torch.ones(2))))
                .withMessage("weights must be tensors of which gradients are taken, at least one");
        assertThatIllegalStateException()
                .isThrownBy(() -> new HessianVectorProduct(() -> w.neg().log().sum(), weights))
                .withMessageStartingWith("the loss is NaN");
        HessianVectorProduct closed = new HessianVectorProduct(() -> w.dot(w), weights);
        closed.close();
        closed.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> closed.times(new double[2]))
                .withMessage("this operator is closed: make one at the weights as they are now");
        try (HessianVectorProduct product = new HessianVectorProduct(() -> w.dot(w), weights)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> product.times(new double[3]))
                    .withMessage("there are 2 weights, but the vector has 3 numbers");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> product.dense(1))
                    .withMessage("the Hessian of 2 weights has 4 numbers; it is made for at most 1 weights: "
                            + "use products with vectors");
        }
    }
}
