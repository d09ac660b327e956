package org.thalweg.cli.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.train.worker.World;

/** Workers that are shell scripts, which end, hang and die as they are told. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SupervisorTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);
    /** What a worker does that waits for the others for ever. */
    private static final String WAIT = "exec sleep 1000";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<Optional<Path>> begun = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    /** Each worker is this script, whose own process id is noted in the file {@code pids} first. */
    private int launch(int workers, int restarts, OptionalInt port, String script) throws InterruptedException {
        Job job = new Job(
                workers,
                restarts,
                Job.LOOPBACK,
                port,
                Duration.ofSeconds(20),
                Optional.of(folder.resolve("logs")),
                PATIENCE);
        return supervisor(job, script).run(stop::get);
    }

    private int launch(int workers, int restarts, String script) throws InterruptedException {
        return launch(workers, restarts, OptionalInt.empty(), script);
    }

    private Supervisor supervisor(Job job, String script) {
        Supervisor.Task task = new Supervisor.Task() {
            @Override
            public Optional<Path> run() {
                return Optional.empty();
            }

            @Override
            public List<String> command(Optional<Path> run) {
                begun.add(run);
                return List.of("sh", "-c", "cd " + folder + "; echo $$ >> pids; " + script);
            }

            @Override
            public String advice(Path run) {
                return "go on with " + run;
            }
        };
        return new Supervisor(job, task, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private String err() {
        return err.toString(UTF_8);
    }

    private List<String> log(int rank) throws IOException {
        return Files.readAllLines(folder.resolve("logs/rank-" + rank + ".log")).stream()
                .filter(line -> !line.startsWith("---"))
                .toList();
    }

    private void assertThatNobodyIsLeft(int workers) throws IOException {
        List<String> pids = Files.readAllLines(folder.resolve("pids"));
        assertThat(pids).hasSize(workers);
        for (String pid : pids) {
            assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive))
                    .isEmpty();
        }
    }

    @Test
    void theFirstWorkerSpeaksForAllAndEachHasALog() throws Exception {
        int code = launch(3, 0, "echo answer of $RANK; echo progress of $RANK >&2");
        assertThat(code).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("answer of 0\n");
        assertThat(err()).isEqualTo("progress of 0\n");
        for (int rank = 0; rank < 3; rank++) {
            assertThat(log(rank)).containsExactlyInAnyOrder("answer of " + rank, "progress of " + rank);
        }
        assertThatNobodyIsLeft(3);
    }

    @Test
    void workersHaveTheVariablesOfTorchrun() throws Exception {
        launch(
                2,
                0,
                OptionalInt.of(freePort()),
                "echo $RANK $LOCAL_RANK $WORLD_SIZE $LOCAL_WORLD_SIZE $MASTER_ADDR $MASTER_PORT $THALWEG_JOB"
                        + " $THALWEG_TIMEOUT $THALWEG_ENGINE");
        String[] first = log(0).getFirst().split(" ");
        String[] second = log(1).getFirst().split(" ");
        assertThat(first).startsWith("0", "0", "2", "2", "127.0.0.1");
        assertThat(second).startsWith("1", "1", "2", "2", "127.0.0.1");
        assertThat(Integer.parseInt(first[5])).isBetween(1, 65535);
        assertThat(first[6]).matches("[0-9a-f]{32}");
        assertThat(List.of(first).subList(5, 9)).isEqualTo(List.of(second).subList(5, 9));
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        assertThat(List.of(first).subList(7, 9)).containsExactly("20.0", "tuned,threads=" + threads);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo disk is full; exit 3 | ended with exit code 3; its last words: disk is full; its log: ",
                "echo on my way; kill -9 $$ | was ended by signal 9 (SIGKILL); its log: ",
                "kill -SEGV $$ | was ended by signal 11 (SIGSEGV); its log: "
            })
    void whenOneFailsAllEndAndItIsNamed(String end, String sentence) throws Exception {
        int code =
                launch(3, 0, "[ $RANK = 1 ] && { sleep 0.2; " + end + "; }; trap '' TERM; while :; do sleep 0.1; done");
        assertThat(code).isEqualTo(1);
        assertThat(err())
                .contains(
                        "thalweg: rank 1 of 3 failed first: it " + sentence + " " + folder.resolve("logs/rank-1.log"));
        assertThatNobodyIsLeft(3);
    }

    /** The ones that lost it end before it does. */
    @Test
    void whoFailedIsNotWhoEndedFirst() throws Exception {
        int code = launch(3, 0, "[ $RANK = 1 ] && { sleep 0.2; echo no memory; exit 1; }; echo lost one; exit 75");
        assertThat(code).isEqualTo(1);
        assertThat(err())
                .contains("rank 1 of 3 failed first: it ended with exit code 1; its last words: no memory")
                .doesNotContain("rank 2");
    }

    @Test
    void oneThatIsStoppedIsFoundWhenTheOthersLostIt() throws Exception {
        int code = launch(3, 0, "[ $RANK = 2 ] && kill -STOP $$; sleep 0.2; exit 75");
        assertThat(code).isEqualTo(1);
        assertThat(err()).contains("rank 2 of 3 failed first: it did not answer any more, and was ended");
        assertThatNobodyIsLeft(3);
    }

    @Test
    void aFaultOfTheCommandLineIsToldOnceAndNotTriedAgain() throws Exception {
        assertThat(launch(3, 5, "echo thalweg: there is no such rule. >&2; exit 2"))
                .isEqualTo(2);
        assertThat(err()).isEqualTo("thalweg: there is no such rule.\n");
        assertThat(begun).hasSize(1);
    }

    @Test
    void theJobComesBackFromItsRunWithAnotherPortAndSecret() throws Exception {
        String script = "echo $MASTER_PORT $THALWEG_JOB >> met-$RANK; [ $(wc -l < met-$RANK) = 3 ] && exit 0;"
                + " [ $RANK = 0 ] && { echo %s/run > $THALWEG_RUN_FILE; }; [ $RANK = 1 ] && { sleep 0.3; exit 4; }; %s"
                        .formatted(folder, WAIT);
        assertThat(launch(2, 3, script)).as(err()).isZero();
        Path run = folder.resolve("run");
        assertThat(begun).containsExactly(Optional.empty(), Optional.of(run), Optional.of(run));
        assertThat(err())
                .contains(
                        "thalweg: restart 1 of 3: going on with " + run + " from its last checkpoint\n",
                        "thalweg: restart 2 of 3");
        assertThat(Files.readAllLines(folder.resolve("met-0")))
                .doesNotHaveDuplicates()
                .isEqualTo(Files.readAllLines(folder.resolve("met-1")));
        assertThatNobodyIsLeft(6);
    }

    @Test
    void restartsComeToAnEnd() throws Exception {
        assertThat(launch(2, 2, "[ $RANK = 1 ] && exit 4; " + WAIT)).isEqualTo(1);
        assertThat(begun).hasSize(3);
        assertThat(err()).contains("restart 2 of 2: from the beginning").doesNotContain("restart 3");
    }

    @Test
    void aStopGoesToAllAndIsNoFault() throws Exception {
        stop.set(true);
        assertThat(launch(3, 5, "dd bs=1 count=1 2> /dev/null; sleep 0.$RANK; exit 130"))
                .isEqualTo(130);
        assertThat(out.toString(UTF_8)).isEqualTo("s");
        assertThat(begun).hasSize(1);
        assertThat(err()).isEmpty();
    }

    @Test
    void aFailureAfterAStopIsNotTriedAgain() throws Exception {
        stop.set(true);
        assertThat(launch(2, 5, "[ $RANK = 1 ] && exit 4; " + WAIT)).isEqualTo(1);
        assertThat(begun).hasSize(1);
    }

    @Test
    void allCanBeEndedAtOnce() throws Exception {
        Job job = new Job(2, 0, Job.LOOPBACK, OptionalInt.empty(), World.DEFAULT_TIMEOUT, Optional.empty(), PATIENCE);
        Supervisor supervisor = supervisor(job, "trap '' TERM; while :; do sleep 0.1; done");
        Thread user = Thread.ofPlatform().daemon().start(() -> {
            while (!(Files.exists(folder.resolve("pids")) && bothRun())) {
                pause();
            }
            supervisor.endAtOnce();
        });
        assertThat(supervisor.run(() -> false)).isEqualTo(1);
        user.join();
        assertThatNobodyIsLeft(2);
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean bothRun() {
        try {
            return Files.readAllLines(folder.resolve("pids")).size() == 2;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBarMovesAndLeavesNothingInTheLog() throws Exception {
        String script =
                "[ $RANK = 0 ] && printf 'begun\\n\\r 10 %% [=  ]\\r 20 %% [== ]\\repoch 1   \\n\\r 30 %% [===]' >&2;"
                        + " [ $RANK = 1 ] && { sleep 0.3; exit 9; }; " + WAIT;
        assertThat(launch(2, 0, script)).isEqualTo(1);
        assertThat(err())
                .startsWith("begun\n\r 10 % [=  ]\r 20 % [== ]\repoch 1   \n\r 30 % [===]\nthalweg: rank 1 of 2");
        assertThat(log(0)).startsWith("begun", "epoch 1").doesNotContain(" 10 % [=  ]");
    }

    @Test
    void javasGreetingIsTheLaunchersOwn() throws Exception {
        assertThat(launch(1, 0, "echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2; echo on >&2"))
                .isZero();
        assertThat(err()).isEqualTo("on\n");
        launch(1, 0, "printf WARN >&2; sleep 0.1; printf 'ING: Using much memory' >&2");
        assertThat(err()).isEqualTo("on\nWARNING: Using much memory");
    }

    /** However little it is. */
    @Test
    void whatTheFirstPrintsShowsAtOnce() throws Exception {
        Thread user = Thread.ofPlatform().daemon().start(() -> {
            while (!err().equals("WAIT?")) {
                pause();
            }
            stop.set(true);
        });
        assertThat(launch(1, 0, "printf 'WAIT?' >&2; dd bs=1 count=1 2> /dev/null; exit 130"))
                .isEqualTo(130);
        user.join();
    }

    @Test
    void aPortInUseIsASentence() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> launch(2, 0, OptionalInt.of(other.getLocalPort()), "exit 0"))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("port %d at 127.0.0.1 is in use".formatted(other.getLocalPort()))
                    .hasMessageContaining("--port");
        }
        assertThat(folder.resolve("pids")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7", "no-such-host.invalid"})
    void anAddressOfAnotherMachineIsASentence(String address) {
        assertThatThrownBy(() -> Rendezvous.at(address, OptionalInt.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be an address of this machine, such as 127.0.0.1, but is '%s'", address);
    }

    private static int freePort() {
        return Rendezvous.at(Job.LOOPBACK, OptionalInt.empty()).port();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, 1, 1 to 256 workers",
        "-3, 0, 1, 1, 1 to 256 workers",
        "257, 0, 1, 1, 1 to 256 workers",
        "2, -1, 1, 1, 0 or more",
        "2, 0, 0, 1, from 1 to 65535",
        "2, 0, 65536, 1, from 1 to 65535",
        "2, 0, 1, 0, from 0.1 seconds to a day",
        "2, 0, 1, 86401, from 0.1 seconds to a day"
    })
    void nonsenseIsASentence(int workers, int restarts, int port, int timeout, String part) {
        assertThatThrownBy(() -> new Job(
                        workers,
                        restarts,
                        Job.LOOPBACK,
                        OptionalInt.of(port),
                        Duration.ofSeconds(timeout),
                        Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }
}
