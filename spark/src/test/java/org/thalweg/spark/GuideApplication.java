package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** The application that the guide shows. */
final class GuideApplication {
    private static final Pattern BLOCK = Pattern.compile("^```java\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private GuideApplication() {}

    static String page() throws IOException {
        return Files.readString(Path.of("../docs/guide/spark.md"));
    }

    /** Compiles it, and gives the folder of its classes. */
    static Path compiled(Path folder) throws IOException {
        List<String> blocks =
                BLOCK.matcher(page()).results().map(block -> block.group(1)).toList();
        assertThat(blocks).hasSize(1);
        Path source = Files.writeString(folder.resolve("TrainOnRows.java"), blocks.getFirst());
        Path classes = folder.resolve("classes");
        StringWriter messages = new StringWriter();
        int exitCode = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        new PrintWriter(messages),
                        new PrintWriter(messages),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(exitCode).as(messages.toString()).isZero();
        return classes;
    }
}
