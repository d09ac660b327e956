package org.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.rule.Rules;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands as a user calls them, in one process. */
class CommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));

    @TempDir
    private Path folder = Path.of("");

    private int thalweg(String... args) {
        return Main.run(console, args);
    }

    private JsonNode document() {
        return JsonMapper.shared().readTree(out.toString(UTF_8));
    }

    @Test
    void train_answers_with_one_document_and_leaves_a_run() {
        assertThat(thalweg("train", "digits", "--model", "mlp", "--epochs", "3", "--json", "--runs", folder.toString()))
                .as(err.toString(UTF_8))
                .isZero();
        JsonNode result = document();
        assertThat(result.propertyNames())
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
                        "testAccuracy",
                        "bestEpoch",
                        "ensemble",
                        "noise");
        assertThat(Path.of(result.get("run").asString()).resolve("weights.safetensors"))
                .isRegularFile();
        assertThat(result.get("rule").asString()).isEqualTo("adamw");
        assertThat(result.get("testAccuracy").asDouble()).isBetween(0.85, 1.0);
        assertThat(err.toString(UTF_8)).contains("epoch  3");
    }

    @Test
    void train_tells_people_the_accuracy_the_place_and_what_to_try() {
        assertThat(thalweg("train", "digits", "--model", "mlp", "--epochs", "1", "--runs", folder.toString()))
                .isZero();
        assertThat(out.toString(UTF_8)).contains("Test accuracy", "Saved in " + folder, "Try next");
    }

    @ParameterizedTest
    @CsvSource({"linear, 2", "SQRT, 1.4142135623730951"})
    void train_scales_the_rate_to_the_batch(String scaling, String factor) {
        String line =
                "train digits --model mlp --epochs 1 --schedule 0.001 --batch 64 --scale-from-batch 32 --json --runs "
                        + folder + " --scaling " + scaling;
        assertThat(thalweg(line.split(" "))).as(err.toString(UTF_8)).isZero();
        assertThat(document().get("schedule").asString()).isEqualTo("constant(0.001).times(%s)".formatted(factor));
    }

    /** Four times the batch of 32, though it goes through in two parts of 64. */
    @Test
    void train_scales_rate_and_momentum_to_the_whole_batch() {
        String line =
                "train digits --model mlp --epochs 1 --schedule 0.001 --batch 128 --accumulate 2 --scale-from-batch 32"
                        + " --scale-momentum --rule momentum:beta=0.875 --json --runs " + folder;
        assertThat(thalweg(line.split(" "))).as(err.toString(UTF_8)).isZero();
        assertThat(document().get("schedule").asString()).isEqualTo("constant(0.001).times(4)");
        assertThat(document().get("rule").asString()).isEqualTo("momentum:beta=0.5");
    }

    @Test
    void train_goes_another_way_if_asked() throws IOException {
        String line = "train digits --model mlp --epochs 4 --validation 0.1 --patience 3 --watch accuracy --snapshots 2"
                + " --batch-schedule 16.then(50,64) --checkpoint-every 20 --keep 2 --json --runs " + folder;
        assertThat(thalweg(line.split(" "))).as(err.toString(UTF_8)).isZero();
        JsonNode result = document();
        // 50 batches of 16 and 7 of 64, then 19 of 64 in each epoch, in two cosines.
        assertThat(result.get("schedule").asString()).isEqualTo("warmRestarts(0.002, 57)");
        assertThat(result.get("bestEpoch").asInt()).isBetween(1, 4);
        assertThat(result.get("ensemble").get("metrics").get("accuracy").asDouble())
                .isBetween(0.5, 1.0);
        Path run = Path.of(result.get("run").asString());
        assertThat(run.resolve("snapshots")).isDirectoryContaining("glob:**2.safetensors");
        try (var kept = Files.list(run.resolve("checkpoints"))) {
            assertThat(kept).hasSizeBetween(2, 3);
        }
        String answer = out.toString(UTF_8);
        out.reset();
        assertThat(thalweg("resume", run.toString(), "--json"))
                .as(err.toString(UTF_8))
                .isZero();
        assertThat(out.toString(UTF_8)).isEqualTo(answer);
    }

    @Test
    void resume_brings_the_run_and_its_data_back() throws IOException {
        String line = "train digits --model mlp --epochs 2 --validation 0.1 --json --runs " + folder;
        assertThat(thalweg(line.split(" "))).as(err.toString(UTF_8)).isZero();
        Path run = Path.of(document().get("run").asString());
        byte[] weights = Files.readAllBytes(run.resolve("weights.safetensors"));
        // As a process leaves it that is killed after the first epoch's checkpoint.
        Files.delete(run.resolve("result.json"));
        Files.delete(run.resolve("weights.safetensors"));
        Files.delete(run.resolve("checkpoints/step-000000078/state.json"));
        out.reset();
        assertThat(thalweg("resume", run.toString(), "--json"))
                .as(err.toString(UTF_8))
                .isZero();
        assertThat(err.toString(UTF_8)).contains("step 78 cannot be used", "going on after step 39");
        assertThat(document().get("steps").asLong()).isEqualTo(78);
        assertThat(run.resolve("weights.safetensors")).hasBinaryContent(weights);
    }

    /** Gone, another, and back again. */
    @Test
    void resume_wants_the_data_that_the_run_was_begun_with() throws IOException {
        StringBuilder rows = new StringBuilder("a,b,class\n");
        for (int i = 0; i < 60; i++) {
            rows.append(i).append(',').append(i * i % 7).append(i % 2 == 0 ? ",even\n" : ",odd\n");
        }
        Path table = Files.writeString(folder.resolve("table.csv"), rows);
        String line =
                "train %s --model mlp --epochs 2 --batch 8 --json --runs %s".formatted(table, folder.resolve("runs"));
        assertThat(thalweg(line.split(" "))).as(err.toString(UTF_8)).isZero();
        Path run = Path.of(document().get("run").asString());
        Files.delete(run.resolve("result.json"));
        byte[] metrics = Files.readAllBytes(run.resolve("metrics.jsonl"));
        Files.delete(table);
        err.reset();
        assertThat(thalweg("resume", run.toString())).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains(table.toString()).doesNotContain("\tat ", "bug");
        Files.writeString(table, rows.toString().replace("59,", "60,"));
        err.reset();
        assertThat(thalweg("resume", run.toString())).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("is not what the run in " + run + " was begun with");
        assertThat(run.resolve("metrics.jsonl")).hasBinaryContent(metrics);
        Files.writeString(table, rows);
        assertThat(thalweg("resume", run.toString())).as(err.toString(UTF_8)).isZero();
    }

    @Test
    void train_takes_what_is_around_the_step() throws IOException {
        String line = "train digits --model mlp --epochs 2 --average swa --lookahead 4,0.8 --sam 0.02 --accumulate 2"
                + " --exempt-bias-and-norm --on-non-finite skip --json --runs " + folder;
        assertThat(thalweg(line.split(" "))).as(err.toString(UTF_8)).isZero();
        assertThat(document().get("testAccuracy").asDouble()).isBetween(0.7, 1.0);
        Path run = Path.of(document().get("run").asString());
        JsonNode extras = JsonMapper.shared()
                .readTree(Files.readString(run.resolve("config.json")))
                .get("extras");
        // Three quarters of two epochs of 44 steps, once an epoch.
        assertThat(extras.get("average").asString()).isEqualTo("swa:66,44");
        assertThat(extras.get("lookahead").get("every").asLong()).isEqualTo(4);
        assertThat(extras.get("lookahead").get("share").asDouble()).isEqualTo(0.8);
        assertThat(extras.get("sharpness").asString()).isEqualTo("sam:0.02");
        assertThat(extras.get("parts").asInt()).isEqualTo(2);
        assertThat(extras.get("exemptBiasAndNorm").asBoolean()).isTrue();
        assertThat(extras.get("onNonFinite").asString()).isEqualTo("skip");
    }

    @Test
    void rules_lists_every_ready_rule_with_its_cost() {
        assertThat(thalweg("rules", "--json")).isZero();
        JsonNode rules = document();
        assertThat(rules.size()).isEqualTo(Rules.ready().size());
        for (JsonNode rule : rules) {
            assertThat(rule.get("bytesPerParameter").asInt()).isGreaterThanOrEqualTo(12);
            assertThat(rule.get("source").size()).isPositive();
            assertThat(rule.get("lectures").asString()).matches("((CMU|Ginsburg|KAIST|NTU|TTIC)(, )?)*");
        }
        assertThat(rules.valueStream()
                        .filter(rule -> rule.get("lectures").asString().contains("KAIST")))
                .hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adam | first_moment ← beta1·first_moment + (1 − beta1)·g | 28",
                "clip-by-global-norm + sgd | p ← p − rate·min(max_norm / (‖g‖_all + epsilon), 1)·g | 16",
                "lars | p ← p − velocity | 28"
            })
    void explain_prints_the_formula_and_the_bytes(String rule, String formula, String bytes) {
        assertThat(thalweg("explain", rule)).isZero();
        assertThat(out.toString(UTF_8)).contains(formula, bytes + " bytes per parameter and step", "Source");
    }

    @Test
    void bench_step_reports_what_was_measured_beside_a_rival() {
        assertThat(thalweg(
                        "bench",
                        "step",
                        "--size",
                        "20000",
                        "--turns",
                        "3",
                        "--against",
                        "sgd,libtorch,aten-fused",
                        "--json"))
                .as(err.toString(UTF_8))
                .isZero();
        JsonNode report = document();
        assertThat(report.get("bytesPerParameter").asInt()).isEqualTo(28);
        for (String figure : new String[] {
            "millis", "gigabytesPerSecond", "copyGigabytesPerSecond", "rewriteGigabytesPerSecond", "ceilingFraction"
        }) {
            assertThat(report.get(figure).asDouble()).as(figure).isPositive();
        }
        for (String rival : new String[] {"sgd", "libtorch", "aten-fused"}) {
            assertThat(report.get("against").get(rival).get("ratio").asDouble()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train digits --rule adma",
                "train digits --rule adam:beta3=1",
                "train digits --batch 0",
                "train digits --batch 5000",
                "train digits --epochs 0",
                "train digits --scaling linear",
                "train digits --scale-momentum",
                "train digits --noise-scale 5",
                "train digits --noise-scale -1 --accumulate 2",
                "train digits --micro-batch -1",
                "train digits --warm-up 20",
                "train digits --warm-up 2 --schedule 0.1",
                "noise-scale nowhere",
                "plan nowhere",
                "plan . --bandwidth 25",
                "plan . --latency soon",
                "plan . --noise-scale 0",
                "plan . --step-times 32=0s",
                "bench plan --workers 0",
                "bench plan --steps 0",
                "bench batches --recipes vast",
                "bench batches --data digits --batches 5000 --folder target/never",
                "train digits --patience 2",
                "train digits --patience 0 --validation 0.1",
                "train digits --snapshots 1",
                "train digits --batch-schedule 0",
                "train digits --on-non-finite hope",
                "train digits --keep 0",
                "resume nowhere",
                "resume",
                "train digits --scale-from-batch 0",
                "train digits --scale-from-batch 32 --scaling cubic",
                "train digits --lr 0.1 --schedule 0.1",
                "train digitz",
                "train digits --model vgg",
                "explain nadamw2",
                "bench",
                "bench step --rule lars --against libtorch",
                "bench step --size 0",
                "bench step --turns 0",
                "bench train --steps 0"
            })
    void what_cannot_be_done_is_one_sentence_and_exits_with_2(String line) {
        assertThat(thalweg(line.split(" "))).isEqualTo(2);
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8).lines().filter(l -> l.startsWith("thalweg: ")))
                .hasSize(1);
        assertThat(err.toString(UTF_8)).doesNotContain("\tat ");
    }

    @Test
    void a_loss_that_is_not_finite_fails_and_leaves_a_readable_run() {
        assertThat(thalweg(
                        "train",
                        "digits",
                        "--rule",
                        "sgd",
                        "--lr",
                        "1e30",
                        "--epochs",
                        "1",
                        "--runs",
                        folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("thalweg: step 2:", "layer linear2");
    }

    @Test
    void missing_data_names_the_places_and_what_to_do() {
        assertThat(thalweg("train", "mnist", "--data-dir", folder.toString())).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("thalweg: mnist was not found in " + folder, "--data-dir");
    }
}
