package org.thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.Score;
import org.thalweg.train.StepMetrics;
import org.thalweg.train.data.DataException;
import org.thalweg.train.metrics.LayerStatistics;
import org.thalweg.train.metrics.LayerStatistics.Moments;

class RunLogTest {
    private static final String STEP = """
            {"type":"step","step":10,"epoch":1,"loss":2.5,"rate":0.001,"millis":3.5}
            """;

    private static final SequencedMap<String, Double> NO_METRICS = new LinkedHashMap<>();

    @TempDir
    private Path run;

    @Test
    void reads_steps_and_epochs_and_skips_what_it_does_not_know() throws IOException {
        metrics(STEP + """
                {"type":"epoch","epoch":1,"step":10,"trainLoss":2,"testLoss":1.5,"testAccuracy":0.5,"seconds":4}
                {"type":"failure","step":12,"message":"not for good"}
                {"type":"weather","sun":true}
                {"type":"layers","step":20,"ratios":{"b":0.5,"a":0.25},"activations":{"relu1":{"mean":0.5,"variance":2}}}
                {"type":"step","step":20,"epoch":2,"rate":0.001,"millis":3.5}
                {"type":"epoch","epoch":2,"step":20,"trainLoss":2,"validationLoss":1,"validationAccuracy":0.25,"seconds":8}
                {"type":"stopped","step":21,"message":"no"}
                """);
        RunLog log = RunLog.read(run);
        assertThat(log.steps())
                .containsExactly(
                        new StepMetrics(10, 1, 2.5, 0.001, 3.5), new StepMetrics(20, 2, Double.NaN, 0.001, 3.5));
        assertThat(log.epochs())
                .containsExactly(
                        new EpochMetrics(1, 10, 2, Optional.empty(), new Score(1.5, 0.5), 4),
                        new EpochMetrics(
                                2, 20, 2, Optional.of(new Score(1, 0.25)), new Score(Double.NaN, NO_METRICS), 8));
        assertThat(log.failure()).contains("no");
        LayerStatistics layers = log.layers().getFirst();
        assertThat(layers.step()).isEqualTo(20);
        assertThat(layers.ratios()).containsExactly(Map.entry("b", 0.5), Map.entry("a", 0.25));
        assertThat(layers.activations()).containsExactly(Map.entry("relu1", new Moments(0.5, 2)));
    }

    @Test
    void reads_whatever_a_task_is_measured_by() throws IOException {
        metrics(STEP + """
                {"type":"epoch","epoch":1,"step":10,"trainLoss":2,"testLoss":1.5,"testR2":0.5,"testTop5":0.75,"seconds":4}
                """);
        assertThat(RunLog.read(run).epochs().getFirst().test().metrics())
                .containsExactly(Map.entry("r2", 0.5), Map.entry("top5", 0.75));
    }

    @Test
    void titles_the_run_with_what_it_trained() throws IOException {
        metrics(STEP);
        Files.writeString(run.resolve("config.json"), """
                {"data": {"name": "digits"}, "model": {"name": "mlp"}, "parameters": 50826, "rule": "adamw",
                 "schedule": "cosine(0.1, 9)", "batch": 32, "seed": 7}
                """);
        RunLog log = RunLog.read(run);
        assertThat(log.title()).isEqualTo("digits · mlp · adamw");
        assertThat(log.remarks()).containsExactly("50,826 parameters", "batch 32", "seed 7", "cosine(0.1, 9)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"data\": 3, \"rule\": []}"})
    void a_configuration_that_tells_nothing_leaves_the_directory_to_name_the_run(String config) throws IOException {
        metrics(STEP);
        Files.writeString(run.resolve("config.json"), config);
        assertThat(RunLog.read(run).title()).isEqualTo(run.getFileName().toString());
        assertThat(RunLog.read(run).remarks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"type\":\"st", "{\"type\":\"step\",\"step\":2", "nul"})
    void the_last_line_may_be_cut_off(String rest) throws IOException {
        metrics(STEP + rest);
        assertThat(RunLog.read(run).steps()).hasSize(1);
    }

    @Test
    void half_a_line_before_the_last_is_damage() throws IOException {
        metrics(STEP + "{\"type\":\n" + STEP);
        refused("%s is damaged: line 2 is no JSON object".formatted(run.resolve("metrics.jsonl")));
    }

    @Test
    void what_is_no_text_is_damage() throws IOException {
        Files.write(run.resolve("metrics.jsonl"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        refused("%s is damaged: it is no UTF-8 text".formatted(run.resolve("metrics.jsonl")));
    }

    @Test
    void a_run_without_a_step_has_nothing_to_draw() throws IOException {
        metrics("");
        refused("the run in %s has not completed a step: there is nothing to draw".formatted(run));
    }

    @Test
    void a_directory_of_something_else_is_refused() {
        assertThatThrownBy(() -> RunLog.read(run))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "%s is no run directory, for it holds no metrics.jsonl: give one that thalweg train has made"
                                .formatted(run));
    }

    @Test
    void a_directory_that_is_not_there_is_refused() {
        Path missing = run.resolve("missing");
        assertThatThrownBy(() -> RunLog.read(missing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no run directory %s: give one that thalweg train has made".formatted(missing));
    }

    private void refused(String message) {
        assertThatThrownBy(() -> RunLog.read(run))
                .isInstanceOf(DataException.class)
                .hasMessage(message);
    }

    private void metrics(String lines) throws IOException {
        Files.write(run.resolve("metrics.jsonl"), List.of(lines.split("\n")), StandardCharsets.UTF_8);
    }
}
