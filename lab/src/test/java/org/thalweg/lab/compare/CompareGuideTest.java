package org.thalweg.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide's page says what is so. */
class CompareGuideTest {
    @Test
    void has_a_row_for_every_task() throws IOException {
        String guide = Files.readString(Path.of("../docs/guide/compare.md"));
        assertThat(Pattern.compile("(?m)^\\| `([^`]+)` \\|").matcher(guide).results())
                .extracting(row -> row.group(1))
                .containsExactlyElementsOf(Workloads.ready().keySet());
    }
}
