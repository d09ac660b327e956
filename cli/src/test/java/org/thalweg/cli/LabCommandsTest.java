package org.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What looks into a trained network, on one small run. */
class LabCommandsTest {
    @TempDir
    private static Path folder;

    private static Path run = Path.of("");
    private static final ByteArrayOutputStream OUT = new ByteArrayOutputStream();
    private static final ByteArrayOutputStream ERR = new ByteArrayOutputStream();

    private static int thalweg(String... words) {
        OUT.reset();
        ERR.reset();
        return Main.run(new Console(new PrintStream(OUT, true, UTF_8), new PrintStream(ERR, true, UTF_8)), words);
    }

    private static JsonNode json(String... words) {
        assertThat(thalweg(words)).as(ERR.toString(UTF_8)).isZero();
        return JsonMapper.shared().readTree(OUT.toString(UTF_8));
    }

    private static Path train(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "train",
                "digits",
                "--model",
                "mlp:width=16,depth=1",
                "--epochs",
                "3",
                "--json",
                "--runs",
                folder.toString()));
        words.addAll(List.of(more));
        return Path.of(json(words.toArray(String[]::new)).get("run").asString());
    }

    @BeforeAll
    static void trainOnce() {
        run = train("--keep", "10");
    }

    @Test
    void a_landscape_is_drawn_and_remembered() throws IOException {
        Path png = folder.resolve("landscape.png");
        String[] words = {
            "landscape",
            run.toString(),
            "--view",
            "line,random,path",
            "--points",
            "7",
            "--examples",
            "100",
            "--png",
            png.toString(),
            "--json"
        };
        JsonNode first = json(words);
        assertThat(first.get("lines")).hasSize(1);
        assertThat(first.get("planes")).hasSize(2);
        JsonNode line = first.get("lines").get(0);
        JsonNode scores = line.get("profile").get("train").get("scores");
        assertThat(scores.get(1).get("loss").doubleValue()).isGreaterThan(2); // before training
        assertThat(scores.get(5).get("loss").doubleValue()).isLessThan(1.5); // after it
        assertThat(first.get("planes").get(0).get("losses").get(3).get(3))
                .as("the middle of the plane is the end of the line")
                .isEqualTo(scores.get(5).get("loss"));
        JsonNode way = first.get("planes").get(1).get("way");
        assertThat(way.get("x")).hasSize(5); // the start, an epoch's end each, and the end
        assertThat(way.get("x").get(4).doubleValue()).isZero();
        assertThat(Files.size(png)).isGreaterThan(10_000);
        Path page = run.resolve("landscape.html");
        assertThat(page).isRegularFile();
        assertThat(Files.readString(page))
                .contains("<svg", "class=\"chart surface\"")
                .doesNotContain("src=\"http");
        assertThat(json(words)).isEqualTo(first);
    }

    @Test
    void a_line_leads_to_another_run() {
        Path other = train("--seed", "2");
        JsonNode answer = json(
                "landscape", run.toString(), "--to", other.toString(), "--points", "13", "--examples", "200", "--json");
        assertThat(answer.get("lines").get(0).get("barrier").doubleValue()).isGreaterThan(0.01);
        assertThat(answer.get("planes")).isEmpty();
    }

    @Test
    void curvature_is_told() {
        JsonNode answer = json(
                "curvature",
                run.toString(),
                "--examples",
                "100",
                "--top",
                "3",
                "--density-steps",
                "10",
                "--layers",
                "--json");
        JsonNode top = answer.get("curvature").get("top");
        assertThat(top).hasSize(3);
        assertThat(top.get(0).get("value").doubleValue())
                .isGreaterThan(top.get(1).get("value").doubleValue());
        for (JsonNode value : top) {
            assertThat(value.get("residual").doubleValue())
                    .isLessThan(1e-3 * value.get("value").doubleValue());
        }
        assertThat(answer.get("curvature").get("layers")).hasSize(2);
        assertThat(run.resolve("curvature.html")).isRegularFile();
        assertThat(thalweg("curvature", run.toString(), "--examples", "50", "--top", "2", "--density-probes", "0"))
                .isZero();
        assertThat(OUT.toString(UTF_8)).contains("Largest eigenvalues", "Trace", "times a gradient");
    }

    @Test
    void sharpness_is_told() {
        JsonNode answer =
                json("sharpness", run.toString(), "--examples", "100", "--cutoff", "3", "--directions", "4", "--json");
        JsonNode found = answer.get("sharpness");
        assertThat(found.get("keskar")).hasSize(2);
        assertThat(found.get("keskar").get(0).get("sharpness").get("value").doubleValue())
                .isGreaterThan(
                        found.get("keskar").get(1).get("sharpness").get("value").doubleValue());
        assertThat(found.get("ball").get(0).get("sharpness").get("value").doubleValue())
                .isGreaterThanOrEqualTo(
                        found.get("sam").get(0).get("sharpness").get("value").doubleValue());
        assertThat(answer.get("log10Volume").doubleValue())
                .isGreaterThanOrEqualTo(answer.get("log10Typical").doubleValue());
        assertThat(thalweg("sharpness", run.toString(), "--examples", "50", "--cutoff", "1e-9"))
                .isZero();
        assertThat(OUT.toString(UTF_8)).contains("No volume: the loss is not below the cutoff of 1E-9");
    }

    @Test
    void layers_are_told() {
        JsonNode answer = json("layers", run.toString(), "--examples", "100", "--json");
        assertThat(answer.get("start").get("ratios").get("linear1.weight").doubleValue())
                .isPositive();
        assertThat(answer.get("end").get("activations").has("linear2")).isTrue();
        assertThat(thalweg("layers", run.toString(), "--examples", "100")).isZero();
        assertThat(OUT.toString(UTF_8)).contains("linear1.weight", "variance of outputs", "layers.html");
    }

    @Test
    void a_rate_is_found() {
        Path page = folder.resolve("rate.html");
        JsonNode answer = json(
                "find-rate",
                "digits",
                "--model",
                "mlp",
                "--rule",
                "sgd",
                "--from",
                "1e-4",
                "--to",
                "1e4",
                "--steps",
                "80",
                "--html",
                page.toString(),
                "--json");
        assertThat(answer.get("suggested").doubleValue()).isBetween(1e-3, 1.0);
        assertThat(answer.get("result").get("diverged").booleanValue()).isTrue();
        assertThat(page).isRegularFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"landscape", "curvature", "sharpness", "layers"})
    void what_is_no_trained_run_is_told_in_a_sentence(String command) throws IOException {
        assertThat(thalweg(command, folder.resolve("nothing").toString())).isEqualTo(Main.USAGE);
        assertThat(ERR.toString(UTF_8)).contains("there is no run directory").hasLineCount(1);
        Path begun = Files.createDirectories(folder.resolve("begun-" + command));
        Files.copy(run.resolve("config.json"), begun.resolve("config.json"));
        assertThat(thalweg(command, begun.toString())).isEqualTo(Main.FAILURE);
        assertThat(ERR.toString(UTF_8)).contains("has no trained weights yet").hasLineCount(1);
        assertThat(thalweg(command, run.toString(), "--examples", "many")).isEqualTo(Main.USAGE);
        assertThat(ERR.toString(UTF_8)).contains("--examples is a number of examples, or 'all'");
        assertThat(thalweg(command, run.toString(), "--part", "validation")).isEqualTo(Main.USAGE);
        assertThat(ERR.toString(UTF_8)).contains("set no validation examples aside");
    }
}
