package org.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signals as the system sends them, to this very process. */
@Timeout(300)
class StopSignalsTest {
    private static final Pattern IGNORED = Pattern.compile("^SigIgn:\\s+([0-9a-f]+)$", Pattern.MULTILINE);

    /** As behind {@code nohup} or {@code &} in a script: then Java never hears of it. */
    @BeforeAll
    static void interruptsAreNotIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            Matcher ignored = IGNORED.matcher(Files.readString(status));
            assumeThat(ignored.find() && (Long.parseUnsignedLong(ignored.group(1), 16) >> 1 & 1) == 1)
                    .as("whether what started the tests has them ignore SIGINT")
                    .isFalse();
        }
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private static void raise(String name) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            signals.getMethod("raise", signals)
                    .invoke(null, signals.getConstructor(String.class).newInstance(name));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Console console() {
        return new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    @Test
    void aSignalAsksForAStop() {
        for (String name : new String[] {"INT", "TERM"}) {
            try (StopSignals signals = StopSignals.listen(console().err())) {
                assertThat(signals.asked()).isFalse();
                raise(name);
                while (!signals.asked()) {
                    pause();
                }
            }
        }
        assertThat(err.toString(UTF_8)).contains("Finishing the step and saving; once more stops at once.");
    }

    @Test
    void ctrlCSavesARunThatCanBeResumed() throws IOException {
        Thread user = Thread.ofPlatform().daemon().start(() -> {
            while (!err.toString(UTF_8).contains("epoch  2")) {
                pause();
            }
            raise("INT");
        });
        String line = "train digits --model mlp --epochs 2000 --runs " + folder;
        assertThat(Main.run(console(), line.split(" "))).isEqualTo(130);
        assertThat(user.isAlive()).isFalse();
        Path run;
        try (var runs = Files.list(folder)) {
            run = runs.findFirst().orElseThrow();
        }
        assertThat(err.toString(UTF_8))
                .containsPattern("thalweg: training was stopped after step [0-9,]+, and saved; './thalweg resume " + run
                        + "' goes on");
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(run.resolve("checkpoints")).isNotEmptyDirectory();
        assertThat(run.resolve("result.json")).doesNotExist();
    }
}
