package org.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.schedule.Form;
import org.thalweg.optim.schedule.Schedule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchedulesCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));

    private int thalweg(String... args) {
        return Main.run(console, args);
    }

    private JsonNode document() {
        return JsonMapper.shared().readTree(out.toString(UTF_8));
    }

    @Test
    void lists_every_schedule_with_its_form() {
        assertThat(thalweg("schedules")).isZero();
        assertThat(out.toString(UTF_8).lines())
                .filteredOn(line -> line.startsWith("    "))
                .extracting(String::strip)
                .containsExactlyElementsOf(
                        Schedule.ready().stream().map(Form::signature).toList());
    }

    @Test
    void lists_them_as_one_document() {
        assertThat(thalweg("schedules", "--json")).isZero();
        assertThat(document()).hasSameSizeAs(Schedule.ready());
        for (JsonNode schedule : document()) {
            assertThat(schedule.propertyNames())
                    .containsExactly("name", "form", "follows", "summary", "source", "lectures");
            assertThat(schedule.get("source").asString()).isNotEmpty();
        }
    }

    @Test
    void plots_in_plain_characters_unless_asked_for_a_picture() {
        assertThat(thalweg("schedules", "plot", "cosine(0.1, 90).warmUp(5)", "0.1.then(30, 0.01)"))
                .isZero();
        assertThat(out.toString(UTF_8).lines())
                .contains(
                        "cosine(0.1, 90).warmUp(5)",
                        "constant(0.1).then(30, constant(0.01))",
                        "0.02 at step 0, at most 0.1 (step 4), 0 at step 99");
    }

    @Test
    void plots_to_a_file(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("schedule.png");
        assertThat(thalweg(
                        "schedules", "plot", "cosine(0.1, 9)", "--output", file.toString(), "--steps", "4", "--json"))
                .isZero();
        assertThat(Files.readAllBytes(file)).startsWith((byte) 0x89, 'P', 'N', 'G');
        assertThat(document().get("picture").asString()).isEqualTo(file.toString());
        JsonNode values = document().get("schedules").get(0);
        assertThat(values.get("schedule").asString()).isEqualTo("cosine(0.1, 9)");
        assertThat(values.get("points").size()).isEqualTo(4);
        assertThat(values.get("points").get(3).get("value").asDouble())
                .isEqualTo(Schedule.cosine(0.1, 9).at(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schedules plot",
                "schedules plto 0.1",
                "schedules plot cosin(0.1,9)",
                "schedules plot 0.1 --steps 0",
                "schedules plot 0.1 --steps many"
            })
    void what_cannot_be_done_is_one_sentence_and_exits_with_2(String line) {
        assertThat(thalweg(line.split(" "))).isEqualTo(2);
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8).lines()).hasSize(1).allMatch(told -> told.startsWith("thalweg: "));
    }
}
