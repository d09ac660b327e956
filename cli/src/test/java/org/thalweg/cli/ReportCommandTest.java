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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ReportCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int thalweg(List<String> words) {
        out.reset();
        return Main.run(
                new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)),
                words.toArray(String[]::new));
    }

    private Path train(List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--json", "--runs", folder.toString()));
        assertThat(thalweg(all)).as(err.toString(UTF_8)).isZero();
        return Path.of(
                JsonMapper.shared().readTree(out.toString(UTF_8)).get("run").asString());
    }

    /** What a shell makes of the line. */
    private static List<String> words(String line) throws IOException {
        Process shell =
                new ProcessBuilder("sh", "-c", "for word in " + line + "; do printf '%s\\n' \"$word\"; done").start();
        return new String(shell.getInputStream().readAllBytes(), UTF_8).lines().toList();
    }

    @Test
    void the_command_on_the_page_makes_the_same_run_again() throws IOException {
        Path first = train(List.of(
                ("train digits --model mlp --epochs 2 --batch 48 --seed 5 --validation 0.15 --rule momentum --average ema:0.9"
                                + " --lookahead 3,0.5 --sam 0.05 --accumulate 2 --exempt-bias-and-norm --augment flip"
                                + " --init orthogonal --loss cross-entropy:smoothing=0.1 --keep-last")
                        .split(" ")));
        String page = Files.readString(first.resolve("report.html"));
        String command = Stream.of(page.split("\n|<code>"))
                .filter(line -> line.startsWith("./thalweg train"))
                .findFirst()
                .orElseThrow()
                .replace("&#39;", "'");
        Path second = train(words(command).subList(1, words(command).size()));
        assertThat(second).isNotEqualTo(first);
        assertThat(second.resolve("weights.safetensors")).hasSameBinaryContentAs(first.resolve("weights.safetensors"));
    }

    @Test
    void a_run_ends_with_its_diagnosis_and_its_page() {
        List<String> words = List.of("train", "digits", "--model", "mlp", "--epochs", "1", "--runs", folder.toString());
        assertThat(thalweg(words)).isZero();
        assertThat(out.toString(UTF_8))
                .contains("Diagnosis: too short to tell: a curve needs at least 3 epochs", "report.html");
    }
}
