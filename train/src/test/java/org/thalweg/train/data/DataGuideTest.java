package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.optim.text.Forms;

/** The guide names everything that can be asked for, in its tables. */
class DataGuideTest {
    private static String guide() throws IOException {
        return Files.readString(Path.of("../docs/guide/data.md"));
    }

    static Stream<String> names() {
        Stream<String> forms = Stream.of(Synthetic.READY, Augmentation.READY, Fitting.READY)
                .flatMap(known -> known.ready().stream())
                .map(Forms::name);
        Stream<String> formats =
                Stream.of(Format.values()).map(format -> format.name().toLowerCase(Locale.ROOT));
        return Stream.of(Corpora.names().stream(), forms, formats).flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("names")
    void namesEverything(String name) throws IOException {
        assertThat(guide().lines().filter(line -> line.startsWith("|")))
                .as(name)
                .anyMatch(row -> row.split("\\|", 3)[1].matches(".*`" + name + "[`:].*"));
    }

    /** The texts in the tables can be typed as they stand. */
    @Test
    void textsAreReadAsTheyStand() throws IOException {
        assertThat(guide().lines()
                        .filter(line -> line.matches("\\| `(gaussians|spirals|sine|teacher):.*"))
                        .map(line -> Synthetic.parse(line.split("`", 3)[1])))
                .containsExactlyInAnyOrderElementsOf(Synthetic.READY.ready().stream()
                        .map(Synthetic.class::cast)
                        .toList());
    }
}
