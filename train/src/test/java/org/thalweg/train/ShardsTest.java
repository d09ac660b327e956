package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Fitting;
import org.thalweg.train.data.Order;
import org.thalweg.train.data.Parts;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Shards;
import org.thalweg.train.data.Share;
import org.thalweg.train.data.Split;
import org.thalweg.train.data.Standardisation;
import org.thalweg.train.data.Task;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.StoredTensor;
import org.thalweg.train.model.layer.Activation.Tanh;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.run.Safetensors;
import org.thalweg.train.worker.Gang;
import org.thalweg.train.worker.Workers;

/** Workers who each hold their own rows train what one trains who holds all, and goes through them as the workers do together. */
class ShardsTest {
    private static final Model SMOOTH =
            new Model("smooth", List.of(new Linear(16), new Tanh(), new Linear(16), new Tanh(), new Linear(10)));

    private static final Split SPLIT = new Split(0.1, 0.2, 1);

    private static Dataset raw;

    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        raw = Dataset.of(Corpus.load("digits", Optional.empty()), SPLIT, Optional.of(new Fitting.None()), List.of());
    }

    /** What a worker holds. */
    private static Shards shards(Share share, int of) {
        int[] own = IntStream.range(0, of)
                .filter(row -> row % share.pieces() == share.piece())
                .toArray();
        Optional<Shards.Aside> aside =
                share.piece() == 0 ? Optional.of(new Shards.Aside(raw.validation(), raw.test())) : Optional.empty();
        return new Shards("digits", raw.train().select(own), aside, List.of(), new Fitting.Standardise(), SPLIT);
    }

    private static Dataset dataset(Workers workers) {
        return shards(workers.share(), raw.train().count()).dataset(workers);
    }

    /** All rows, in the order in which so many workers go through theirs: place p is the next of worker p mod M. */
    private record Interleaved(Examples all, int workers) implements Examples {
        @Override
        public Shape shape() {
            return all.shape();
        }

        @Override
        public Task task() {
            return all.task();
        }

        @Override
        public int count() {
            return all.count();
        }

        @Override
        public void input(int row, MemorySegment slot) {
            all.input(row, slot);
        }

        @Override
        public void target(int row, MemorySegment slot) {
            all.target(row, slot);
        }

        @Override
        public Order order(IntFunction<int[]> permutation, Share share) {
            int[][] hands = IntStream.range(0, workers)
                    .mapToObj(worker -> permutation.apply((count() - worker + workers - 1) / workers))
                    .toArray(int[][]::new);
            int[] rows = IntStream.range(0, count())
                    .map(place -> hands[place % workers][place / workers] * workers + place % workers)
                    .toArray();
            return new Order.Cut(rows, share);
        }
    }

    private static TrainingConfig config(String rule, int batch, Course course) {
        return new TrainingConfig(SMOOTH, Rules.parse(rule), Schedule.parse("0.01"), 3, batch, 1).with(course);
    }

    private Dataset interleaved(int workers) {
        Dataset data = Dataset.of(Corpus.load("digits", Optional.empty()), SPLIT);
        return new Dataset(
                data.name(),
                new Parts(new Interleaved(data.train(), workers), data.validation(), data.test()),
                data.form(),
                List.of(),
                data.split(),
                "",
                Optional.empty());
    }

    private static double distance(TrainingResult one, TrainingResult other) {
        double apart = 0;
        double length = 0;
        Map<String, StoredTensor> others = Safetensors.read(other.run().resolve("weights.safetensors"));
        for (Map.Entry<String, StoredTensor> weight :
                Safetensors.read(one.run().resolve("weights.safetensors")).entrySet()) {
            float[] here = weight.getValue().data().toArray(ValueLayout.JAVA_FLOAT);
            float[] there =
                    Objects.requireNonNull(others.get(weight.getKey())).data().toArray(ValueLayout.JAVA_FLOAT);
            for (int i = 0; i < here.length; i++) {
                apart += Math.pow((double) here[i] - there[i], 2);
                length += Math.pow(here[i], 2);
            }
        }
        return Math.sqrt(apart / length);
    }

    @ParameterizedTest
    @CsvSource({"2, 64, false", "3, 50, true", "4, 33, false"})
    void workers_with_rows_of_their_own_train_what_one_trains_in_their_order(int size, int batch, boolean keepLast) {
        TrainingConfig config = config("adamw", batch, Course.PLAIN.withKeepLast(keepLast));
        TrainingResult one = Training.run(config, interleaved(size), folder.resolve("alone"), TrainingListener.NONE);
        List<TrainingResult> all = Gang.run(
                size,
                workers -> Training.run(
                        config, dataset(workers), folder.resolve("together"), TrainingListener.NONE, workers));
        assertThat(all.getFirst().steps()).isEqualTo(one.steps());
        assertThat(distance(one, all.getFirst())).isLessThan(1e-6);
        assertThat(all).allSatisfy(result -> assertThat(result.testLoss()).isCloseTo(one.testLoss(), within(1e-5)));
        TrainingResult usual = Training.run(
                config,
                Dataset.of(Corpus.load("digits", Optional.empty()), SPLIT),
                folder.resolve("usual"),
                TrainingListener.NONE);
        assertThat(distance(one, usual)).as("another order is told apart").isGreaterThan(1e-3);
    }

    @Test
    void preprocessing_is_fitted_on_all_rows() {
        Standardisation whole = Standardisation.fit(raw.train());
        List<Dataset> parts = Gang.run(3, ShardsTest::dataset);
        for (Dataset part : parts) {
            Standardisation found = (Standardisation) part.preprocessing();
            assertThat(part.json()).isEqualTo(parts.getFirst().json());
            for (int i = 0; i < whole.means().size(); i++) {
                assertThat(found.means().get(i)).isCloseTo(whole.means().get(i), within(1e-9));
                assertThat(found.deviations().get(i))
                        .isCloseTo(whole.deviations().get(i), within(1e-9));
            }
        }
    }

    @Test
    void rows_that_were_not_dealt_round_are_refused() {
        assertThatThrownBy(() -> Gang.run(
                        2,
                        workers -> shards(workers.share(), workers.rank() == 0 ? 100 : 90)
                                .dataset(workers)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("of 95 rows worker 0 should have 48, but it has 50: deal them round");
    }

    @Test
    void whitening_needs_all_rows_in_one_place() {
        assertThatThrownBy(() ->
                        new Shards("digits", raw.train(), Optional.empty(), List.of(), new Fitting.Pca(4, 1e-3), SPLIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pca");
    }
}
