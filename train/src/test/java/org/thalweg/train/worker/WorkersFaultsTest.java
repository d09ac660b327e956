package org.thalweg.train.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.train.ChildJvm;

/** Workers that are killed or stopped, and such as do not belong together. */
class WorkersFaultsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final int ENDED = 75;
    /** Far beyond the timeout, for a machine that is busy with other things; a hang is longer. */
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    Path folder;

    /** A worker that sums for ever, and makes a file when it has begun. */
    static final class Summing {
        private Summing() {}

        public static void main(String[] args) throws IOException {
            World world = World.fromEnvironment(System.getenv()).orElseThrow();
            try (Workers workers = Workers.open(world)) {
                for (int step = 0; ; step++) {
                    assertThat(workers.sum(1)[0]).isEqualTo(world.size());
                    if (step == 10) {
                        Files.createFile(Path.of(args[0], "begun" + world.rank()));
                    }
                }
            } catch (WorkersException e) {
                System.out.println(e.getMessage());
                System.exit(e.byAnother() ? ENDED : 1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"KILL, 1", "STOP, 0"})
    void whenOneIsLostTheOthersEndWithASentence(String signal, int victim) throws IOException, InterruptedException {
        theOthersEndWithASentence(signal, victim);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"KILL, 0", "STOP, 2"})
    void whicheverIsLostTheOthersEndWithASentence(String signal, int victim) throws IOException, InterruptedException {
        theOthersEndWithASentence(signal, victim);
    }

    private void theOthersEndWithASentence(String signal, int victim) throws IOException, InterruptedException {
        List<World> worlds = Gang.worlds(3, TIMEOUT);
        List<Process> processes = new ArrayList<>();
        try {
            for (World world : worlds) {
                Path output = folder.resolve("output" + world.rank());
                processes.add(ChildJvm.builder(
                                folder, world.environment(), List.of("-Xmx256m"), Summing.class, folder.toString())
                        .redirectOutput(output.toFile())
                        .start());
            }
            for (World world : worlds) {
                awaitFile(folder.resolve("begun" + world.rank()));
            }
            Process hit = processes.get(victim);
            new ProcessBuilder("kill", "-" + signal, Long.toString(hit.pid()))
                    .start()
                    .waitFor();
            for (int rank = 0; rank < 3; rank++) {
                if (rank != victim) {
                    Process other = processes.get(rank);
                    assertThat(other.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                            .as("worker %d ends", rank)
                            .isTrue();
                    String said = Files.readString(folder.resolve("output" + rank));
                    assertThat(other.exitValue()).as(said).isEqualTo(ENDED);
                    assertThat(said).contains("worker " + victim).contains("a sum over all workers was waited for");
                }
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private static void awaitFile(Path file) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(file)) {
            assertThat(System.nanoTime()).as("%s is made", file).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private static World world(int rank, int size, int port, String job) {
        return new World(rank, size, rank, "127.0.0.1", port, job, Duration.ofMillis(600));
    }

    @Test
    void aPortThatIsInUseIsTold() {
        int port = Gang.freePort();
        Gang.inThreads(List.of(world(0, 2, port, "one"), world(1, 2, port, "one")), world -> {
            try (Workers workers = Workers.open(world)) {
                if (world.leads()) {
                    assertThatThrownBy(() -> Workers.open(world(0, 2, port, "one")))
                            .isInstanceOf(WorkersException.class)
                            .hasMessageContaining("rank 0 cannot listen on 127.0.0.1, port " + port);
                    assertThatThrownBy(() -> Workers.open(world(1, 2, port, "two")))
                            .hasMessageContaining("is of another job, or was told another number of workers than 2");
                    assertThatThrownBy(() -> Workers.open(world(1, 3, port, "one")))
                            .hasMessageContaining("was told another number of workers than 3");
                    assertThatThrownBy(() -> Workers.open(world(1, 2, port, "one")))
                            .hasMessageContaining("there is a worker of rank 1 already at 127.0.0.1:" + port);
                }
                workers.barrier();
                return true;
            }
        });
    }

    @Test
    void aWorkerThatDoesNotComeIsNamed() {
        int port = Gang.freePort();
        assertThatThrownBy(() -> Workers.open(world(0, 2, port, "")))
                .isInstanceOf(WorkersException.class)
                .hasMessageContaining("of 2 workers, those of rank [1] did not come within 3.00 s");
        assertThatThrownBy(() -> Workers.open(world(1, 2, Gang.freePort(), "")))
                .hasMessageContaining("rank 0 did not answer at 127.0.0.1:");
    }

    @Test
    void aSlowWorkerIsNoFault() {
        List<World> worlds = Gang.worlds(2, Duration.ofMillis(1000));
        List<Double> sums = Gang.inThreads(worlds, world -> {
            try (Workers workers = Workers.open(world)) {
                if (world.rank() == 1) {
                    sleep(4000);
                }
                double sum = workers.sum(1)[0];
                workers.barrier();
                return sum;
            }
        });
        assertThat(sums).containsExactly(2.0, 2.0);
    }

    @Test
    void theReasonOfAWorkerThatFailsIsToldToTheOthers() {
        assertThatThrownBy(() -> Gang.inThreads(Gang.worlds(2, TIMEOUT), world -> {
                    try (Workers workers = Workers.open(world)) {
                        if (world.rank() == 1) {
                            workers.fail(new IOException("the disk is full"));
                            return 0.0;
                        }
                        return workers.sum(1)[0];
                    }
                }))
                .isInstanceOf(WorkersException.class)
                .hasMessageContaining("worker 1 failed: the disk is full, while a sum over all workers was waited for");
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
