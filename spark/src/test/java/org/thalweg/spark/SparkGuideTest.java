package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application in the guide compiles, and its page names what there is. */
class SparkGuideTest {
    @TempDir
    Path folder;

    @Test
    void the_application_compiles() throws IOException {
        Path classes = GuideApplication.compiled(folder);
        assertThat(classes.resolve("TrainOnRows.class")).exists();
    }

    @Test
    void the_page_says_which_spark() throws IOException {
        Matcher version =
                Pattern.compile("<spark.version>(\\d+\\.\\d+)").matcher(Files.readString(Path.of("../pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(GuideApplication.page()).contains("Spark %s on Java".formatted(version.group(1)));
        assertThat(List.of(LocalSpark.SESSION.version())).allMatch(now -> now.startsWith(version.group(1)));
    }
}
