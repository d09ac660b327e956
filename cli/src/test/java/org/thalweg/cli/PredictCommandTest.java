package org.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PredictCommandTest {
    @TempDir
    private static Path folder = Path.of("");

    private static Path digits = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Console console() {
        return new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    @BeforeAll
    static void train() throws IOException {
        digits = new PredictCommandTest().trained("digits", "--model", "mlp", "--epochs", "5");
    }

    private Path trained(String... options) {
        assertThat(thalweg(Stream.of(List.of("train", "--json", "--runs", folder), List.of(options))
                        .flatMap(List::stream)
                        .toArray()))
                .as(err.toString(UTF_8))
                .isZero();
        Path run = Path.of(
                JsonMapper.shared().readTree(out.toString(UTF_8)).get("run").asString());
        out.reset();
        return run;
    }

    private int thalweg(Object... words) {
        return Main.run(console(), Stream.of(words).map(String::valueOf).toArray(String[]::new));
    }

    /** A one: an upright white stroke in the middle of 8x8 grey pixels. */
    private static Path picture() throws IOException {
        byte[] png = Base64.getDecoder()
                .decode(
                        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAAE0lEQVR42mNgYGD4/58BAihgAAA+Jg/xObkRdAAAAABJRU5ErkJggg==");
        return Files.write(folder.resolve("one.png"), png);
    }

    @Test
    void an_image_is_told_with_the_likeliest_classes() throws IOException {
        assertThat(thalweg("predict", digits, picture(), "--top", "2"))
                .as(err.toString(UTF_8))
                .isZero();
        assertThat(out.toString(UTF_8).strip()).matches(".*one\\.png  1 \\d+\\.\\d %  \\(\\d \\d+\\.\\d %\\)");
    }

    @Test
    void rows_are_answered_one_by_one_and_as_json_with_every_probability() throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.csv"), ("0,".repeat(63) + "0\n").repeat(300));
        assertThat(thalweg("predict", digits, rows, "--json"))
                .as(err.toString(UTF_8))
                .isZero();
        JsonNode document = JsonMapper.shared().readTree(out.toString(UTF_8));
        assertThat(document.get("run").asString()).isEqualTo(digits.toString());
        assertThat(document.get("predictions").size()).isEqualTo(300);
        JsonNode last = document.get("predictions").get(299);
        assertThat(last.get("input").asString()).isEqualTo(rows + " row 300");
        assertThat(last.get("probabilities").size()).isEqualTo(10);
        assertThat(last.get("probabilities").get(last.get("label").asString()).asDouble())
                .isEqualTo(last.get("probability").asDouble());
    }

    @Test
    void numbers_are_told_in_the_datas_units() throws IOException {
        Path run = trained("diabetes", "--model", "mlp", "--epochs", "2");
        Path rows = Files.writeString(folder.resolve("patients.csv"), "59,2,32.1,101,157,93.2,38,4,4.8598,87\n");
        assertThat(thalweg("predict", run, rows)).as(err.toString(UTF_8)).isZero();
        assertThat(Double.parseDouble(out.toString(UTF_8).strip().replaceFirst(".* ", "")))
                .isBetween(25.0, 346.0);
        assertThat(thalweg("predict", run, rows, "--json")).isZero();
    }

    @Test
    void a_text_goes_on() throws IOException {
        Path song = Files.writeString(folder.resolve("song.txt"), "row row row your boat\n".repeat(100));
        Path run = trained(song.toString(), "--model", "char-lstm", "--length", "16", "--epochs", "1");
        assertThat(thalweg("predict", run, "--prompt", "row", "--length", "12"))
                .as(err.toString(UTF_8))
                .isZero();
        assertThat(out.toString(UTF_8).substring(0, 15)).startsWith("row").matches("(?s)[rowyubat \n]{15}");
        out.reset();
        Path start = Files.writeString(folder.resolve("start.txt"), "row");
        assertThat(thalweg("predict", run, start, "--length", "12", "--json")).isZero();
        JsonNode text =
                JsonMapper.shared().readTree(out.toString(UTF_8)).get("texts").get(0);
        assertThat(text.get("start").asString()).isEqualTo("row");
        assertThat(text.get("text").asString()).hasSize(12);
        assertThat(thalweg("predict", run)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).endsWith("say from where with --prompt TEXT or a file.\n");
    }

    @Test
    void what_cannot_be_answered_is_one_sentence() throws IOException {
        Path missing = folder.resolve("missing.png");
        assertThat(thalweg("predict", digits, missing)).isEqualTo(1);
        assertThat(thalweg("predict", digits)).isEqualTo(2);
        assertThat(thalweg("predict", folder, picture())).isEqualTo(1);
        assertThat(thalweg("predict", digits, picture(), "--top", "0")).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines().filter(line -> line.startsWith("thalweg: ")))
                .hasSize(4)
                .anyMatch(line -> line.contains(missing.toString()))
                .contains("thalweg: say what to predict for: images, or CSV files of rows.");
    }
}
