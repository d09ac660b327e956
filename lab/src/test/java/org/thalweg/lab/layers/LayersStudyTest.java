package org.thalweg.lab.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.MemoryExamples;
import org.thalweg.train.data.Shape;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.metrics.LayerStatistics;
import org.thalweg.train.metrics.LayerStatistics.Moments;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.layer.Activation;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Linear;

class LayersStudyTest {
    private static final Shape SHAPE = Shape.vector(3);
    private static final int COUNT = 129; // a batch of 128 would leave one alone

    private static Examples examples() {
        Random random = new Random(2);
        MemorySegment inputs = MemoryExamples.floats(COUNT * 3);
        for (int i = 0; i < COUNT * 3; i++) {
            inputs.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
        }
        return MemoryExamples.classes(
                SHAPE, 2, inputs, IntStream.range(0, COUNT).map(i -> i % 2).toArray());
    }

    private static double norm(double[] numbers, int from, int to) {
        return Math.sqrt(IntStream.range(from, to)
                .mapToDouble(i -> numbers[i] * numbers[i])
                .sum());
    }

    @Test
    void ratios_are_those_of_the_gradient_over_all_examples() {
        Model model = new Model("small", List.of(new Linear(4), new Activation.Tanh(), new Linear(2)));
        Examples examples = examples();
        try (Network network = Network.build(model.plan(SHAPE), 1);
                MeanLoss loss = new MeanLoss(network, new CrossEntropy(), examples)) {
            LayerStatistics found = LayersStudy.statistics(network, new CrossEntropy(), examples, 1);
            double[] gradient = loss.slope().gradient();
            double[] weights = loss.weights();
            assertThat(found.ratios().get("linear1.weight"))
                    .isCloseTo(norm(gradient, 0, 12) / norm(weights, 0, 12), within(1e-5));
            assertThat(found.ratios().get("linear2.bias"))
                    .isCloseTo(norm(gradient, 24, 26) / norm(weights, 24, 26), within(1e-5));
            assertThat(found.activations().sequencedKeySet()).containsExactly("linear1", "tanh1", "linear2");
        }
    }

    /** What normalisation gives has mean 0 and variance 1 at first, since it goes by the batch; its statistics stay. */
    @Test
    void normalisation_goes_by_the_batch_and_keeps_its_statistics() {
        Model model = new Model("small", List.of(new Linear(4), new BatchNorm(), new Linear(2)));
        try (Network network = Network.build(model.plan(SHAPE), 1)) {
            byte[] before = statistics(network);
            LayerStatistics found = LayersStudy.statistics(network, new CrossEntropy(), examples(), 1);
            Moments normalised = found.activations().getOrDefault("norm1", new Moments(9, 9));
            assertThat(normalised.mean()).isCloseTo(0, within(1e-5));
            assertThat(normalised.variance()).isCloseTo(1, within(1e-3));
            assertThat(statistics(network)).isEqualTo(before);
        }
    }

    private static byte[] statistics(Network network) {
        return Objects.requireNonNull(network.weights().get("norm1.running_mean"))
                .data()
                .toArray(ValueLayout.JAVA_BYTE);
    }
}
