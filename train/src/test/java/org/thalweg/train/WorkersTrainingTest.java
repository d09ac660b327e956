package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.StoredTensor;
import org.thalweg.train.model.layer.Activation.Tanh;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Conv2d;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.noise.NoiseScale;
import org.thalweg.train.run.Safetensors;
import org.thalweg.train.worker.Gang;

/** Several workers train what one trains. */
class WorkersTrainingTest {
    /** Without batch statistics and dropout; of smooth functions, so that rounding stays rounding. */
    private static final Model SMOOTH = new Model(
            "smooth", List.of(new Conv2d(4, 3, 0, 2), new Tanh(), new Linear(16), new Tanh(), new Linear(10)));

    private static final double BOUND = 1e-6;

    private static Dataset digits;

    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0.1, 0.2, 1));
    }

    private static TrainingConfig config(String rule, int batch) {
        return new TrainingConfig(SMOOTH, Rules.parse(rule), Schedule.parse("0.01"), 2, batch, 1);
    }

    private TrainingResult alone(TrainingConfig config) {
        return Training.run(config, digits, folder.resolve("alone"), TrainingListener.NONE);
    }

    private List<TrainingResult> together(int size, TrainingConfig config) {
        return Gang.run(
                size,
                workers -> Training.run(config, digits, folder.resolve("together"), TrainingListener.NONE, workers));
    }

    private static Map<String, StoredTensor> weights(TrainingResult result) {
        return Safetensors.read(result.run().resolve("weights.safetensors"));
    }

    /** The distance between two runs' weights as a share of their length. */
    private static double distance(TrainingResult one, TrainingResult other) {
        double apart = 0;
        double length = 0;
        Map<String, StoredTensor> others = weights(other);
        for (Map.Entry<String, StoredTensor> weight : weights(one).entrySet()) {
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
    @CsvSource({"2, sgd, 64", "2, adamw, 64", "3, momentum, 50", "4, lamb, 33", "3, clip-by-global-norm + sgd, 64"})
    void workersTrainWhatOneTrains(int size, String rule, int batch) {
        TrainingConfig config = config(rule, batch);
        TrainingResult one = alone(config);
        List<TrainingResult> all = together(size, config);
        assertThat(distance(one, all.getFirst())).isLessThan(BOUND);
        assertThat(all.getFirst().testLoss()).isCloseTo(one.testLoss(), org.assertj.core.data.Offset.offset(1e-5));
        assertThat(all)
                .allSatisfy(result ->
                        assertThat(result.testLoss()).isEqualTo(all.getFirst().testLoss()));
        assertThat(runs()).hasSize(1);
    }

    /** Workers' pieces of a batch, each in a part or two, are the parts of one worker's. */
    @ParameterizedTest
    @CsvSource({"2, 1, 64", "3, 2, 66"})
    void workersMeasureTheNoiseThatOneMeasures(int size, int parts, int batch) {
        TrainingConfig measured = config("sgd", batch).with(Course.PLAIN.withRecording(new Recording(0, 3, false)));
        TrainingResult one = alone(measured.with(Extras.NONE.withParts(size * parts)));
        TrainingResult all =
                together(size, measured.with(Extras.NONE.withParts(parts))).getFirst();
        NoiseScale expected = one.noise().orElseThrow();
        NoiseScale found = all.noise().orElseThrow();
        assertThat(found.measurements()).isEqualTo(expected.measurements()).isGreaterThan(5);
        assertThat(found.batch()).isEqualTo(batch);
        assertThat(found.trace()).isCloseTo(expected.trace(), withinPercentage(0.01));
        assertThat(found.signal()).isCloseTo(expected.signal(), withinPercentage(0.01));
        assertThat(distance(one, all)).isLessThan(BOUND);
    }

    @ParameterizedTest
    @CsvSource({"2, adamw, 64", "3, clip-by-global-norm + lamb, 50", "4, momentum, 33"})
    void stateMayBeKeptInParts(int size, String rule, int batch) {
        TrainingConfig config = config(rule, batch);
        TrainingResult sharded = together(size, config.with(Sharing.PLAIN.withShardedState(true)))
                .getFirst();
        assertThat(distance(alone(config), sharded)).isLessThan(BOUND);
    }

    @ParameterizedTest
    @CsvSource({"2, false", "3, true"})
    void gradientsMayBeSentInHalfTheBytes(int size, boolean sharded) {
        TrainingConfig config = config("sgd", 64);
        Sharing half = new Sharing(Sharing.Norms.LOCAL, sharded, Sharing.Wire.BFLOAT16);
        double apart = distance(alone(config), together(size, config.with(half)).getFirst());
        assertThat(apart).isBetween(1e-6, 1e-3); // rounded, but no more than that
    }

    /** Networks with batch statistics: joint ones are those of a worker by itself, in training and in evaluation. */
    @ParameterizedTest
    @CsvSource({"2, 64", "3, 50"})
    void batchNormalisationMayGoByTheWholeBatch(int size, int batch) {
        Model normalised = new Model(
                "normalised",
                List.of(
                        new Conv2d(4, 3, 0, 2),
                        new BatchNorm(),
                        new Tanh(),
                        new Linear(8),
                        new BatchNorm(),
                        new Linear(10)));
        TrainingConfig config = new TrainingConfig(normalised, Rules.parse("sgd"), Schedule.parse("0.05"), 2, batch, 1);
        TrainingResult one = alone(config);
        TrainingResult joint = together(size, config.with(Sharing.PLAIN.with(Sharing.Norms.SYNC)))
                .getFirst();
        TrainingResult local = together(size, config).getFirst();
        assertThat(distance(one, joint)).isLessThan(1e-5);
        assertThat(distance(one, local)).isGreaterThan(1e-3);
    }

    /** A run that goes on with another number of workers, and another way to share its state, ends as if it had not stopped. */
    @Test
    void anotherNumberOfWorkersGoesOn() {
        TrainingConfig config = config("adamw", 64).with(Sharing.PLAIN.withShardedState(true));
        TrainingResult whole = alone(config);
        Path stopped = Gang.run(2, workers -> {
                    TrainingListener stop = new StopAt(20, workers.rank() == 1);
                    try {
                        Training.run(config, digits, folder.resolve("together"), stop, workers);
                        throw new AssertionError("it did not stop");
                    } catch (StoppedException e) {
                        return runs().getFirst();
                    }
                })
                .getFirst();
        List<TrainingResult> three =
                Gang.run(3, workers -> Training.resume(stopped, digits, TrainingListener.NONE, workers));
        assertThat(three.getFirst().steps()).isEqualTo(whole.steps());
        assertThat(distance(whole, three.getFirst())).isLessThan(BOUND);
    }

    /** Asks for a stop after a step, if it is the one to ask. */
    private static final class StopAt implements TrainingListener {
        private final long step;
        private final boolean asks;
        private boolean asked;

        StopAt(long step, boolean asks) {
            this.step = step;
            this.asks = asks;
        }

        @Override
        public void stepped(StepMetrics metrics) {
            asked = asks && metrics.step() == step;
        }

        @Override
        public boolean stopAsked() {
            return asked;
        }
    }

    /** Of two workers that are to train something else, each is told which and in what. */
    @Test
    void workersThatDifferAreTold() {
        assertThatThrownBy(() -> Gang.run(
                        2,
                        workers -> Training.run(
                                config("sgd", workers.rank() == 0 ? 64 : 32),
                                digits,
                                folder,
                                TrainingListener.NONE,
                                workers)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("worker 1 is not to train what worker 0 is to: batch 32, not 64");
    }

    private List<Path> runs() {
        try (Stream<Path> found = Files.list(folder.resolve("together"))) {
            return found.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
