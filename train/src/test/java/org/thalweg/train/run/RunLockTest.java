package org.thalweg.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.train.ChildJvm;

class RunLockTest {
    @TempDir
    private Path folder;

    /** Has a run's directory until its input ends. */
    static final class Holder {
        public static void main(String[] arguments) throws IOException {
            try (RunLock _ = RunLock.take(Path.of(arguments[0]))) {
                IO.println("taken");
                System.in.read();
            }
        }
    }

    /** Tries to take a run's directory. */
    static final class Taker {
        public static void main(String[] arguments) {
            try (RunLock _ = RunLock.take(Path.of(arguments[0]))) {
                IO.println("taken");
            } catch (RunException e) {
                IO.println("refused");
            }
        }
    }

    @Test
    void tells_what_another_process_has() throws Exception {
        Process holder = ChildJvm.builder(folder, Map.of(), List.of(), Holder.class, folder.toString())
                .start();
        try (BufferedReader said = holder.inputReader()) {
            assertThat(said.readLine()).isEqualTo("taken");
            assertThat(RunDirectory.isRunning(folder)).isTrue();
            assertThatExceptionOfType(RunException.class).isThrownBy(() -> RunLock.take(folder));
        } finally {
            holder.getOutputStream().close();
            holder.waitFor();
        }
        assertThat(RunDirectory.isRunning(folder)).isFalse();
    }

    @Test
    void asking_takes_nothing_away_from_a_run_of_this_process() throws Exception {
        try (RunLock _ = RunLock.take(folder)) {
            assertThat(RunDirectory.isRunning(folder)).isTrue();
            assertThat(ChildJvm.run(folder, Map.of(), List.of(), Taker.class, folder.toString()))
                    .isEqualToIgnoringNewLines("refused");
        }
        assertThat(RunDirectory.isRunning(folder)).isFalse();
        RunLock.take(folder).close();
    }

    @Test
    void nothing_runs_where_there_is_no_lock_or_only_a_link() throws IOException {
        assertThat(RunDirectory.isRunning(folder.resolve("none"))).isFalse();
        assertThat(RunDirectory.isRunning(folder)).isFalse();
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (RunLock _ = RunLock.take(elsewhere)) {
            Files.createSymbolicLink(folder.resolve(".lock"), elsewhere.resolve(".lock"));
            assertThat(RunDirectory.isRunning(folder)).isFalse();
        }
    }
}
