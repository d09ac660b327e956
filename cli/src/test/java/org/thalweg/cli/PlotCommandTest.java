package org.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlotCommandTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

    @TempDir
    private Path run;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));

    @BeforeEach
    void aRun() throws IOException {
        Files.writeString(
                run.resolve("metrics.jsonl"),
                "{\"type\":\"step\",\"step\":1,\"epoch\":1,\"loss\":2.5,\"rate\":0.1}\n{\"type\":\"st");
    }

    @Test
    void draws_into_the_run_and_says_where() throws IOException {
        assertThat(Main.run(console, "plot", run.toString())).isZero();
        Path picture = run.resolve("curves.png");
        assertThat(out.toString(UTF_8)).isEqualTo(picture + System.lineSeparator());
        assertThat(Files.readAllBytes(picture)).startsWith(PNG);
    }

    @Test
    void draws_into_the_file_asked_for_and_answers_with_one_document() throws IOException {
        Path picture = run.resolve("pictures/mine.png");
        assertThat(Main.run(console, "plot", "--json", "--output", picture.toString(), run.toString()))
                .isZero();
        JsonNode answer = JsonMapper.shared().readTree(out.toString(UTF_8));
        assertThat(answer.get("picture").asString()).isEqualTo(picture.toString());
        assertThat(Files.readAllBytes(picture)).startsWith(PNG);
        assertThat(run.resolve("curves.png")).doesNotExist();
    }

    @Test
    void what_is_no_run_or_no_file_to_write_is_a_usage_error() {
        assertThat(Main.run(console, "plot", run.resolve("no").toString())).isEqualTo(2);
        assertThat(Main.run(console, "plot", run.toString(), "--output", run.toString()))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .containsExactly(
                        "thalweg: there is no run directory %s: give one that thalweg train has made"
                                .formatted(run.resolve("no")),
                        "thalweg: %s is a folder: name the PNG file to write".formatted(run));
    }

    @Test
    void a_page_is_written_into_the_run_or_where_it_was_asked_for() throws IOException {
        assertThat(Main.run(console, "report", run.toString())).isZero();
        Path page = run.resolve("report.html");
        assertThat(out.toString(UTF_8)).isEqualTo(page + System.lineSeparator());
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        out.reset();
        Path other = run.resolve("pages/mine.html");
        assertThat(Main.run(console, "report", "--json", "--output", other.toString(), run.toString()))
                .isZero();
        assertThat(JsonMapper.shared()
                        .readTree(out.toString(UTF_8))
                        .get("report")
                        .asString())
                .isEqualTo(other.toString());
        assertThat(Files.readString(other)).isEqualTo(Files.readString(page));
    }

    @Test
    void a_run_without_a_step_is_a_failure() throws IOException {
        Files.writeString(run.resolve("metrics.jsonl"), "");
        assertThat(Main.run(console, "plot", run.toString())).isEqualTo(1);
        assertThat(err.toString(UTF_8).lines())
                .containsExactly(
                        "thalweg: the run in %s has not completed a step: there is nothing to draw".formatted(run));
        assertThat(run.resolve("curves.png")).doesNotExist();
    }
}
