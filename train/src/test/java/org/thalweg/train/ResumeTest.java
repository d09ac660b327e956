package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.StateFormat;
import org.thalweg.optim.average.Ema;
import org.thalweg.optim.average.Lookahead;
import org.thalweg.optim.average.Swa;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.optim.sharpness.Sam;
import org.thalweg.train.data.Augmentation;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Conv2d;
import org.thalweg.train.model.layer.Dropout;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.layer.Residual;
import org.thalweg.train.model.layer.StochasticDepth;
import org.thalweg.train.model.layer.TorchScript;
import org.thalweg.train.run.Checkpoints;
import org.thalweg.train.run.RunException;

/** Runs that stop and go on end as those that never stopped. */
class ResumeTest {
    private static final Model MODEL = new Model(
            "dropping", List.of(new Linear(16), new BatchNorm(), new Relu(), new Dropout(0.2), new Linear(10)));

    private static Dataset digits;

    @TempDir
    Path runs;

    @BeforeAll
    static void load() {
        digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0.1, 0.2, 1));
    }

    /** Stops at the given steps, once each. */
    private static class Stops implements TrainingListener {
        private final List<Long> steps;
        private final List<String> remarks = new ArrayList<>();
        private boolean asked;

        Stops(Long... steps) {
            this.steps = new ArrayList<>(List.of(steps));
        }

        @Override
        public void stepped(StepMetrics metrics) {
            asked = steps.remove(metrics.step());
        }

        @Override
        public boolean stopAsked() {
            return asked;
        }

        @Override
        public void remark(String sentence) {
            remarks.add(sentence);
        }
    }

    private static TrainingConfig config(String rule, String schedule, Extras extras, Course course) {
        return new TrainingConfig(MODEL, Rules.parse(rule), Schedule.parse(schedule), 4, 32, 1)
                .with(extras)
                .with(course);
    }

    private static TrainingConfig plain() {
        return config("adamw", "0.01", Extras.NONE, Course.PLAIN);
    }

    /** Layers that draw in a step, with statistics of chunks, and others that come from a file. */
    private static List<Model> models() {
        Path file = Path.of("src/test/resources/org/thalweg/train/model/dropout.pt");
        List<Layer> branch =
                List.of(new BatchNorm(0.1, 1e-5, 8, 1), new Relu(), new Conv2d(4, 3, 1), new StochasticDepth(0.3));
        return List.of(
                new Model("drawing", List.of(new Conv2d(4, 3, 0, 2), new Residual(branch), new Linear(10))),
                new Model("scripted", List.of(new TorchScript(file), new BatchNorm(), new Linear(10))));
    }

    private static TrainingConfig of(Model model) {
        return new TrainingConfig(model, Rules.parse("adamw"), Schedule.parse("0.01"), 4, 32, 1);
    }

    static List<TrainingConfig> configs() {
        Course frequent = Course.PLAIN.withSaving(new Saving(7, 2));
        return List.of(
                plain(),
                of(models().getFirst()),
                of(models().getLast()),
                config(
                        "adamw",
                        "0.01.reduceOnPlateau(0.5, 0, 0.05)",
                        Extras.NONE.withParts(2).withAverage(new Ema(0.9)),
                        frequent),
                config(
                        "swats",
                        "cosine(0.01, 160).warmUp(10)",
                        Extras.NONE.withLookahead(new Lookahead(5, 0.5)).withSharpness(new Sam(0.02)),
                        frequent),
                config(
                        "lamb",
                        "0.01",
                        Extras.NONE
                                .withState(StateFormat.BFLOAT16_STOCHASTIC)
                                .withExempt(true)
                                .withAverage(new Swa(60, 3)),
                        Course.PLAIN.withStopping(new EarlyStopping(2, "accuracy"))),
                config(
                        "schedule-free-adamw",
                        "0.01",
                        Extras.NONE.withOnNonFinite(OnNonFinite.SKIP).with(new Accumulation(1, 20)),
                        Course.PLAIN
                                .withBatches(Schedule.parse("16.then(60, 48)"))
                                .withKeepLast(true)
                                .withRecording(new Recording(3, 2, true))));
    }

    /** What the data varies is drawn from the place in it, too. */
    @Test
    void augmentedDataIsVariedAsBefore() throws IOException {
        Dataset varied = Dataset.of(
                Corpus.load("digits", Optional.empty()),
                new Split(0.1, 0.2, 1),
                Optional.empty(),
                List.of(Augmentation.parse("crop:1"), Augmentation.parse("cutout:2")));
        TrainingResult whole = Training.run(plain(), varied, runs.resolve("whole"), TrainingListener.NONE);
        assertThatExceptionOfType(StoppedException.class)
                .isThrownBy(() -> Training.run(plain(), varied, runs.resolve("stopped"), new Stops(50L)));
        Path run = onlyRun(runs.resolve("stopped"));
        Training.resume(run, varied, TrainingListener.NONE);
        RunComparison.assertSame(whole.run(), run);
    }

    /** No text says what it does, so the configuration is given again. */
    @Test
    void aRuleOfOnesOwnGoesOnToo() throws IOException {
        Rule own = (g, trace) -> trace.average("mean", g.sign(), trace.hyper("beta", 0.9));
        TrainingConfig config = new TrainingConfig(MODEL, own, Schedule.constant(0.001), 2, 32, 1);
        TrainingResult whole = Training.run(config, digits, runs.resolve("whole"), TrainingListener.NONE);
        assertThatExceptionOfType(StoppedException.class)
                .isThrownBy(() -> Training.run(config, digits, runs.resolve("stopped"), new Stops(50L)));
        Path run = onlyRun(runs.resolve("stopped"));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Training.resume(run, digits, TrainingListener.NONE))
                .withMessageContaining("config.json, at rule: cannot read rule");
        Training.resume(run, config, digits, TrainingListener.NONE);
        RunComparison.assertSame(whole.run(), run);
    }

    /** Stopped right at the beginning, within an epoch, at its end, and soon again before a line of metrics was written. */
    @ParameterizedTest
    @MethodSource("configs")
    void stoppedAnywhereARunEndsAsOneThatNeverStopped(TrainingConfig config) throws IOException {
        TrainingResult whole = Training.run(config, digits, runs.resolve("whole"), TrainingListener.NONE);
        Stops stops = new Stops(1L, 23L, 39L, 40L, 101L, 102L, 103L);
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> Training.run(config, digits, runs.resolve("stopped"), stops))
                .withMessageContaining("after step 1, and saved");
        Path run = onlyRun(runs.resolve("stopped"));
        Optional<TrainingResult> resumed = Optional.empty();
        for (int times = 0; resumed.isEmpty(); times++) {
            assertThat(times).isLessThan(8);
            try {
                resumed = Optional.of(Training.resume(run, digits, stops));
            } catch (CancellationException e) {
                assertThat(e).hasMessageContaining("and saved");
            }
        }
        assertThat(stops.remarks).isEmpty();
        RunComparison.assertSame(whole.run(), run);
        assertThat(Training.resume(run, digits, stops)).isEqualTo(resumed.orElseThrow());
    }

    private static Path onlyRun(Path runs) throws IOException {
        try (var paths = Files.list(runs)) {
            return paths.filter(path -> Files.exists(path.resolve("config.json")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path stoppedAt(long step) throws IOException {
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> Training.run(
                        plain().with(Course.PLAIN.withSaving(new Saving(10, 3))), digits, runs, new Stops(step)));
        return onlyRun(runs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights.safetensors", "optimizer.safetensors", "state.json", "config.json", "SHA256SUMS"})
    void aDamagedCheckpointIsRefusedForTheOneBefore(String file) throws IOException {
        Path run = stoppedAt(35);
        Path damaged = new Checkpoints(run).path(35).resolve(file);
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 4;
        Files.write(damaged, bytes);
        Stops remarks = new Stops();
        TrainingResult resumed = Training.resume(run, digits, remarks);
        assertThat(remarks.remarks).hasSize(1);
        assertThat(remarks.remarks.getFirst())
                .startsWith("the checkpoint of step 35 cannot be used, so the run goes on from the one before: " + run)
                .contains(file);
        TrainingResult whole = Training.run(plain(), digits, runs.resolve("whole"), TrainingListener.NONE);
        RunComparison.assertSame(whole.run(), resumed.run());
    }

    @Test
    void withoutAnyWholeCheckpointARunBeginsAgain() throws IOException {
        Path run = stoppedAt(25);
        for (long step : new Checkpoints(run).steps()) {
            Files.delete(new Checkpoints(run).path(step).resolve("weights.safetensors"));
        }
        Stops remarks = new Stops();
        TrainingResult resumed = Training.resume(run, digits, remarks);
        assertThat(remarks.remarks).hasSize(3).allMatch(remark -> remark.contains("no such file"));
        TrainingResult whole = Training.run(plain(), digits, runs.resolve("whole"), TrainingListener.NONE);
        RunComparison.assertSame(whole.run(), resumed.run());
    }

    @Test
    void aCheckpointOfAnotherModelIsRefusedForTheOneBefore() throws IOException {
        Path run = stoppedAt(35);
        Model other = new Model("other", List.of(new Linear(10)));
        TrainingConfig config =
                new TrainingConfig(other, Rules.parse("adamw"), Schedule.constant(0.01), 1, 32, 1).with(Course.PLAIN);
        Path others = Training.run(config, digits, runs.resolve("other"), TrainingListener.NONE)
                .run();
        Path planted = new Checkpoints(run).path(39);
        Files.move(new Checkpoints(others).path(39), planted);
        Stops remarks = new Stops();
        Training.resume(run, digits, remarks);
        assertThat(remarks.remarks)
                .containsExactly(
                        "the checkpoint of step 39 cannot be used, so the run goes on from the one before: its configuration"
                                + " is not that of the run in " + run);
    }

    @Test
    void otherDataIsRefused() throws IOException {
        Path run = stoppedAt(5);
        Dataset other = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0.1, 0.2, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Training.resume(run, other, TrainingListener.NONE))
                .withMessageContaining("is not what the run in " + run + " was begun with, which was digits");
        assertThatExceptionOfType(RunException.class)
                .isThrownBy(() -> Training.resume(runs, digits, TrainingListener.NONE))
                .withMessageContaining("no config.json");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Training.resume(runs.resolve("none"), digits, TrainingListener.NONE))
                .withMessageContaining("no run directory");
    }

    @Test
    void oneProcessAtATimeHasARun() throws IOException {
        Path run = stoppedAt(5);
        Stops tries = new Stops() {
            @Override
            public void stepped(StepMetrics metrics) {
                assertThatExceptionOfType(RunException.class)
                        .isThrownBy(() -> Training.resume(run, digits, TrainingListener.NONE))
                        .withMessage("the run in %s goes on in another process: wait for its end, or stop it first"
                                .formatted(run));
            }
        };
        Training.resume(run, digits, tries);
    }
}
