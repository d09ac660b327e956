package org.thalweg.lab.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide's page says what is so. */
class ProblemGuideTest {
    @Test
    void has_a_row_for_every_problem() throws IOException {
        String guide = Files.readString(Path.of("../docs/guide/descend.md"));
        assertThat(Pattern.compile("(?m)^\\| `([^`]+)` \\|").matcher(guide).results())
                .extracting(row -> row.group(1))
                .containsExactlyElementsOf(Problems.names());
    }

    @Test
    void every_problem_says_where_it_comes_from() {
        assertThat(Problems.ready())
                .extracting(Problems::about)
                .allMatch(about -> !about.summary().isEmpty()
                        && !about.source().isEmpty()
                        && !about.formula().isEmpty());
    }
}
