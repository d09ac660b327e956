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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DataCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    private String thalweg(int status, String... args) {
        out.reset();
        err.reset();
        Console console = new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        assertThat(Main.run(console, args)).as(err.toString(UTF_8)).isEqualTo(status);
        return out.toString(UTF_8);
    }

    private Path flowers() throws IOException {
        StringBuilder table = new StringBuilder("species,length,width\n");
        for (int i = 0; i < 60; i++) {
            table.append("%s,%d.5,%d%n".formatted(i % 3 == 0 ? "iris" : "rose", i, i % 7));
        }
        return Files.writeString(folder.resolve("flowers.csv"), table);
    }

    @Test
    void shows_parts_classes_and_where_it_is_from() {
        String shown = thalweg(0, "data", "breast-cancer", "--validation", "0.1");
        assertThat(shown).contains("2 classes", "30 features", "Wolberg", "CC BY 4.0", "validation", "benign", "%");
        assertThat(shown.lines().filter(line -> line.startsWith("examples")))
                .first()
                .asString()
                .containsPattern("398 +57 +114");
    }

    @Test
    void shows_targets_in_their_own_units() {
        JsonNode json = JsonMapper.shared().readTree(thalweg(0, "data", "diabetes", "--json"));
        JsonNode train = json.get("parts").get(0);
        assertThat(train.get("examples").asInt()).isEqualTo(354);
        assertThat(train.get("targetMeans").get(0).asDouble()).isBetween(145.0, 160.0);
        assertThat(train.get("targetDeviations").get(0).asDouble()).isBetween(70.0, 85.0);
        assertThat(thalweg(0, "data", "diabetes")).contains("target 1 mean", "target 1 deviation");
    }

    @Test
    void shows_a_table_of_the_users_own() throws IOException {
        Path flowers = flowers();
        assertThat(thalweg(0, "data", flowers.toString(), "--target", "species", "--test", "0.25"))
                .contains("iris", "rose", "2 features");
        assertThat(thalweg(1, "data", flowers.toString(), "--target", "colour")).isEmpty();
        assertThat(err.toString(UTF_8)).contains("there is no column 'colour' among [species, length, width]");
    }

    @Test
    void lists_what_is_ready() {
        assertThat(thalweg(0, "data", "--list"))
                .contains("digits, breast-cancer, diabetes, shakespeare", "spirals:n=1000,arms=2,noise=0.1,seed=1");
        assertThat(thalweg(2, "data", "digit")).isEmpty();
        assertThat(err.toString(UTF_8)).contains("did you mean digits?");
    }

    /** What is named on the command line is trained on, and resumed with, as it was read, augmented and prepared. */
    @Test
    void trains_on_files_of_the_users_own() throws IOException {
        Path runs = folder.resolve("runs");
        thalweg(
                0,
                "train",
                flowers().toString(),
                "--target",
                "1",
                "--epochs",
                "2",
                "--batch",
                "all",
                "--augment",
                "mixup:0.3",
                "--preprocess",
                "pca",
                "--keep-last",
                "--json",
                "--runs",
                runs.toString());
        JsonNode result = JsonMapper.shared().readTree(out.toString(UTF_8));
        assertThat(result.get("steps").asInt()).isEqualTo(2);
        Path run = Path.of(result.get("run").asString());
        JsonNode config = JsonMapper.shared().readTree(Files.readString(run.resolve("config.json")));
        assertThat(config.get("data").get("classNames").toString()).isEqualTo("[\"iris\",\"rose\"]");
        assertThat(config.get("data").get("preprocessing").get("kind").asString())
                .isEqualTo("pca");
        assertThat(Files.readString(run.resolve("metrics.jsonl"))).contains("dataWaitSeconds");
        String before = result.get("testLoss").toString();
        assertThat(JsonMapper.shared()
                        .readTree(thalweg(0, "resume", run.toString(), "--json"))
                        .get("testLoss")
                        .toString())
                .isEqualTo(before);
    }

    @Test
    void says_what_does_not_go_together() throws IOException {
        for (String[] options : new String[][] {
            {"diabetes", "--augment", "flip"},
            {"digits", "--augment", "spin"},
            {"digits", "--preprocess", "pca:components=65"},
            {"digits", "--batch", "some"},
            {"digits", "--shape", "8by8"},
            {"shakespeare", "--length", "0"},
            {"shakespeare", "--augment", "mixup:1"},
            {"gaussians:n=-3"},
        }) {
            String[] line = new String[options.length + 1];
            line[0] = "train";
            System.arraycopy(options, 0, line, 1, options.length);
            thalweg(2, line);
            assertThat(err.toString(UTF_8).lines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("thalweg: ");
        }
    }
}
