package org.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What large batches ask of the command line. */
class LargeBatchCommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private JsonNode answer(String line) {
        out.reset();
        Console console = new Console(new PrintStream(out, false, UTF_8), new PrintStream(err, false, UTF_8));
        assertThat(Main.run(console, (line + " --json").split(" ")))
                .as(err.toString(UTF_8))
                .isZero();
        return JsonMapper.shared().readTree(out.toString(UTF_8));
    }

    /** 1,438 examples make 11 batches of 128 in an epoch, and 10 epochs 110; 22 of them are a fifth of the run. */
    @Test
    void one_word_scales_warms_up_and_exempts() throws IOException {
        JsonNode result = answer("train digits --model mlp --epochs 10 --batch 128 --rule lamb --lr 0.01 --scaling sqrt"
                + " --large-batch --runs " + folder);
        assertThat(result.get("schedule").asString())
                .isEqualTo("cosine(0.01, 88).warmUp(22).times(0.7071067811865476)");
        Path config = Path.of(result.get("run").asString()).resolve("config.json");
        assertThat(JsonMapper.shared()
                        .readTree(Files.readString(config))
                        .at("/extras/exemptBiasAndNorm")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void a_warm_up_is_counted_in_epochs() {
        JsonNode result =
                answer("train digits --model mlp --epochs 4 --batch 128 --lr 0.01 --warm-up 3 --runs " + folder);
        assertThat(result.get("schedule").asString()).isEqualTo("cosine(0.01, 11).warmUp(33)");
    }

    @Test
    void noise_is_measured_while_training_and_afterwards() {
        JsonNode result = answer(
                "train digits --model mlp --epochs 2 --batch 64 --micro-batch 16 --noise-scale 3 --runs " + folder);
        assertThat(result.get("noise").get("measurements").asInt()).isEqualTo(1 + 44 / 3);
        assertThat(result.get("noise").get("batch").asInt()).isEqualTo(64);
        Path run = Path.of(result.get("run").asString());
        assertThat(run.resolve("report.html")).content(UTF_8).contains("Gradient noise scale", "gradient noise scale");
        JsonNode scale = answer("noise-scale " + run + " --batch 256 --measurements 5");
        assertThat(scale.get("measurements").asInt()).isEqualTo(5);
        assertThat(scale.get("examples").asDouble())
                .isEqualTo(scale.get("trace").asDouble() / scale.get("signal").asDouble());
    }

    @Test
    void a_table_of_batch_sizes_goes_on_where_it_was() throws IOException {
        String line = "bench batches --data digits --model mlp:width=16 --epochs 1 --tune-at 64 --batches 64,256"
                + " --recipes linear,lamb --seeds 1,2 --folder " + folder.resolve("table");
        JsonNode table = answer(line);
        assertThat(table.get("columns").size()).isEqualTo(2);
        JsonNode cells = table.get("columns").get(1).get("cells");
        assertThat(cells.get(1).get("batch").asInt()).isEqualTo(256);
        assertThat(cells.get(1).get("steps").asInt()).isEqualTo(4); // of 1,258 examples, the rest being set aside
        assertThat(cells.get(0).get("test").asDouble()).isBetween(0.05, 1.0);
        // The settings; 5 rates each, of which one is a cell; 2 batch sizes with 2 seeds
        assertThat(Files.readAllLines(folder.resolve("table/trials.jsonl"))).hasSize(1 + 2 * (5 + 3));
        assertThat(answer(line)).isEqualTo(table);
        assertThat(err.toString(UTF_8)).contains("as found");
        String other = line.replace("--epochs 1", "--epochs 2");
        Console console = new Console(new PrintStream(out, false, UTF_8), new PrintStream(err, false, UTF_8));
        assertThat(Main.run(console, other.split(" "))).isEqualTo(Main.USAGE);
        assertThat(err.toString(UTF_8)).contains("is of other settings", "epochs 1");
    }

    /** Steps of 1 ms and 0.1 ms an example, links of 1 ms and 1 MB/s, and a noise scale of 96 after batches of 32. */
    @Test
    void a_plan_says_what_its_formulas_say() throws IOException {
        JsonNode result = answer("train digits --model logistic-regression --epochs 2 --batch 32 --runs " + folder);
        Path run = Path.of(result.get("run").asString());
        JsonNode plan =
                answer("plan " + run + " --workers 2 --batch 32,96 --bandwidth 1MB/s --latency 1ms --noise-scale 96"
                        + " --step-times 10=2ms,90=10ms");
        double bytes = 4.0 * (64 * 10 + 10);
        assertThat(plan.get("gradientBytes").asDouble()).isEqualTo(bytes);
        JsonNode alone = plan.get("best").get(0);
        // 88 steps of 1 + 3.2 ms; batches of 96 need half as many, of 1 + 9.6 ms
        assertThat(alone.get("batch").asInt()).isEqualTo(32);
        assertThat(alone.get("target").asDouble()).isCloseTo(88 * 4.2e-3, within(1e-9));
        JsonNode two = plan.get("best").get(1);
        // 2 messages of half the gradient; 1 + 1.6 ms against 1 + 4.8 ms in half as many steps
        double sum = 2e-3 + bytes / 1e6;
        assertThat(two.get("batch").asInt()).isEqualTo(96);
        assertThat(two.get("exposed").asDouble()).isCloseTo(sum, within(1e-9));
        assertThat(two.get("target").asDouble()).isCloseTo(44 * (5.8e-3 + sum), within(1e-9));
        assertThat(two.get("epoch").asDouble()).isCloseTo(14 * (5.8e-3 + sum), within(1e-9));
        assertThat(Path.of(plan.get("page").asString()))
                .content(UTF_8)
                .contains("What this assumes", "96 examples, as given", "<svg")
                .doesNotContain("<script", "src=\"http");
    }

    @Test
    void a_plan_measures_what_it_is_not_told() {
        JsonNode result = answer(
                "train digits --model mlp --epochs 3 --batch 64 --accumulate 2 --noise-scale 2 --runs " + folder);
        String run = result.get("run").asString();
        JsonNode plan = answer(
                "plan " + run + " --workers 3 --target accuracy=0.5 --cores 2 --output " + folder + "/plan.html");
        assertThat(plan.get("target").asString()).contains("accuracy >= 0.5", "after 22 steps of 64 examples");
        assertThat(plan.get("stepCost").get("perExample").asDouble()).isPositive();
        assertThat(plan.get("best").size()).isEqualTo(3); // 1, 2 and 3 workers
        assertThat(folder.resolve("plan.html")).isRegularFile();
        Console console = new Console(new PrintStream(out, false, UTF_8), new PrintStream(err, false, UTF_8));
        assertThat(Main.run(console, "plan", run, "--target", "accuracy=1.1")).isEqualTo(Main.USAGE);
        assertThat(err.toString(UTF_8)).contains("never reached accuracy=1.1", "its last epoch ended with");
        assertThat(Main.run(console, "plan", run, "--target", "quickly")).isEqualTo(Main.USAGE);
    }

    @Test
    void forecasts_are_compared_with_processes() {
        JsonNode report = answer("bench plan --data digits --model mlp --batch 32 --steps 5 --workers 1,2");
        assertThat(report.get("rows").size()).isEqualTo(2);
        JsonNode two = report.get("rows").get(1);
        assertThat(two.get("exposedMillis").asDouble()).isPositive();
        assertThat(two.get("error").asDouble())
                .isCloseTo(
                        two.get("forecastMillis").asDouble() / two.get("millis").asDouble() - 1, within(1e-12));
        assertThat(report.get("link").get("bytesPerSecond").asDouble()).isPositive();
    }
}
