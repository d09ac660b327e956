package org.thalweg.train.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Accumulation;
import org.thalweg.train.Course;
import org.thalweg.train.Extras;
import org.thalweg.train.NoiseMeasurement;
import org.thalweg.train.Recording;
import org.thalweg.train.SavedRun;
import org.thalweg.train.Training;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.TrainingResult;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Linear;

/** The noise of a network's gradients, and that to measure it changes nothing. */
class NoiseProbeTest {
    private static final Model MODEL =
            new Model("small", List.of(new Linear(12), new BatchNorm(), new Relu(), new Linear(10)));

    private static Dataset digits;

    @TempDir
    Path runs;

    @BeforeAll
    static void load() {
        digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0.1, 0.2, 1));
    }

    /** What all single examples' gradients come to, each by itself and in double precision. */
    private record Population(double meanSquare, double trace) {
        static Population of(Network network, Dataset data) {
            try (Batches single = new Batches(data.train(), 1)) {
                double[] sum = new double[0];
                double squares = 0;
                for (Batch example : single.inOrder()) {
                    double[] gradient = gradient(network, example);
                    sum = sum.length == 0 ? new double[gradient.length] : sum;
                    for (int i = 0; i < gradient.length; i++) {
                        sum[i] += gradient[i];
                        squares += gradient[i] * gradient[i];
                    }
                }
                int count = data.train().count();
                double meanSquare = 0;
                for (double each : sum) {
                    meanSquare += each / count * (each / count);
                }
                return new Population(meanSquare, (squares - count * meanSquare) / (count - 1));
            }
        }

        private static double[] gradient(Network network, Batch example) {
            try (PointerScope _ = new PointerScope()) {
                network.zeroGradients();
                new CrossEntropy()
                        .mean(network.forward(example.inputs(), true), example.targets())
                        .backward();
                return network.parameters().stream()
                        .map(Parameter::gradient)
                        .map(Optional::orElseThrow)
                        .flatMapToDouble(NoiseProbeTest::numbers)
                        .toArray();
            }
        }
    }

    private static DoubleStream numbers(MemorySegment gradient) {
        return LongStream.range(0, gradient.byteSize() / Float.BYTES)
                .mapToDouble(i -> gradient.getAtIndex(ValueLayout.JAVA_FLOAT, i));
    }

    /**
     * Batches are drawn without replacement, so that the covariance is that of all N examples with N - 1 as its divisor, and the
     * squared mean falls short of theirs by {@code tr(Sigma) / N}.
     */
    @Test
    void measuresWhatSingleExamplesSay() {
        Model model = new Model("plain", List.of(new Linear(12), new Relu(), new Linear(10)));
        try (Network network = Network.build(model.plan(digits.shape()), 4)) {
            Population all = Population.of(network, digits);
            double signal = all.meanSquare() - all.trace() / digits.train().count();
            NoiseScale scale = new NoiseMeasurement(61, 4, 400).of(network, new CrossEntropy(), digits, 9);
            assertThat(scale.examples()).isCloseTo(all.trace() / signal, within(4 * scale.standardError()));
            assertThat(scale.standardError()).isLessThan(0.03 * scale.examples());
            assertThat(scale.trace()).isCloseTo(all.trace(), within(0.02 * all.trace()));
            assertThat(scale.signal()).isCloseTo(signal, within(0.03 * signal));
        }
    }

    private TrainingResult run(String name, Recording recording) {
        TrainingConfig config = new TrainingConfig(MODEL, new AdamW(), Schedule.constant(0.01), 3, 32, 1)
                .with(Extras.NONE.with(new Accumulation(1, 12)))
                .with(Course.PLAIN.withRecording(recording));
        return Training.run(config, digits, runs.resolve(name), TrainingListener.NONE);
    }

    @Test
    void aRunThatIsMeasuredLearnsTheSameBits() throws IOException {
        TrainingResult plain = run("plain", Recording.PLAIN);
        TrainingResult measured = run("measured", new Recording(0, 2, false));
        assertThat(measured.run().resolve("weights.safetensors"))
                .hasSameBinaryContentAs(plain.run().resolve("weights.safetensors"));
        assertThat(plain.noise()).isEmpty();
        NoiseScale scale = measured.noise().orElseThrow();
        assertThat(scale.measurements()).isEqualTo(1 + 117 / 2);
        assertThat(scale.batch()).isEqualTo(32);
        assertThat(scale.examples()).isPositive();
        assertThat(Files.readAllLines(measured.run().resolve("metrics.jsonl")).stream()
                        .filter(line -> line.contains("\"type\":\"noise\"")))
                .hasSize(1 + 117 / 2)
                .allMatch(line -> line.contains("\"pieces\":3"));
        assertThat(Training.resume(measured.run(), digits, TrainingListener.NONE)
                        .noise())
                .contains(scale);
    }

    @Test
    void aTrainedRunIsMeasuredWithoutChange() throws IOException {
        TrainingResult result = run("trained", Recording.PLAIN);
        SavedRun saved = SavedRun.read(result.run());
        try (Network network = saved.network(result.run(), digits.shape())) {
            NoiseMeasurement measurement = new NoiseMeasurement(128, 4, 10);
            NoiseScale scale = measurement.of(network, saved.config().loss(), digits, 1);
            // running statistics, too, are as before: a second measurement sees the same
            assertThat(measurement.of(network, saved.config().loss(), digits, 1))
                    .isEqualTo(scale);
        }
        Files.delete(result.run().resolve("weights.safetensors"));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> saved.network(result.run(), digits.shape()))
                .withMessageContaining("no trained weights yet");
    }

    @Test
    void noiseNeedsPieces() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NoiseMeasurement(64, 1, 10))
                .withMessage("a batch of 64 examples is measured in 2 to 64 pieces, not 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new NoiseMeasurement(64, 2, 1));
        TrainingConfig whole = new TrainingConfig(MODEL, new AdamW(), Schedule.constant(0.01), 1, 32, 1)
                .with(Course.PLAIN.withRecording(new Recording(0, 1, false)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Training.run(whole, digits, runs, TrainingListener.NONE))
                .withMessageContaining("--accumulate 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Training.run(
                        whole.with(Extras.NONE.with(new Accumulation(1, 1))), digits, runs, TrainingListener.NONE))
                .withMessageContaining("pieces of it, of 2 or more");
    }

    @Test
    void partsFollowTheBatch() {
        Accumulation accumulation = new Accumulation(2, 100);
        assertThat(accumulation.of(50)).isEqualTo(2);
        assertThat(accumulation.of(200)).isEqualTo(2);
        assertThat(accumulation.of(201)).isEqualTo(3);
        assertThat(accumulation.of(8192)).isEqualTo(82);
        assertThat(Accumulation.WHOLE.of(8192)).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Accumulation(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Accumulation(1, -1));
    }
}
