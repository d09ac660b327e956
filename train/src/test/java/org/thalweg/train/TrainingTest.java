package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.Plan;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.ready.Models;
import org.thalweg.train.run.Safetensors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainingTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static Dataset digits;

    @TempDir
    Path runs;

    @BeforeAll
    static void load() {
        digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0.1, 0.2, 1));
    }

    private static TrainingConfig config(String model, int epochs, double rate) {
        int steps = digits.train().count() / 32 * epochs;
        Schedule schedule = Schedule.cosine(rate, steps).warmUp(20);
        return new TrainingConfig(
                Models.named(model, digits.shape(), digits.task()), new AdamW(), schedule, epochs, 32, 1);
    }

    private static List<JsonNode> lines(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(JSON::readTree)
                .toList();
    }

    private Path onlyRun() throws IOException {
        try (var paths = Files.list(runs)) {
            return paths.findFirst().orElseThrow();
        }
    }

    @Test
    void learnsTheDigits() throws IOException {
        TrainingConfig config = config("convnet", 8, 2e-3);
        List<EpochMetrics> epochs = new ArrayList<>();
        TrainingResult result = Training.run(config, digits, runs, new TrainingListener() {
            @Override
            public void epochEnded(EpochMetrics metrics) {
                epochs.add(metrics);
            }
        });
        assertThat(result.testAccuracy()).isGreaterThan(0.97);
        assertThat(epochs).hasSize(8);
        assertThat(epochs.getLast().trainLoss()).isLessThan(epochs.getFirst().trainLoss() / 5);
        assertThat(epochs.getLast().validation().orElseThrow().accuracy()).isGreaterThan(0.95);
        assertThat(result.steps()).isEqualTo(config.steps(digits));
        assertThat(result.parameters())
                .isEqualTo(config.model().plan(digits.shape()).parameters());
        assertThat(result.medianStepMillis()).isPositive();

        JsonNode json = JSON.readTree(Files.readString(result.run().resolve("result.json")));
        assertThat(json.propertyNames())
                .containsExactly(
                        "run",
                        "rule",
                        "schedule",
                        "parameters",
                        "epochs",
                        "steps",
                        "skippedSteps",
                        "restores",
                        "seconds",
                        "medianStepMillis",
                        "trainLoss",
                        "testLoss",
                        "testAccuracy");
        assertThat(json.get("testAccuracy").doubleValue()).isEqualTo(result.testAccuracy());
        JsonNode saved = JSON.readTree(Files.readString(result.run().resolve("config.json")));
        assertThat(saved.get("rule").stringValue()).isEqualTo("adamw");
        assertThat(Schedule.parse(saved.get("schedule").stringValue())).isEqualTo(config.schedule());
        assertThat(saved.get("model").get("layers").size())
                .isEqualTo(config.model().layers().size());
        List<JsonNode> lines = lines(result.run());
        assertThat(lines.stream().filter(line -> line.get("type").stringValue().equals("epoch")))
                .hasSize(8);
        assertThat(lines.stream().filter(line -> line.get("type").stringValue().equals("step")))
                .hasSize((int) result.steps() / 10 + 1);
    }

    @Test
    void lowersTheRateOnPlateausOfTheValidationLoss() throws IOException {
        // No epoch can be better by so much, so that each after the first is a plateau.
        Schedule plateau = Schedule.parse("0.002.reduceOnPlateau(0.5, 0, 100, abs)");
        TrainingConfig config =
                new TrainingConfig(Models.named("mlp", digits.shape(), digits.task()), new AdamW(), plateau, 4, 32, 1);
        List<Double> rates = new ArrayList<>();
        TrainingResult result = Training.run(config, digits, runs, new TrainingListener() {
            @Override
            public void stepped(StepMetrics metrics) {
                if (metrics.step() % 40 == 1) {
                    rates.add(metrics.rate());
                }
            }
        });
        assertThat(rates).containsExactly(0.002, 0.002, 0.001, 0.0005);
        assertThat(result.schedule()).isEqualTo(plateau.toString());
        TrainingConfig accuracy = config.with(Schedule.parse("0.002.reduceOnPlateau(0.5, 0, 0, abs, 0, 0, max)"));
        Dataset unsplit = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0, 0.2, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Training.run(accuracy, unsplit, runs, TrainingListener.NONE))
                .withMessageContaining("set some aside");
    }

    @Test
    void savedWeightsScoreAsTheRunDid() {
        TrainingConfig config = config("mlp", 2, 2e-3);
        TrainingResult result = Training.run(config, digits, runs, TrainingListener.NONE);
        try (Network network = Network.build(config.model().plan(digits.shape()), 99);
                Evaluation evaluation = new Evaluation(network, digits.test())) {
            assertThat(evaluation.score().accuracy()).isLessThan(0.5);
            network.load(Safetensors.read(result.run().resolve("weights.safetensors")));
            Score score = evaluation.score();
            assertThat(new Score(score.loss(), score.accuracy()))
                    .isEqualTo(new Score(result.testLoss(), result.testAccuracy()));
        }
    }

    @Test
    void theSameSeedGivesTheSameBits() throws IOException {
        TrainingConfig config = config("convnet", 1, 2e-3);
        Path first = Training.run(config, digits, runs, TrainingListener.NONE).run();
        Path second = Training.run(config, digits, runs, TrainingListener.NONE).run();
        assertThat(second).isNotEqualTo(first);
        assertThat(Files.mismatch(first.resolve("weights.safetensors"), second.resolve("weights.safetensors")))
                .isEqualTo(-1);
        TrainingConfig other = new TrainingConfig(config.model(), config.rule(), config.schedule(), 1, 32, 2);
        Path third = Training.run(other, digits, runs, TrainingListener.NONE).run();
        assertThat(Files.mismatch(first.resolve("weights.safetensors"), third.resolve("weights.safetensors")))
                .isNotEqualTo(-1);
    }

    @Test
    void stopsAtTheFirstNonFiniteNumberAndKeepsTheRun() throws IOException {
        TrainingConfig config = new TrainingConfig(
                Models.named("mlp", digits.shape(), digits.task()), new Sgd(), Schedule.constant(1e30), 1, 32, 1);
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> Training.run(config, digits, runs, TrainingListener.NONE))
                .satisfies(e -> {
                    assertThat(e.step()).isEqualTo(2);
                    assertThat(e.layer()).isPresent();
                    assertThat(e.getMessage())
                            .startsWith("step 2: ")
                            .contains("layer " + e.layer().orElseThrow());
                });
        Path run = onlyRun();
        JsonNode last = lines(run).getLast();
        assertThat(last.get("type").stringValue()).isEqualTo("failure");
        assertThat(last.get("step").intValue()).isEqualTo(1);
        assertThat(Safetensors.read(run.resolve("weights.safetensors"))).containsKey("linear1.weight");
        assertThat(run.resolve("config.json")).exists();
        assertThat(run.resolve("result.json")).doesNotExist();
    }

    /** Weights of such sizes that the loss and the layers near it are finite, and the first layer's gradient overflows. */
    @Test
    void namesTheLayerNearestTheLossThatOverflows() {
        Plan plan = Model.mlp(10, 8, 8).plan(digits.shape());
        try (Network network = Network.build(plan, 1);
                Optimizer optimizer = Optimizer.of(new Sgd(), Schedule.constant(0.1), network.parameters());
                Batches batches = new Batches(digits.train(), 32)) {
            scale(network, "linear1", 1e-30f);
            scale(network, "linear2", 1e21f);
            scale(network, "linear3", 1e21f);
            float[] before = value(network.parameters().getLast());
            assertThatExceptionOfType(NonFiniteException.class)
                    .isThrownBy(() -> new TrainingStep(network, optimizer)
                            .run(batches.inOrder().iterator().next()))
                    .satisfies(e -> {
                        assertThat(e.loss()).isFinite();
                        assertThat(e.layer()).contains("linear1");
                        assertThat(e.step()).isEqualTo(1);
                    });
            assertThat(optimizer.steps()).isZero();
            assertThat(value(network.parameters().getLast())).isEqualTo(before);
        }
    }

    private static void scale(Network network, String layer, float factor) {
        for (Parameter parameter : network.parameters()) {
            if (parameter.name().equals(layer + ".weight") || parameter.name().equals(layer + ".bias")) {
                float kept = parameter.name().endsWith("bias") ? 0 : factor;
                for (long i = 0; i < parameter.size(); i++) {
                    float weight = parameter.value().getAtIndex(ValueLayout.JAVA_FLOAT, i);
                    parameter.value().setAtIndex(ValueLayout.JAVA_FLOAT, i, weight * kept);
                }
            }
        }
    }

    private static float[] value(Parameter parameter) {
        return parameter.value().toArray(ValueLayout.JAVA_FLOAT);
    }

    @Test
    void anInterruptedRunKeepsWhatItHas() throws IOException {
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> Training.run(config("mlp", 2, 1e-3), digits, runs, new TrainingListener() {
                    @Override
                    public void stepped(StepMetrics metrics) {
                        if (metrics.step() == 25) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }))
                .withMessageContaining("after step 25");
        assertThat(Thread.interrupted()).isTrue();
        Path run = onlyRun();
        assertThat(lines(run).getLast().get("type").stringValue()).isEqualTo("stopped");
        assertThat(Safetensors.read(run.resolve("weights.safetensors"))).containsKey("linear1.weight");
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        Model mlp = Models.named("mlp", digits.shape(), digits.task());
        Schedule rate = Schedule.constant(1e-3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingConfig(mlp, new Sgd(), rate, 1, 0, 1))
                .withMessage("the batch size must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new TrainingConfig(mlp, new Sgd(), rate, 0, 1, 1));
        assertRefused(new TrainingConfig(mlp, new Sgd(), rate, 1, 2000, 1), "training examples, but is 2,000");
        assertRefused(new TrainingConfig(Model.mlp(3), new Sgd(), rate, 1, 32, 1), "digits asks for 10 classes");
        assertRefused(
                new TrainingConfig(
                        Models.named("convnet", Shape.image(1, 28, 28), digits.task()), new Sgd(), rate, 1, 32, 1),
                "layer pool2");
        Model normalised = new Model("normalised", List.of(new Linear(4), new BatchNorm(), new Linear(10)));
        assertRefused(new TrainingConfig(normalised, new Sgd(), rate, 1, 1, 1), "of 2 or more");
        assertThat(runs).isEmptyDirectory();
    }

    private void assertRefused(TrainingConfig config, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Training.run(config, digits, runs, TrainingListener.NONE))
                .withMessageContaining(message);
    }

    @Test
    void timesSteps() {
        assertThat(StepTiming.medianMillis(config("mlp", 1, 1e-3), digits, 2, 60))
                .isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StepTiming.medianMillis(config("mlp", 1, 1e-3), digits, 0, 0));
        StepTimes times = new StepTimes();
        assertThat(times.median()).isNaN();
        for (int i = 1; i <= 4; i++) {
            times.add(i);
        }
        assertThat(times.median()).isEqualTo(2.5);
    }

    @Test
    void shapesOfTheDigitsSuitBothModels() {
        assertThat(digits.shape()).isEqualTo(Shape.image(1, 8, 8));
        assertThat(digits.train().count()).isEqualTo(1797 - 359 - 180);
    }
}
