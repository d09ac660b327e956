package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A launcher in a process of its own, with real workers, which are watched and hurt from outside. Needs Linux. */
final class LaunchedJob implements AutoCloseable {
    private static final Pattern STEP = Pattern.compile("\"type\":\"step\",\"step\":(\\d+)");
    private static final Pattern LISTENING = Pattern.compile(" *\\d+: ([0-9A-F]+):[0-9A-F]{4} \\S+ 0A .* (\\d+) 1 .*");

    private final Path folder;
    private final Process launcher;

    private LaunchedJob(Path folder, Process launcher) {
        this.folder = folder;
        this.launcher = launcher;
    }

    /** Launches in a folder of its own, where its runs lie in {@code runs}. */
    static LaunchedJob start(Path folder, String line) throws IOException {
        Files.createDirectories(folder);
        Process launcher = Jvm.builder(folder, Map.of(), Main.class, line.split(" "))
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        return new LaunchedJob(folder, launcher);
    }

    String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    /** Waits until so many steps are recorded. */
    void awaitStep(long step) throws Exception {
        await(() -> step() >= step);
    }

    /** Waits until all workers of the next attempt are there. */
    void awaitWorkers(int count) throws Exception {
        await(() -> launcher.children().filter(ProcessHandle::isAlive).count() == count);
    }

    /** Waits until a checkpoint is about to be written. */
    void awaitDraft() throws Exception {
        await(this::hasDraft);
    }

    /** What is waited for. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(Condition condition) throws Exception {
        while (!condition.holds()) {
            assertThat(launcher.isAlive()).as(err()).isTrue();
            Thread.sleep(1);
        }
    }

    private long step() throws IOException {
        Optional<Path> run = run();
        if (run.isEmpty() || !Files.exists(run.get().resolve("metrics.jsonl"))) {
            return 0;
        }
        Matcher steps = STEP.matcher(Files.readString(run.get().resolve("metrics.jsonl")));
        long last = 0;
        while (steps.find()) {
            last = Long.parseLong(steps.group(1));
        }
        return last;
    }

    private boolean hasDraft() throws IOException {
        Optional<Path> run = run();
        if (run.isEmpty() || !Files.isDirectory(run.get().resolve("checkpoints"))) {
            return false;
        }
        try (Stream<Path> checkpoints = Files.list(run.get().resolve("checkpoints"))) {
            return checkpoints.anyMatch(path -> path.toString().endsWith(".part"));
        }
    }

    /** The only run there is. */
    Optional<Path> run() throws IOException {
        if (!Files.isDirectory(folder.resolve("runs"))) {
            return Optional.empty();
        }
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            List<Path> found = runs.toList();
            assertThat(found).hasSizeLessThan(2);
            return found.stream().findFirst();
        }
    }

    /** Sends a worker a signal, such as {@code KILL}. */
    void signal(int rank, String name) throws Exception {
        send(worker(rank), name);
    }

    /** Sends it to the launcher itself. */
    void signal(String name) throws Exception {
        send(launcher.toHandle(), name);
    }

    private static void send(ProcessHandle process, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private ProcessHandle worker(int rank) throws IOException {
        for (ProcessHandle child : launcher.children().toList()) {
            String environment = Files.readString(Path.of("/proc/%d/environ".formatted(child.pid())));
            if (List.of(environment.split("\0")).contains("RANK=" + rank)) {
                return child;
            }
        }
        throw new AssertionError("there is no worker " + rank + ": " + err());
    }

    /** The addresses, in the kernel's hexadecimal, where this worker listens. */
    List<String> listening(int rank) throws IOException {
        long pid = worker(rank).pid();
        List<String> sockets = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("/proc/%d/fd".formatted(pid)))) {
            for (Path file : files.toList()) {
                if (Files.isSymbolicLink(file)) {
                    sockets.add(Files.readSymbolicLink(file).toString());
                }
            }
        }
        List<String> addresses = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/%d/net/%s".formatted(pid, table)))) {
                Matcher matcher = LISTENING.matcher(line);
                if (matcher.matches() && sockets.contains("socket:[" + matcher.group(2) + "]")) {
                    addresses.add(matcher.group(1));
                }
            }
        }
        return addresses;
    }

    /** Waits for its end; the exit code. */
    int end() throws InterruptedException {
        return launcher.waitFor();
    }

    /** The end of a job that must come to it. */
    Path completed() throws Exception {
        assertThat(end()).as(err()).isZero();
        return run().orElseThrow();
    }

    /** Nothing is left running, whatever became of a test. */
    @Override
    public void close() throws Exception {
        List<ProcessHandle> workers = launcher.children().toList();
        launcher.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
        workers.forEach(ProcessHandle::destroyForcibly);
    }
}
