package org.thalweg.train.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thalweg.train.Evaluation;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.MemoryExamples;
import org.thalweg.train.data.Shape;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.layer.Activation;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Dropout;
import org.thalweg.train.model.layer.Linear;

/** Cross-entropy of a network with all that behaves differently in training, over 53 examples in batches of 10. */
class MeanLossTest {
    private static final Shape SHAPE = Shape.vector(5);

    private Network network;
    private Examples examples;
    private MeanLoss parts;
    private MeanLoss whole;

    @BeforeEach
    void open() {
        Model model = new Model(
                "small",
                List.of(new Linear(6), new BatchNorm(), new Activation.Tanh(), new Dropout(0.5), new Linear(3)));
        network = Network.build(model.plan(SHAPE), 1);
        Random random = new Random(7);
        MemorySegment inputs = MemoryExamples.floats(53 * 5);
        for (int i = 0; i < 53 * 5; i++) {
            inputs.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
        }
        examples = MemoryExamples.classes(
                SHAPE,
                3,
                inputs,
                IntStream.range(0, 53).map(_ -> random.nextInt(3)).toArray());
        parts = new MeanLoss(network, new CrossEntropy(), examples, 10);
        whole = new MeanLoss(network, new CrossEntropy(), examples, 1_000);
    }

    @AfterEach
    void close() {
        parts.close();
        whole.close();
        network.close();
    }

    private double[] direction() {
        return new Random(3).doubles(parts.size(), -1, 1).toArray();
    }

    @Test
    void batches_add_up() {
        assertThat(parts.examples()).isEqualTo(53);
        assertThat(parts.loss()).isCloseTo(whole.loss(), within(1e-6));
        assertThat(parts.slope().gradient()).containsExactly(whole.slope().gradient(), within(1e-6));
        double[] v = direction();
        assertThat(parts.hessian().times(v)).containsExactly(whole.hessian().times(v), within(1e-5));
    }

    @Test
    void is_what_evaluation_says() {
        try (Evaluation evaluation = new Evaluation(network, examples, new CrossEntropy())) {
            assertThat(parts.score().loss()).isCloseTo(evaluation.score().loss(), within(1e-6));
            assertThat(parts.score().metrics()).isEqualTo(evaluation.score().metrics());
            assertThat(parts.loss()).isCloseTo(evaluation.score().loss(), within(1e-6));
        }
    }

    /** The gradient is the loss's change along a short way, and the product the gradient's. */
    @Test
    void derivatives_are_how_the_function_changes() {
        double[] start = parts.weights();
        double[] v = direction();
        MeanLoss.Slope slope = parts.slope();
        double[] product = parts.hessian().times(v);
        double way = 1e-2;
        double[] ahead = start.clone();
        Vectors.add(ahead, way, v);
        double[] behind = start.clone();
        Vectors.add(behind, -way, v);
        double rise = (parts.loss(ahead) - parts.loss(behind)) / (2 * way);
        assertThat(Vectors.dot(slope.gradient(), v))
                .isCloseTo(rise, within(1e-3 * Vectors.norm(slope.gradient()) * Vectors.norm(v)));
        double[] change = parts.slope(ahead).gradient();
        Vectors.add(change, -1, parts.slope(behind).gradient());
        Vectors.add(change, -2 * way, product);
        assertThat(Vectors.norm(change)).isLessThan(5e-3 * 2 * way * Vectors.norm(product));
        parts.moveTo(start);
        assertThat(parts.slope().loss()).isEqualTo(slope.loss());
    }

    @Test
    void a_layers_block_is_cut_from_the_whole() {
        double[] v = direction();
        int first = 6 * 5 + 6;
        for (int i = first; i < v.length; i++) {
            v[i] = 0;
        }
        double[] all = parts.hessian().times(v);
        double[] block = parts.hessian(network.tensors().subList(0, 2)).times(Arrays.copyOf(v, first));
        assertThat(block).containsExactly(Arrays.copyOf(all, first), within(1e-6));
    }

    @Test
    void leaves_nothing_behind() {
        double[] v = direction();
        use(v);
        long before = Pointer.totalCount();
        for (int i = 0; i < 20; i++) {
            use(v);
        }
        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    private void use(double[] v) {
        try (MeanLoss loss = new MeanLoss(network, new CrossEntropy(), examples, 10)) {
            loss.score();
            loss.slope();
            loss.hessian().times(v);
        }
    }

    @Test
    void refuses_a_place_of_another_network() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parts.moveTo(new double[3]))
                .withMessage("the network has 69 weights, but the place 3 numbers");
    }
}
