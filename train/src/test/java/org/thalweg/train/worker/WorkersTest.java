package org.thalweg.train.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.train.engine.Tensors;

class WorkersTest {
    private static float[] floats(Tensor tensor) {
        return Tensors.segment(tensor).toArray(ValueLayout.JAVA_FLOAT);
    }

    private static Tensor tensor(float... values) {
        Tensor tensor = Tensors.zeros(ScalarType.Float, values.length);
        Tensors.segment(tensor).copyFrom(MemorySegment.ofArray(values));
        return tensor;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void sumsAndCopiesOverAll(int size) {
        List<float[]> sums = Gang.run(size, workers -> {
            try (PointerScope _ = new PointerScope()) {
                Tensor tensor = tensor(1, workers.rank(), -0.5f);
                workers.allReduce(tensor).await();
                return floats(tensor);
            }
        });
        assertThat(sums).allSatisfy(sum -> assertThat(sum).containsExactly(size, size * (size - 1) / 2f, -0.5f * size));

        List<float[]> copies = Gang.run(size, workers -> {
            try (PointerScope _ = new PointerScope()) {
                Tensor tensor = tensor(workers.rank(), 7);
                workers.broadcast(tensor, size - 1).await();
                return floats(tensor);
            }
        });
        assertThat(copies).allSatisfy(copy -> assertThat(copy).containsExactly(size - 1, 7));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void scattersSumsAndGathersParts(int size) {
        List<float[]> parts = Gang.run(size, workers -> {
            try (PointerScope _ = new PointerScope()) {
                float[] values = new float[2 * size];
                for (int i = 0; i < values.length; i++) {
                    values[i] = i + 100 * workers.rank();
                }
                Tensor part = Tensors.zeros(ScalarType.Float, 2);
                workers.reduceScatter(part, tensor(values));
                Tensor whole = Tensors.zeros(ScalarType.Float, 2L * size);
                workers.allGather(whole, part).await();
                return floats(whole);
            }
        });
        float hundreds = 100 * (size * (size - 1) / 2f);
        float[] expected = new float[2 * size];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = size * i + hundreds;
        }
        assertThat(parts).allSatisfy(whole -> assertThat(whole).containsExactly(expected));
    }

    @Test
    void partsOfDifferentLengthsGoToTheirOwners() {
        List<float[]> received = Gang.run(3, workers -> {
            try (PointerScope _ = new PointerScope()) {
                long[] lengths = {1, 0, 2};
                Tensor sent = tensor(10 * workers.rank(), 10 * workers.rank() + 1, 10 * workers.rank() + 2);
                Tensor mine = Tensors.zeros(ScalarType.Float, 3 * lengths[workers.rank()]);
                workers.allToAll(mine, sent, lengths).await();
                return floats(mine);
            }
        });
        assertThat(received.get(0)).containsExactly(0, 10, 20);
        assertThat(received.get(1)).isEmpty();
        assertThat(received.get(2)).containsExactly(1, 2, 11, 12, 21, 22);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void tellsNumbersAndTexts(int size) {
        List<List<String>> told = Gang.run(size, workers -> {
            String text = "é".repeat(workers.rank()) + workers.rank();
            byte[] first = workers.fromLeader(("from " + workers.rank()).getBytes(StandardCharsets.UTF_8));
            assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("from 0");
            assertThat(workers.sum(1, 0.5)).containsExactly(size, size * 0.5);
            assertThat(workers.any(workers.rank() == size - 1)).isTrue();
            assertThat(workers.any(false)).isFalse();
            return workers.all(text);
        });
        List<String> expected =
                IntStream.range(0, size).mapToObj(i -> "é".repeat(i) + i).toList();
        assertThat(told).allSatisfy(texts -> assertThat(texts).isEqualTo(expected));
    }
}
