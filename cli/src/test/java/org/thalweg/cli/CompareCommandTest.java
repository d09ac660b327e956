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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int compare(String... more) {
        out.reset();
        err.reset();
        List<String> words = new ArrayList<>(
                List.of("compare", "--steps", "40", "--trials", "3", "--seeds", "3", "--folder", folder.toString()));
        words.addAll(List.of(more));
        return Main.run(
                new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)),
                words.toArray(String[]::new));
    }

    @Test
    void compares_and_tells_and_goes_on_from_what_is_there() throws IOException {
        String[] words = {
            "--tasks",
            "deep-quadratic,quadratic:dimension=3,condition=50",
            "--rules",
            "sgd,adam:beta1=0.8,beta2=0.95",
            "--range",
            "lr=1e-3..1e-1",
            "--range",
            "sgd:lr=1e-4..1e-2",
            "--target",
            "deep-quadratic=20"
        };
        assertThat(compare(words)).as(err.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8))
                .contains("deep-quadratic, 40 steps a trial; target: validation loss 20")
                .contains("quadratic:dimension=3,condition=50")
                .contains("adam:beta1=0.8,beta2=0.95")
                .contains("compare.html");
        assertThat(err.toString(UTF_8))
                .isEqualToIgnoringNewLines("24 trials of 2 rules on 2 tasks; each is saved as it ends.");
        assertThat(Files.readString(folder.resolve("compare.html")))
                .contains("Verdict", "What was searched", "every trial", "Share of tasks within tau");

        List<String> again = new ArrayList<>(List.of(words));
        again.add("--json");
        assertThat(compare(again.toArray(String[]::new))).isZero();
        assertThat(err.toString(UTF_8)).contains("of which 24 are there");
        JsonNode answer = JsonMapper.shared().readTree(out.toString(UTF_8));
        assertThat(answer.get("trials")).hasSize(24);
        assertThat(answer.get("spaces").get(0).get("searched").asString()).isEqualTo("lr 1e-4..0.01:log");
        assertThat(answer.get("spaces").get(1).get("searched").asString()).isEqualTo("lr 0.001..0.1:log");
        JsonNode task = answer.get("tasks").get(0);
        assertThat(task.get("rules")).hasSize(2);
        assertThat(task.get("verdict").get("pairs")).hasSize(1);
        assertThat(task.get("rules").get(0).get("test").get("count").intValue()).isEqualTo(3);
        assertThat(answer.get("bySteps")).hasSize(2);

        assertThat(compare("--tasks", "deep-quadratic", "--rules", "sgd")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("is of other settings").contains("name another folder");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --rules adm                              | did you mean
            --rules sgd,sgd                          | twice
            --tasks nowhere                          | there is no task
            --tasks digits/mlp --data digits         | not both
            --tasks deep-quadratic --budget 1m       | not both
            --range sgd:beta=1..2                    | beta
            --range yogi:lr=1..2                     | yogi
            --range lr                               | a range is written like
            --range lr=1..0                          | from a number to a larger one
            --target deep-quadratic=low              | a target is written like
            --target nothing=1                       | there is no task
            --warm-up 1                              | share
            --seeds 0                                | seeds
            --trials 0                               | trials
            --jobs 0                                 | jobs
            --tuning guess                           | guess
            """)
    void what_cannot_be_is_refused_in_a_sentence(String words, String told) {
        List<String> all = new ArrayList<>(List.of(words.split(" ", -1)));
        if (!words.contains("--tasks")) {
            all.addAll(List.of("--tasks", "deep-quadratic"));
        }
        assertThat(compare(all.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("thalweg: ").contains(told).hasLineCount(1);
        assertThat(folder.resolve("trials.jsonl")).doesNotExist();
    }
}
