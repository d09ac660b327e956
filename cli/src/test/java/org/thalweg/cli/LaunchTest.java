package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Workers that really train, and are killed, stopped and interrupted as they do: the run ends as one that was left alone. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LaunchTest {
    /** 25 steps an epoch, so that every fiftieth step is recorded and followed by an evaluation and a checkpoint. */
    private static final String TRAINING = "digits --model mlp:16 --batch 56 --runs runs --checkpoint-every 10";

    /** 127.0.0.1 as the kernel writes it, alone and as an address of IPv6. */
    private static final List<String> LOOPBACK = List.of("0100007F", "0000000000000000FFFF00000100007F");

    @TempDir
    private Path folder = Path.of("");

    private LaunchedJob job(String name, String line) throws IOException {
        return LaunchedJob.start(folder.resolve(name), "launch " + line);
    }

    private static void assertThatSame(Path found, Path expected) throws IOException {
        assertThat(Files.mismatch(found.resolve("weights.safetensors"), expected.resolve("weights.safetensors")))
                .as("first byte of %s that differs from %s", found, expected)
                .isEqualTo(-1);
        assertThat(steps(found)).isEqualTo(steps(expected));
    }

    private static List<String> steps(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .map(line ->
                        line.get("type").asString() + line.path("step") + line.path("loss") + line.path("trainLoss"))
                .toList();
    }

    @Test
    void aJobComesBackWithTheSameBitsAndListensNowhereElse() throws Exception {
        String training = "train " + TRAINING + " --epochs 3 --json";
        Path whole;
        try (LaunchedJob job = job("whole", "--workers 2 " + training)) {
            whole = job.completed();
        }
        assertThat(JsonMapper.shared()
                        .readTree(Files.readString(folder.resolve("whole/out")))
                        .get("steps")
                        .asLong())
                .isEqualTo(75);
        try (LaunchedJob job = job("hurt", "--workers 2 --max-restarts 2 " + training)) {
            job.awaitStep(20);
            assertThat(LOOPBACK).containsAll(job.listening(0)).containsAll(job.listening(1));
            assertThat(job.listening(0)).isNotEmpty();
            job.signal(1, "KILL");
            Path hurt = job.completed();
            assertThat(job.err())
                    .contains(
                            "thalweg: rank 1 of 2 failed first: it was ended by signal 9 (SIGKILL)",
                            "thalweg: restart 1 of 2: going on with ");
            assertThatSame(hurt, whole);
            assertThat(hurt.resolve("logs/rank-1.log")).content().contains("attempt 1,", "attempt 2,");
        }
    }

    @Test
    void ctrlCSavesAndResumeGoesOn() throws Exception {
        try (LaunchedJob job = job("stopped", "--workers 2 train " + TRAINING + " --epochs 100000")) {
            job.awaitStep(1);
            job.signal("INT");
            assertThat(job.end()).as(job.err()).isEqualTo(130);
            Path run = job.run().orElseThrow();
            assertThat(job.err())
                    .containsOnlyOnce("Finishing the step and saving; once more stops at once.")
                    .containsPattern("thalweg: training was stopped after step [0-9,]+, and saved")
                    .doesNotContain("failed first");
            assertThat(run.resolve("checkpoints")).isNotEmptyDirectory();
        }
    }

    @Test
    void aPortInUseIsASentence() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LaunchedJob job = job("second", "--workers 2 --port " + other.getLocalPort() + " train digits")) {
            assertThat(job.end()).isEqualTo(1);
            assertThat(job.err()).contains("thalweg: port " + other.getLocalPort() + " at 127.0.0.1 is in use");
        }
    }

    /** A fault every hundred steps of 500: kills of rank 0 and others, one while a checkpoint is written, and one that is stopped. */
    @Test
    @Tag("slow")
    void fourWorkersAndAFaultEveryHundredStepsChangeNothing() throws Exception {
        String training = "train " + TRAINING + " --epochs 20";
        Path whole;
        try (LaunchedJob job = job("whole", "--workers 4 " + training)) {
            whole = job.completed();
        }
        try (LaunchedJob job = job("hurt", "--workers 4 --max-restarts 5 --timeout 15 " + training)) {
            hurt(job, 50, 2, "KILL");
            hurt(job, 100, 0, "KILL");
            hurt(job, 200, 3, "STOP");
            job.awaitStep(300);
            job.awaitDraft();
            hurt(job, 300, 0, "KILL");
            hurt(job, 400, 1, "KILL");
            Path hurt = job.completed();
            assertThat(job.err()).contains("restart 5 of 5").contains("rank 3 of 4 failed first: it did not answer");
            assertThatSame(hurt, whole);
        }
    }

    private static void hurt(LaunchedJob job, long step, int rank, String signal) throws Exception {
        job.awaitStep(step);
        job.awaitWorkers(4);
        job.signal(rank, signal);
    }
}
