package org.thalweg.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Shape;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.GroupNorm;
import org.thalweg.train.model.layer.InstanceNorm;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.LayerNorm;

/** Which statistics normalisations use, in training and in evaluation. */
class NormsTest {
    private static final Shape SHAPE = Shape.image(4, 3, 5);
    private static final int BATCH = 6;

    static Stream<Layer> everyNorm() {
        return Stream.of(
                new BatchNorm(),
                new BatchNorm(0.25, 1e-5, 0, 1),
                new BatchNorm(0.1, 1e-5, 2, 1),
                new GroupNorm(2),
                new LayerNorm(),
                new InstanceNorm());
    }

    static Stream<BatchNorm> batchNorms() {
        return everyNorm().filter(BatchNorm.class::isInstance).map(BatchNorm.class::cast);
    }

    private static Network network(Layer norm) {
        return Network.build(new Model("norm", List.of(norm)).plan(SHAPE), 1);
    }

    private static Tensor images(int count, double shift) {
        Engine.start();
        torch.manual_seed(Math.round(100 * shift));
        return torch.randn(count, 4, 3, 5).add(new org.bytedeco.pytorch.Scalar(shift));
    }

    private static float[] floats(Tensor tensor) {
        return Tensors.segment(tensor.contiguous()).toArray(ValueLayout.JAVA_FLOAT);
    }

    private static float[] first(Network network, Tensor images, boolean training) {
        return Arrays.copyOf(floats(network.forward(images, training)), SHAPE.size());
    }

    /** In evaluation an example's answer does not depend on its company; in training batch normalisation's does. */
    @ParameterizedTest
    @MethodSource("everyNorm")
    void evaluationLooksAtOneExampleAtATime(Layer norm) {
        try (PointerScope _ = new PointerScope();
                Network network = network(norm)) {
            network.forward(images(BATCH, 0.5), true);
            Tensor alone = images(1, 1);
            Tensor company = torch.cat(vector(alone, images(BATCH - 1, 3)), 0);
            assertThat(first(network, company, false)).containsExactly(first(network, alone, false), within(1e-5f));
            boolean same = Arrays.equals(first(network, company, true), first(network, company, false));
            assertThat(same).isEqualTo(!(norm instanceof BatchNorm));
        }
    }

    private static org.bytedeco.pytorch.TensorVector vector(Tensor... tensors) {
        return new org.bytedeco.pytorch.TensorVector(tensors);
    }

    /** What evaluation does is the formula on the running statistics. */
    @ParameterizedTest
    @MethodSource("batchNorms")
    void evaluationUsesTheRunningStatistics(BatchNorm norm) {
        try (PointerScope _ = new PointerScope();
                Network network = network(norm)) {
            network.forward(images(BATCH, 2), true);
            float[] mean = weight(network, "running_mean");
            float[] variance = weight(network, "running_var");
            Tensor images = images(1, 1);
            float[] in = floats(images);
            float[] out = floats(network.forward(images, false));
            for (int i = 0; i < in.length; i++) {
                int channel = i / SHAPE.area();
                double expected = (in[i] - mean[channel]) / Math.sqrt(variance[channel] + 1e-5);
                assertThat((double) out[i]).isCloseTo(expected, within(1e-5));
            }
            assertThat(weight(network, "running_mean")).isEqualTo(mean);
            assertThat(batches(network)).isEqualTo(1);
        }
    }

    private static float[] weight(Network network, String name) {
        return Objects.requireNonNull(network.weights().get("norm1." + name))
                .data()
                .toArray(ValueLayout.JAVA_FLOAT);
    }

    private static long batches(Network network) {
        return Objects.requireNonNull(network.weights().get("norm1.num_batches_tracked"))
                .data()
                .get(ValueLayout.JAVA_LONG, 0);
    }

    /** Taken again, the statistics are the means over the batches, of each batch's chunks where it has ghosts. */
    @ParameterizedTest
    @MethodSource("batchNorms")
    void statisticsTakenAgainAreMeansOverBatches(BatchNorm norm) {
        List<Batch> batches = new ArrayList<>();
        double[][] moments = new double[2][4];
        try (PointerScope _ = new PointerScope();
                Network network = network(norm)) {
            for (int batch = 0; batch < 3; batch++) {
                Tensor images = images(BATCH, batch);
                batches.add(new Batch(images, images, BATCH));
                int chunk = norm.ghost() == 0 ? BATCH : norm.ghost();
                for (int from = 0; from < BATCH; from += chunk) {
                    addMoments(floats(images), from, chunk, moments, chunk / (3.0 * BATCH));
                }
            }
            network.forward(images(BATCH, 9), true); // to be forgotten
            network.statistics().takeAgain(batches);
            assertClose(weight(network, "running_mean"), moments[0]);
            assertClose(weight(network, "running_var"), moments[1]);
            assertThat(batches(network)).isEqualTo(3);
        }
    }

    private static void addMoments(float[] images, int from, int count, double[][] moments, double share) {
        for (int channel = 0; channel < 4; channel++) {
            int of = channel;
            double[] values = IntStream.range(from, from + count)
                    .boxed()
                    .flatMap(i -> IntStream.range(0, SHAPE.area())
                            .mapToObj(pixel -> (double) images[i * SHAPE.size() + of * SHAPE.area() + pixel]))
                    .mapToDouble(value -> value)
                    .toArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            double unbiased =
                    Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / (values.length - 1);
            moments[0][channel] += share * mean;
            moments[1][channel] += share * unbiased;
        }
    }

    private static void assertClose(float[] actual, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], within(2e-6));
        }
    }

    /** Where nothing runs, nothing is taken again, and keeping is bringing back nothing. */
    @ParameterizedTest
    @MethodSource("everyNorm")
    void statisticsAreBroughtBackToTheLastBit(Layer norm) {
        try (PointerScope _ = new PointerScope();
                Network network = network(norm)) {
            Map<String, List<Byte>> before = bytes(network);
            Tensor images = images(BATCH, 1);
            try (RunningStatistics.Kept _ = network.statistics().keep()) {
                network.statistics().takeAgain(List.of(new Batch(images, images, BATCH)));
                assertThat(bytes(network).equals(before)).isEqualTo(!(norm instanceof BatchNorm));
            }
            assertThat(bytes(network)).isEqualTo(before);
        }
    }

    private static Map<String, List<Byte>> bytes(Network network) {
        Map<String, List<Byte>> bytes = new java.util.HashMap<>();
        network.weights().forEach((name, tensor) -> {
            List<Byte> copy = new ArrayList<>();
            for (byte b : tensor.data().toArray(ValueLayout.JAVA_BYTE)) {
                copy.add(b);
            }
            bytes.put(name, copy);
        });
        return bytes;
    }
}
