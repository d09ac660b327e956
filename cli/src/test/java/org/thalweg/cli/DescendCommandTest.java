package org.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.lab.problem.Problems;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DescendCommandTest {
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
    void seven_rules_go_down_beale_unless_told_otherwise() {
        assertThat(thalweg("descend", "--json")).as(err.toString(UTF_8)).isZero();
        assertThat(document().get("problem").asString()).isEqualTo("beale");
        JsonNode ways = document().get("ways");
        assertThat(ways.findValuesAsString("rule"))
                .containsExactly("sgd", "momentum", "nesterov", "adagrad", "rms-prop", "adadelta", "adam");
        JsonNode adam = ways.get(6);
        assertThat(adam.get("tuned").asBoolean()).isTrue();
        assertThat(adam.get("outcome").asString()).isEqualTo("reached");
        assertThat(adam.get("stepsToTolerance").asInt()).isBetween(10, 500);
        assertThat(adam.get("end").get(0).asDouble()).isBetween(2.99, 3.01);
        assertThat(adam.get("points")).hasSize(501);
        assertThat(adam.get("losses").get(0).asDouble()).isEqualTo(41.25);
    }

    @Test
    void rates_start_steps_and_tolerance_are_as_asked() {
        assertThat(thalweg(
                        "descend",
                        "--problem",
                        "(1-x)^2 + 100*(y-x^2)^2",
                        "--rule",
                        "sgd:lr=0.001",
                        "--rule",
                        "adam",
                        "--lr",
                        "cosine(0.1, 40)",
                        "--start",
                        "-1, 0.5",
                        "--steps",
                        "40",
                        "--json"))
                .as(err.toString(UTF_8))
                .isZero();
        assertThat(document().get("steps").asInt()).isEqualTo(40);
        JsonNode sgd = document().get("ways").get(0);
        assertThat(sgd.get("rate").asString()).isEqualTo("0.001");
        // One step by hand: (-1, 0.5) - 0.001 (-400 x (y - x^2) - 2 (1 - x), 200 (y - x^2)) = (-0.796, 0.6)
        assertThat(sgd.get("points").get(1).get(0).asDouble()).isBetween(-0.79601, -0.79599);
        assertThat(sgd.get("points").get(1).get(1).asDouble()).isBetween(0.59999, 0.60001);
        assertThat(document().get("ways").get(1).get("rate").asString()).isEqualTo("cosine(0.1, 40)");
    }

    @Test
    void a_page_and_a_picture_are_written_and_the_page_says_how_to_make_it_again() throws Exception {
        Path page = folder.resolve("new/page.html");
        Path picture = folder.resolve("new/picture.png");
        assertThat(thalweg(
                        "descend",
                        "--problem",
                        "quadratic:condition=5",
                        "--rule",
                        "sgd",
                        "--rule",
                        "momentum:beta=0.5",
                        "--html",
                        page.toString(),
                        "--png",
                        picture.toString()))
                .as(err.toString(UTF_8))
                .isZero();
        assertThat(Files.readAllBytes(picture)).startsWith((byte) 0x89, 'P', 'N', 'G');
        assertThat(Files.readString(page))
                .startsWith("<!DOCTYPE html>")
                .contains("./thalweg descend --problem quadratic:condition=5 --rule sgd:lr=0.3"
                        + " --rule momentum:beta=0.5,lr=0.3 --html " + page);
        assertThat(out.toString(UTF_8).lines()).contains(page.toString(), picture.toString());
    }

    @Test
    void a_number_per_rule_stands_in_the_table() {
        assertThat(thalweg("descend", "--problem", "quadratic:dimension=1,condition=4", "--rule", "sgd:lr=0.25"))
                .isZero();
        assertThat(out.toString(UTF_8).lines()).anyMatch(line -> line.matches("sgd +0\\.25 +1 +0 +0 +- +reached"));
    }

    @Test
    void problems_are_listed() {
        assertThat(thalweg("problems")).isZero();
        String listed = out.toString(UTF_8);
        assertThat(listed.lines()
                        .filter(line -> line.matches("  [a-z].*"))
                        .map(line -> line.strip().split(" ")[0]))
                .containsAll(Problems.names());
        out.reset();
        assertThat(thalweg("descend", "--problem", "list")).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo(listed);
        out.reset();
        assertThat(thalweg("problems", "--json")).isZero();
        assertThat(document().findValuesAsString("name")).isEqualTo(Problems.names());
        assertThat(List.copyOf(document().get(0).propertyNames()))
                .containsExactly("name", "summary", "formula", "options", "source", "lectures");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--problem beal|did you mean beale?",
                "--problem 2x|expected an operator",
                "--problem log(x)|no finite value at the start",
                "--rule adm|did you mean adam?",
                "--rule adam:lr=fast|lr needs a number or a schedule",
                "--lr fast|cannot read schedule",
                "--start 1|beale has 2 variables, but the start has 1 numbers",
                "--start 1,b|cannot read --start \"1,b\": at character 3, expected a number",
                "--start 1,1e300|no finite value at the start",
                "--steps 0|steps must be from 1",
                "--steps 2000000000|steps must be from 1",
                "--tolerance -1|tolerance must be",
                "--noise -1|noise must be",
                "--window 1,2|--window takes left,right,bottom,top",
                "--window 1,0,0,1|a window goes from a lower to a higher",
                "--html /|is a folder"
            })
    void what_cannot_be_done_is_one_sentence_and_exits_with_2(String options, String told) {
        assertThat(thalweg(("descend " + (options.startsWith("--rule") ? "" : "--rule sgd ") + options).split(" ")))
                .isEqualTo(2);
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8).lines()).hasSize(1).allMatch(line -> line.startsWith("thalweg: "));
        assertThat(err.toString(UTF_8)).contains(told);
    }
}
