package org.thalweg.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide's page says what is so. */
class ScheduleGuideTest {
    private final String guide = Files.readString(Path.of("../docs/guide/schedules.md"));

    ScheduleGuideTest() throws IOException {}

    @Test
    void hasARowForEverySchedule() {
        assertThat(Pattern.compile("(?m)^\\| `([^`]+)` \\|").matcher(guide).results())
                .extracting(row -> row.group(1))
                .containsExactlyElementsOf(
                        Schedule.ready().stream().map(Form::signature).toList());
    }

    @Test
    void showsTextsThatAreRead() {
        String block = Pattern.compile("```\n(0\\.001\n.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
        assertThat(block.lines().filter(line -> !line.startsWith("```")))
                .hasSize(5)
                .allSatisfy(text -> assertThat(Schedule.parse(text).at(0)).isPositive());
    }

    @Test
    void quotesTheErrorAsItIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.parse("cosin(0.1, 90)"))
                .satisfies(error -> assertThat(guide.lines()).contains(error.getMessage()));
    }

    @Test
    void statesTheValuesOfItsSample() {
        Schedule rate = Schedule.cosine(1e-3, 10_000).warmUp(500);
        assertThat(guide).contains("Schedule.cosine(1e-3, 10_000).warmUp(500);");
        assertThat(rate.at(0)).isEqualTo(2e-6);
        assertThat(rate.at(500)).isEqualTo(1e-3);
        assertThat(rate.at(10_500)).isZero();
    }
}
