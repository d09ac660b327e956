package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.thalweg.train.engine.Tensors;

class DatasetTest {
    /** Examples with two channels of two numbers; example i holds i in the first channel and 5 in the second. */
    private static Examples counting(int count) {
        MemorySegment features = MemoryExamples.floats(count * 4L);
        for (int i = 0; i < count * 4; i++) {
            features.setAtIndex(ValueLayout.JAVA_FLOAT, i, i % 4 < 2 ? i / 4 : 5);
        }
        return MemoryExamples.classes(
                Shape.image(2, 1, 2), 1000, features, IntStream.range(0, count).toArray());
    }

    @Test
    void splitsWithoutSharingAnExample() {
        Corpus corpus = new ExampleCorpus("counting", counting(50), Optional.empty());
        Dataset data = Dataset.of(corpus, new Split(0.1, 0.2, 3));
        assertThat(data.test().count()).isEqualTo(10);
        assertThat(data.validation().orElseThrow().count()).isEqualTo(5);
        List<Integer> all = new ArrayList<>();
        for (Examples part : List.of(data.train(), data.validation().orElseThrow(), data.test())) {
            IntStream.of(part.labels()).forEach(all::add);
        }
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 50).boxed().toList());
        assertThat(Dataset.of(corpus, new Split(0.1, 0.2, 3)).test().labels())
                .isEqualTo(data.test().labels());
        assertThat(Dataset.of(corpus, new Split(0.1, 0.2, 4)).test().labels())
                .isNotEqualTo(data.test().labels());
    }

    @Test
    void standardisesByTheTrainingPartAlone() {
        Dataset data =
                Dataset.of(new ExampleCorpus("counting", counting(50), Optional.empty()), new Split(0.1, 0.2, 3));
        int[] labels = data.train().labels();
        double mean = IntStream.of(labels).average().orElseThrow();
        double variance = IntStream.of(labels)
                .mapToDouble(label -> (label - mean) * (label - mean))
                .average()
                .orElseThrow();
        for (Examples part : List.of(data.train(), data.test())) {
            float[] row = new float[4];
            for (int i = 0; i < part.count(); i++) {
                double expected = (part.labels()[i] - mean) / Math.sqrt(variance);
                part.input(i, MemorySegment.ofArray(row));
                assertThat(row[0]).isCloseTo((float) expected, within(1e-5f));
                assertThat(row[3]).isZero();
            }
        }
    }

    @Test
    void keepsThePublishedTestPart() {
        Dataset data = Dataset.of(new ExampleCorpus("both", counting(20), Optional.of(counting(7))), new Split(1));
        assertThat(data.train().labels()).isEqualTo(IntStream.range(0, 20).toArray());
        assertThat(data.test().count()).isEqualTo(7);
        assertThat(data.validation()).isEmpty();
    }

    @Test
    void refusesEmptyParts() {
        Corpus corpus = new ExampleCorpus("counting", counting(4), Optional.empty());
        assertThatIllegalArgumentException().isThrownBy(() -> Dataset.of(corpus, new Split(0, 0.1, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Dataset.of(corpus, new Split(0.5, 0.5, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Split(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Split(Double.NaN, 0.2, 1));
    }

    @Test
    void batchesHoldTheirExamples() {
        Examples examples = counting(10);
        try (Batches batches = new Batches(examples, 4);
                PointerScope _ = new PointerScope()) {
            List<Long> seen = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            for (Batch batch : batches.inOrder()) {
                long[] labels = Tensors.segment(batch.targets()).toArray(ValueLayout.JAVA_LONG);
                float[] inputs = Tensors.segment(batch.inputs()).toArray(ValueLayout.JAVA_FLOAT);
                assertThat(Tensors.shape(batch.inputs())).containsExactly(batch.count(), 2, 1, 2);
                for (int i = 0; i < labels.length; i++) {
                    seen.add(labels[i]);
                    assertThat((long) inputs[4 * i]).isEqualTo(labels[i]);
                }
                sizes.add(batch.count());
            }
            assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
            assertThat(sizes).containsExactly(4, 4, 2);
        }
    }

    @Test
    void anEpochIsAPermutationInWholeBatches() {
        try (Batches batches = new Batches(counting(10), 4);
                PointerScope _ = new PointerScope()) {
            int[] order = SplitMix64.stream(5, 2).permutation(10);
            List<Long> seen = new ArrayList<>();
            for (Batch batch : batches.shuffled(5, 2)) {
                for (long label : Tensors.segment(batch.targets()).toArray(ValueLayout.JAVA_LONG)) {
                    seen.add(label);
                }
            }
            assertThat(seen)
                    .containsExactlyElementsOf(
                            IntStream.of(order).limit(8).mapToObj(Long::valueOf).toList());
        }
    }

    @Test
    void aPassGoesOnFromWhereItWasInBatchesOfAnySize() {
        try (Batches batches = new Batches(counting(20), 8);
                PointerScope _ = new PointerScope()) {
            int[] order = SplitMix64.stream(5, 2).permutation(20);
            int[] sizes = {3, 8, 1, 4, 5};
            List<Long> seen = new ArrayList<>();
            List<Integer> counts = new ArrayList<>();
            for (Batch batch : batches.shuffled(5, 2, 2, number -> sizes[number])) {
                counts.add(batch.count());
                for (long label : Tensors.segment(batch.targets()).toArray(ValueLayout.JAVA_LONG)) {
                    seen.add(label);
                }
            }
            assertThat(counts).containsExactly(3, 8, 1, 4);
            assertThat(seen)
                    .containsExactlyElementsOf(IntStream.of(order)
                            .skip(2)
                            .limit(16)
                            .mapToObj(Long::valueOf)
                            .toList());
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(
                            () -> batches.shuffled(5, 2, 0, _ -> 9).iterator().next());
        }
    }

    @Test
    void refusesBatchSizesOutOfRange() {
        for (int size : new int[] {0, -1, 11, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Batches(counting(10), size))
                    .withMessageContaining("from 1 to the 10 training examples");
        }
    }
}
