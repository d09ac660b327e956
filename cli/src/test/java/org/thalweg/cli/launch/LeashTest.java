package org.thalweg.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.cli.Jvm;
import org.thalweg.train.worker.World;

/** Real processes on real pipes. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeashTest {
    @TempDir
    private Path folder = Path.of("");

    /** A worker that does nothing until it is told to stop, and would go on for ever. */
    static final class Idle {
        private Idle() {}

        public static void main(String[] arguments) throws InterruptedException {
            Leash.follow(System.in);
            System.out.println("pid " + ProcessHandle.current().pid());
            while (!Leash.stopAsked()) {
                Thread.sleep(5);
            }
            System.out.println("asked to stop");
            Thread.sleep(1_000_000);
        }
    }

    /** A launcher of two of them. */
    static final class Launcher implements Supervisor.Task {
        private Launcher() {}

        public static void main(String[] arguments) throws InterruptedException {
            Job job = new Job(2, 0, Job.LOOPBACK, OptionalInt.empty(), World.DEFAULT_TIMEOUT, Optional.empty());
            System.exit(new Supervisor(job, new Launcher(), System.out, System.err).run(() -> false));
        }

        @Override
        public Optional<Path> run() {
            return Optional.empty();
        }

        @Override
        public List<String> command(Optional<Path> begun) {
            return Jvm.command(Idle.class);
        }

        @Override
        public String advice(Path run) {
            return "";
        }
    }

    @Test
    void aWorkerHearsOfAStopAndEndsWithItsLauncher() throws Exception {
        Process worker = Jvm.builder(folder, Map.of(), Idle.class).start();
        try (BufferedReader printed = worker.inputReader()) {
            assertThat(printed.readLine()).startsWith("pid ");
            Leash.askToStop(worker.getOutputStream());
            assertThat(printed.readLine()).isEqualTo("asked to stop");
            assertThat(worker.isAlive()).isTrue();
            Leash.letGo(worker.getOutputStream());
            assertThat(worker.waitFor()).isEqualTo(Leash.OTHERS_ENDED);
        }
    }

    @Test
    void noWorkerIsLeftBehindByALauncherThatIsKilled() throws Exception {
        Process launcher = Jvm.builder(folder, Map.of(), Launcher.class).start();
        try (BufferedReader printed = launcher.inputReader()) {
            assertThat(printed.readLine()).startsWith("pid "); // of rank 0
            List<ProcessHandle> workers = bothOf(launcher);
            List<CompletableFuture<ProcessHandle>> ends = new ArrayList<>();
            workers.forEach(worker -> ends.add(worker.onExit()));
            launcher.toHandle().destroyForcibly();
            for (CompletableFuture<ProcessHandle> end : ends) {
                assertThat(end.get().isAlive()).isFalse();
            }
        }
    }

    private static List<ProcessHandle> bothOf(Process launcher) throws IOException, InterruptedException {
        List<ProcessHandle> workers = launcher.children().toList();
        while (workers.size() < 2) {
            assertThat(launcher.isAlive()).isTrue();
            Thread.sleep(5);
            workers = launcher.children().toList();
        }
        return workers;
    }
}
