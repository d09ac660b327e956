package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Main.run(
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                args);
    }

    @Test
    void listsTheClaims() {
        assertThat(run("reproduce", "--list")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("C02", "condition number", "NTU CE7454");
    }

    @Test
    void triesOneAndWritesItsPage(@TempDir Path folder) {
        assertThat(run("--json", "reproduce", "c2", "--quick", "--seeds", "2", "--out", folder.toString()))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"id\" : \"C02\"", "\"verdict\" : \"", "\"criterion\" : \"", "\"seeds\" : [ 1, 2 ]");
        assertThat(Files.exists(folder.resolve("C02.html"))).isTrue();
    }

    @Test
    void asksWhichOnes() {
        assertThat(run("reproduce")).isEqualTo(Main.USAGE);
        assertThat(run("reproduce", "C99")).isEqualTo(Main.USAGE);
        assertThat(run("reproduce", "C02", "--seeds", "0")).isEqualTo(Main.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--all", "there is no claim 'C99'", "1 seed or more");
    }
}
