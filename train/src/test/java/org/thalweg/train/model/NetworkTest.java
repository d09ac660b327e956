package org.thalweg.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.optim.Parameter;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.MemoryExamples;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.SplitMix64;
import org.thalweg.train.data.Task;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Conv2d;
import org.thalweg.train.model.layer.Dropout;
import org.thalweg.train.model.layer.Flatten;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.layer.Pooling.MaxPool;
import org.thalweg.train.model.ready.Models;

class NetworkTest {
    private static final int BATCH = 6;
    private static final Task FOUR = new Task.Classification(4);

    static List<Plan> plans() {
        Model normalised = new Model("vectors", List.of(new Linear(7), new BatchNorm(), new Relu(), new Linear(4)));
        Model uneven = new Model(
                "uneven",
                List.of(
                        new Conv2d(5, 2, 1),
                        new Relu(),
                        new MaxPool(3),
                        new Conv2d(4, 1),
                        new BatchNorm(),
                        new Flatten(),
                        new Linear(4)));
        return List.of(
                normalised.plan(Shape.vector(5)),
                normalised.plan(Shape.image(2, 3, 2)),
                uneven.plan(Shape.image(3, 7, 9)),
                uneven.plan(Shape.image(1, 8, 5)),
                Models.named("convnet", Shape.image(1, 11, 10), FOUR).plan(Shape.image(1, 11, 10)),
                Models.named("convnet", Shape.image(2, 8, 8), FOUR).plan(Shape.image(2, 8, 8)));
    }

    private static Examples examples(Shape shape) {
        SplitMix64 random = new SplitMix64(11);
        MemorySegment features =
                java.lang.foreign.Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT, (long) BATCH * shape.size());
        for (long i = 0; i < (long) BATCH * shape.size(); i++) {
            features.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.below(2001) / 1000f - 1);
        }
        return MemoryExamples.classes(
                shape, 4, features, IntStream.range(0, BATCH).map(i -> i % 4).toArray());
    }

    private static double[][] rows(Examples examples) {
        float[] row = new float[examples.shape().size()];
        double[][] rows = new double[BATCH][row.length];
        for (int i = 0; i < BATCH; i++) {
            examples.input(i, MemorySegment.ofArray(row));
            for (int j = 0; j < row.length; j++) {
                rows[i][j] = row[j];
            }
        }
        return rows;
    }

    private static Map<String, double[]> weights(Network network) {
        Map<String, double[]> weights = new LinkedHashMap<>();
        network.weights().forEach((name, tensor) -> {
            if (tensor.type() == StoredTensor.Type.F32) {
                float[] floats = tensor.data().toArray(ValueLayout.JAVA_FLOAT);
                weights.put(
                        name,
                        IntStream.range(0, floats.length)
                                .mapToDouble(i -> floats[i])
                                .toArray());
            }
        });
        return weights;
    }

    private static double[] weight(Network network, String name) {
        return Objects.requireNonNull(weights(network).get(name), name);
    }

    private static void assertSameScores(Network network, Batch batch, double[][] expected, boolean training) {
        float[] scores =
                Tensors.segment(network.forward(batch.inputs(), training)).toArray(ValueLayout.JAVA_FLOAT);
        for (int i = 0; i < BATCH; i++) {
            for (int j = 0; j < expected[i].length; j++) {
                assertThat((double) scores[i * expected[i].length + j]).isCloseTo(expected[i][j], within(2e-6));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("plans")
    void answersAsTheDefinitionsSay(Plan plan) {
        Examples examples = examples(plan.input());
        try (Network network = Network.build(plan, 3);
                Batches batches = new Batches(examples, BATCH);
                PointerScope _ = new PointerScope()) {
            Batch batch = batches.inOrder().iterator().next();
            PlainNetwork fresh = new PlainNetwork(plan, weights(network));
            assertSameScores(network, batch, fresh.forward(rows(examples), false), false);
            assertSameScores(network, batch, fresh.forward(rows(examples), true), true);
            // The pass in training has moved the running statistics, which evaluation now uses.
            PlainNetwork moved = new PlainNetwork(plan, weights(network));
            assertSameScores(network, batch, moved.forward(rows(examples), false), false);
        }
    }

    /** Gradients against central differences of the definitions in double precision, a few of each parameter. */
    @ParameterizedTest
    @MethodSource("plans")
    void gradientsAreTheSlopesOfTheLoss(Plan plan) {
        Examples examples = examples(plan.input());
        try (Network network = Network.build(plan, 3);
                Batches batches = new Batches(examples, BATCH);
                PointerScope _ = new PointerScope()) {
            Batch batch = batches.inOrder().iterator().next();
            Map<String, double[]> weights = weights(network);
            Tensor loss = torch.cross_entropy(network.forward(batch.inputs(), true), batch.targets());
            loss.backward();
            PlainNetwork plain = new PlainNetwork(plan, weights);
            double expected = plain.loss(rows(examples), examples.labels(), true);
            assertThat(loss.item_double()).isCloseTo(expected, within(1e-6));
            SplitMix64 random = new SplitMix64(5);
            for (Parameter parameter : network.parameters()) {
                float[] gradient = parameter.gradient().orElseThrow().toArray(ValueLayout.JAVA_FLOAT);
                for (int i = 0; i < 5; i++) {
                    int at = random.below(gradient.length);
                    double slope = slope(plain, Objects.requireNonNull(weights.get(parameter.name())), at, examples);
                    assertThat((double) gradient[at]).as(parameter.name()).isCloseTo(slope, within(5e-6));
                }
            }
        }
    }

    private static double slope(PlainNetwork plain, double[] weight, int at, Examples examples) {
        double value = weight[at];
        double distance = 1e-6;
        weight[at] = value + distance;
        double above = plain.loss(rows(examples), examples.labels(), true);
        weight[at] = value - distance;
        double below = plain.loss(rows(examples), examples.labels(), true);
        weight[at] = value;
        return (above - below) / (2 * distance);
    }

    /** Momentum 0.1 and the unbiased variance, as in PyTorch. */
    @Test
    void trainingMovesTheRunningStatistics() {
        Plan plan = new Model("norm", List.of(new BatchNorm(), new Linear(4))).plan(Shape.image(2, 2, 3));
        Examples examples = examples(plan.input());
        try (Network network = Network.build(plan, 1);
                Batches batches = new Batches(examples, BATCH);
                PointerScope _ = new PointerScope()) {
            Batch batch = batches.inOrder().iterator().next();
            network.forward(batch.inputs(), false);
            assertThat(weight(network, "norm1.running_mean")).containsOnly(0);
            network.forward(batch.inputs(), true);
            int area = plan.input().area();
            for (int channel = 0; channel < 2; channel++) {
                double mean = PlainNetwork.average(rows(examples), channel, area, 0, 1);
                double variance = PlainNetwork.average(rows(examples), channel, area, mean, 2);
                double unbiased = variance * BATCH * area / (BATCH * area - 1.0);
                assertThat(weight(network, "norm1.running_mean")[channel]).isCloseTo(0.1 * mean, within(1e-7));
                assertThat(weight(network, "norm1.running_var")[channel]).isCloseTo(0.9 + 0.1 * unbiased, within(1e-6));
            }
        }
    }

    @Test
    void dropoutDropsInTrainingAlone() {
        Plan plan = new Model("drop", List.of(new Dropout(0.5), new Linear(4))).plan(Shape.vector(64));
        try (Network network = Network.build(plan, 1);
                Batches batches = new Batches(examples(plan.input()), BATCH);
                PointerScope _ = new PointerScope()) {
            Tensor inputs = batches.inOrder().iterator().next().inputs();
            assertThat(network.forward(inputs, false).equal(network.forward(inputs, false)))
                    .isTrue();
            assertThat(network.forward(inputs, true).equal(network.forward(inputs, true)))
                    .isFalse();
        }
    }

    /** Eighty billion parameters, in matrices each of which might fit. */
    @Test
    void refusesMoreThanTheMachineHolds() {
        int[] hidden = IntStream.generate(() -> 40_000).limit(51).toArray();
        Plan plan = Model.mlp(10, hidden).plan(Shape.vector(10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.build(plan, 1))
                .withMessageContaining("model mlp has 80,")
                .withMessageContaining("MB of this machine");
    }

    @Test
    void theSeedDecidesTheWeights() {
        Plan plan = plans().getLast();
        try (Network first = Network.build(plan, 7);
                Network same = Network.build(plan, 7);
                Network other = Network.build(plan, 8)) {
            assertThat(weights(first)).usingRecursiveComparison().isEqualTo(weights(same));
            assertThat(weight(first, "conv1.weight")).isNotEqualTo(weight(other, "conv1.weight"));
            assertThat(first.parameters())
                    .extracting(Parameter::name)
                    .startsWith("conv1.weight", "conv1.bias", "norm1.weight");
            assertThat(first.parameters().stream().mapToLong(Parameter::size).sum())
                    .isEqualTo(plan.parameters());
        }
    }

    @Test
    void takesOverSavedWeightsOfTheSameModelAlone() {
        Plan plan = plans().getFirst();
        try (Network from = Network.build(plan, 1);
                Network to = Network.build(plan, 2)) {
            Map<String, StoredTensor> saved = from.weights();
            to.load(saved);
            assertThat(weights(to)).usingRecursiveComparison().isEqualTo(weights(from));
            Map<String, StoredTensor> missing = new LinkedHashMap<>(saved);
            missing.remove("linear1.bias");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> to.load(missing))
                    .withMessageContaining("another model");
            Map<String, StoredTensor> misshapen = new LinkedHashMap<>(saved);
            misshapen.put("linear1.bias", saved.get("linear2.bias"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> to.load(misshapen))
                    .withMessageContaining("linear1.bias");
        }
    }
}
