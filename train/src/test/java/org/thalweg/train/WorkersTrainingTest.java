package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
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

    private List<Path> runs() {
        try (Stream<Path> found = Files.list(folder.resolve("together"))) {
            return found.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
