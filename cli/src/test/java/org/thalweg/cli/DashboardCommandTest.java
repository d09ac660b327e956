package org.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DashboardCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));

    @Test
    void serves_until_it_is_asked_to_end_and_ends_in_peace() throws Exception {
        Path errors = folder.resolve("errors");
        Process process = Jvm.builder(folder, Map.of(), Main.class, "dashboard", "--port", "0")
                .redirectError(errors.toFile())
                .start();
        try (BufferedReader said = process.inputReader()) {
            String line = said.readLine();
            assertThat(line)
                    .startsWith("The runs in runs are at http://localhost:")
                    .endsWith("/ until Ctrl-C.");
            URI address = URI.create(line.replaceAll(".* (http\\S+) .*", "$1"));
            try (InputStream page = address.toURL().openStream()) {
                assertThat(new String(page.readAllBytes(), UTF_8)).contains("Thalweg</title>");
            }
            process.toHandle().destroy(); // asks it to end, as Ctrl-C does
            assertThat(process.waitFor()).isZero();
            assertThat(said.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(errors).strip())
                .endsWith("The dashboard ends.")
                .doesNotContain("INFO", "WARNING: h");
    }

    @Test
    void what_cannot_be_served_is_told_in_a_sentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            String port = String.valueOf(taken.getLocalPort());
            assertThat(Main.run(console, "dashboard", folder.toString(), "--port", port))
                    .isEqualTo(2);
            assertThat(err.toString(UTF_8))
                    .startsWith("thalweg: nothing can be served at port " + port)
                    .contains("give another --port, or 0 for any that is free");
        }
        err.reset();
        assertThat(Main.run(console, "dashboard", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(Main.run(console, "dashboard", "--port", "70000")).isEqualTo(2);
        assertThat(Main.run(console, "dashboard", folder.toString(), "--host", "no.such.host.invalid"))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("thalweg: there is no folder " + folder.resolve("none")),
                        line -> assertThat(line).isEqualTo("thalweg: --port is a number from 0 to 65535, not 70000"),
                        line -> assertThat(line).startsWith("thalweg: there is no host 'no.such.host.invalid'"));
        assertThat(out.toString(UTF_8)).isEmpty();
    }
}
