package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.run.Checkpoints;
import org.thalweg.train.run.Document;
import org.thalweg.train.run.Safetensors;

/** Where a run goes between its first step and its last. */
class CourseTest {
    private static final Model MODEL =
            new Model("small", List.of(new Linear(16), new BatchNorm(), new Relu(), new Linear(10)));

    private static Dataset digits;

    @TempDir
    Path runs;

    @BeforeAll
    static void load() {
        digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0.1, 0.2, 1));
    }

    private static TrainingConfig config(Schedule rate, int epochs) {
        return new TrainingConfig(MODEL, new AdamW(), rate, epochs, 32, 1);
    }

    /** Remembers everything. */
    private static final class Notes implements TrainingListener {
        final List<StepMetrics> steps = new ArrayList<>();
        final List<EpochMetrics> epochs = new ArrayList<>();
        final List<String> remarks = new ArrayList<>();

        @Override
        public void stepped(StepMetrics metrics) {
            steps.add(metrics);
        }

        @Override
        public void epochEnded(EpochMetrics metrics) {
            epochs.add(metrics);
        }

        @Override
        public void remark(String sentence) {
            remarks.add(sentence);
        }
    }

    /** A rate so high from epoch 3 on that nothing gets better any more. */
    @Test
    void stopsEarlyWithTheBestEpochsWeights() {
        Notes notes = new Notes();
        Schedule ruin = Schedule.parse("0.005.then(78, 5)");
        TrainingConfig config = config(ruin, 20)
                .with(Course.PLAIN.withStopping(new EarlyStopping(3)).withSaving(new Saving(0, 1)));
        TrainingResult result = Training.run(config, digits, runs, notes);
        List<Double> losses = notes.epochs.stream()
                .map(e -> e.validation().orElseThrow().loss())
                .toList();
        int best = losses.indexOf(losses.stream().min(Double::compare).orElseThrow()) + 1;
        assertThat(result.bestEpoch()).contains(best);
        assertThat(result.epochs()).isEqualTo(best + 3).isLessThan(20);
        assertThat(notes.epochs).hasSize(best + 3);
        assertThat(result.testLoss())
                .isEqualTo(notes.epochs.get(best - 1).test().loss());
        assertThat(result.testLoss()).isNotEqualTo(notes.epochs.getLast().test().loss());
        try (Network network = Network.build(MODEL.plan(digits.shape()), 99);
                Evaluation evaluation = new Evaluation(network, digits.test())) {
            network.load(Safetensors.read(result.run().resolve("weights.safetensors")));
            assertThat(evaluation.score().loss()).isEqualTo(result.testLoss());
        }
        assertThat(new Checkpoints(result.run()).steps()).containsExactly((best + 3) * 39L, best * 39L);
    }

    @Test
    void earlyStoppingNeedsSomethingToWatch() {
        TrainingConfig config = config(Schedule.constant(0.01), 2);
        Dataset unsplit = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0, 0.2, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Training.run(
                        config.with(Course.PLAIN.withStopping(new EarlyStopping(1))), unsplit, runs, new Notes()))
                .withMessageContaining("set some aside");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Training.run(
                        config.with(Course.PLAIN.withStopping(new EarlyStopping(1, "f1"))), digits, runs, new Notes()))
                .withMessageContaining("no metric 'f1'; choose one of loss, accuracy, top5");
        assertThatIllegalArgumentException().isThrownBy(() -> new EarlyStopping(0));
    }

    @Test
    void batchesFollowTheirSchedule() {
        Notes notes = new Notes();
        Schedule sizes = Schedule.parse("20.then(10, 100)");
        TrainingConfig config = config(Schedule.constant(0.01), 3).with(Course.PLAIN.withBatches(sizes));
        TrainingResult result = Training.run(config, digits, runs, notes);
        // Of 1,258 examples: 10 batches of 20 and 10 of 100, then 12 of 100 in each epoch.
        assertThat(result.steps()).isEqualTo(20 + 12 + 12).isEqualTo(config.steps(digits));
        assertThat(notes.steps.stream().filter(step -> step.epoch() == 1)).hasSize(20);
        assertThat(notes.steps.stream().filter(step -> step.epoch() == 2)).hasSize(12);
        TrainingConfig large = config.with(Course.PLAIN.withBatches(Schedule.parse("32.then(50, 1259)")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Training.run(large, digits, runs, notes))
                .withMessageContaining("1,258 training examples, but gives 1,259 after 50 batches");
    }

    /** The answer of the ensemble against its definition, in double precision. */
    @Test
    void snapshotsAnswerTogetherAsTheMeanOfTheirProbabilities() {
        Schedule cycles = Schedule.warmRestarts(0.01, 39, 1);
        TrainingConfig config = config(cycles, 3).with(Course.PLAIN.withSnapshots(3));
        TrainingResult result = Training.run(config, digits, runs, new Notes());
        double[][] mean = new double[digits.test().count()][10];
        for (int snapshot = 1; snapshot <= 3; snapshot++) {
            addProbabilities(result.run().resolve("snapshots/%d.safetensors".formatted(snapshot)), mean);
        }
        int[] labels = digits.test().labels();
        double loss = 0;
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            loss -= Math.log(mean[i][labels[i]] / 3) / labels.length;
            int answer = 0;
            for (int c = 1; c < 10; c++) {
                answer = mean[i][c] > mean[i][answer] ? c : answer;
            }
            right += answer == labels[i] ? 1 : 0;
        }
        Score ensemble = result.ensemble().orElseThrow();
        assertThat(ensemble.loss()).isCloseTo(loss, within(1e-5));
        assertThat(ensemble.accuracy()).isEqualTo((double) right / labels.length);
        assertThat(ensemble.loss()).isNotEqualTo(result.testLoss());
    }

    @Test
    void aRunThatEndsEarlyHasFewerSnapshots() {
        Schedule ruin = Schedule.parse("0.005.then(78, 5)");
        Course course = Course.PLAIN.withSnapshots(20).withStopping(new EarlyStopping(3));
        TrainingResult result = Training.run(config(ruin, 20).with(course), digits, runs, new Notes());
        assertThat(result.epochs()).isLessThan(20);
        assertThat(result.run().resolve("snapshots"))
                .isDirectoryContaining("glob:**/%d.safetensors".formatted(result.epochs()));
        assertThat(result.run().resolve("snapshots/%d.safetensors".formatted(result.epochs() + 1)))
                .doesNotExist();
        assertThat(result.ensemble()).isPresent();
    }

    private static void addProbabilities(Path weights, double[][] sums) {
        try (Network network = Network.build(MODEL.plan(digits.shape()), 99);
                Batches batches = new Batches(digits.test(), 50)) {
            network.load(Safetensors.read(weights));
            int row = 0;
            for (Batch batch : batches.inOrder()) {
                try (PointerScope _ = new PointerScope()) {
                    MemorySegment outputs = Tensors.segment(
                            network.forward(batch.inputs(), false).contiguous());
                    for (int i = 0; i < batch.count(); i++, row++) {
                        double[] powers = new double[10];
                        double sum = 0;
                        for (int c = 0; c < 10; c++) {
                            powers[c] = Math.exp(outputs.getAtIndex(ValueLayout.JAVA_FLOAT, i * 10L + c));
                            sum += powers[c];
                        }
                        for (int c = 0; c < 10; c++) {
                            sums[row][c] += powers[c] / sum;
                        }
                    }
                }
            }
        }
    }

    /** A rate that bursts once the run has come to step 51, and not at an eighth of it. */
    @Test
    void goesBackToACheckpointAtHalfTheRateWhereNumbersBurst() throws IOException {
        Notes notes = new Notes();
        TrainingConfig config = new TrainingConfig(MODEL, new Sgd(), bursting(2e20), 3, 32, 1)
                .with(Extras.NONE.withOnNonFinite(OnNonFinite.RESTORE))
                .with(Course.PLAIN.withSaving(new Saving(10, 3)));
        TrainingResult result = Training.run(config, digits, runs, notes);
        assertThat(result.restores()).isBetween(2L, 3L);
        assertThat(result.steps()).isEqualTo(config.steps(digits));
        assertThat(notes.remarks).hasSize((int) result.restores());
        assertThat(notes.remarks.getFirst()).startsWith("step 5").contains("going back to step 50 and on at 0.5 of");
        assertThat(notes.remarks.get(1)).startsWith("step 5").contains("going back to step 40 and on at 0.25 of");
        assertThat(notes.steps.getLast().rate()).isEqualTo(0.01 * Math.pow(0.5, result.restores()));
        List<String> lines = Files.readAllLines(result.run().resolve("metrics.jsonl"));
        assertThat(lines.stream().filter(line -> line.contains("\"step\":60,"))).hasSize(1);
        assertThat(lines).anyMatch(line -> line.contains("\"restores\":%d,".formatted(result.restores())));
    }

    private static Schedule bursting(double rate) {
        return Schedule.constant(0.01).then(51, Schedule.constant(rate).then(1, Schedule.constant(0.01)));
    }

    @Test
    void givesUpAfterThreeTimes() {
        TrainingConfig config = new TrainingConfig(MODEL, new Sgd(), Schedule.constant(1e30), 3, 32, 1)
                .with(Extras.NONE.withOnNonFinite(OnNonFinite.RESTORE));
        Notes notes = new Notes();
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> Training.run(config, digits, runs, notes))
                .withMessageContaining("the run went back 3 times before");
        assertThat(notes.remarks).hasSize(3).allMatch(remark -> remark.contains("going back to step 0"));
    }

    @Test
    void configurationsAreReadAsTheyWereWritten() {
        TrainingConfig config = config(Schedule.parse("0.01.reduceOnPlateau(0.5, 2)"), 3)
                .with(new Course(
                        Optional.of(Schedule.parse("16.then(60, 48)")),
                        Optional.of(new EarlyStopping(4, "accuracy")),
                        5,
                        true,
                        new Saving(17, 2),
                        new Recording(9, 5, true)));
        Map<String, Object> json = config.course().json();
        assertThat(Course.read(Document.of(json))).isEqualTo(config.course());
        assertThat(Course.read(Document.of(Course.PLAIN.json()))).isEqualTo(Course.PLAIN);
    }
}
