package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Parts;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Split;
import org.thalweg.train.data.Task;
import org.thalweg.train.model.Model;
import org.thalweg.train.run.Checkpoints;
import org.thalweg.train.run.RunException;

/** Disks and data that fail in the middle of a run. */
class FaultsTest {
    private static Dataset digits;

    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0.1, 0.2, 1));
    }

    private static TrainingConfig config(int keep) {
        return new TrainingConfig(Model.mlp(10, 16), new AdamW(), Schedule.constant(0.01), 4, 32, 1)
                .with(Course.PLAIN.withSaving(new Saving(10, keep)));
    }

    /**
     * What a process does whose folder {@code runs} is on a disk of one megabyte: fills most of it, trains until it is full, says
     * why it stopped, makes room, and goes on to the end.
     */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            load();
            Path runs = Path.of("runs");
            Path filler = Files.write(runs.resolve("filler"), new byte[900_000]);
            try {
                Training.run(config(100), digits, runs, TrainingListener.NONE);
            } catch (RunException e) {
                System.out.println("refused: " + e.getMessage());
            }
            Files.delete(filler);
            Path run = only(runs);
            System.out.println("checkpoints: " + new Checkpoints(run).steps());
            try (Stream<Path> left = Files.walk(run)) {
                System.out.println("drafts: "
                        + left.filter(path -> path.toString().endsWith(".part")).count());
            }
            Training.resume(run, digits, TrainingListener.NONE);
            copy(run, Path.of("copy"));
        }

        private static void copy(Path run, Path to) throws IOException {
            Files.createDirectory(to);
            for (String file : List.of("metrics.jsonl", "result.json", "weights.safetensors")) {
                Files.copy(run.resolve(file), to.resolve(file));
            }
        }
    }

    private static Path only(Path runs) throws IOException {
        try (Stream<Path> found = Files.list(runs)) {
            return found.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    @Test
    void aFullDiskEndsTheRunAndLosesNothing() throws Exception {
        String printed = onDisk("size=1m", Child.class);
        assertThat(printed).containsPattern("refused: .*step-0000000\\d+ cannot be written: No space left on device");
        assertThat(printed).containsPattern("checkpoints: \\[\\d+.*10]").contains("drafts: 0");
        Path whole = Training.run(config(3), digits, folder.resolve("whole"), TrainingListener.NONE)
                .run();
        RunComparison.assertSame(whole, folder.resolve("copy"));
    }

    /** What a process does whose folder {@code runs} cannot be written. */
    static final class OnReadOnly {
        private OnReadOnly() {}

        public static void main(String[] arguments) {
            load();
            try {
                Training.run(config(3), digits, Path.of("runs"), TrainingListener.NONE);
            } catch (RunException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldInASentence() throws Exception {
        assertThat(onDisk("ro", OnReadOnly.class))
                .contains("refused: a run directory cannot be made in runs: Read-only file system");
    }

    /** In a name space of its own a process may mount a file system without being asked who it is. */
    private String onDisk(String options, Class<?> main) throws Exception {
        Files.createDirectory(folder.resolve("runs"));
        List<String> mounting = List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o %s none runs && exec \"$@\"".formatted(options),
                "sh");
        Assumptions.assumeTrue(works(mounting), "file systems are mounted where Linux lets users do so");
        return ChildJvm.run(folder, mounting, Map.of(), List.of("-XX:+UseSerialGC"), main);
    }

    private boolean works(List<String> mounting) throws InterruptedException {
        try {
            return new ProcessBuilder(Stream.concat(mounting.stream(), Stream.of("true"))
                                    .toList())
                            .directory(folder.toFile())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Examples that are gone from some moment on. */
    private record Vanishing(Examples examples, boolean[] gone) implements Examples {
        @Override
        public Shape shape() {
            return examples.shape();
        }

        @Override
        public Task task() {
            return examples.task();
        }

        @Override
        public int count() {
            return examples.count();
        }

        @Override
        public void input(int row, MemorySegment slot) {
            if (gone[0]) {
                throw new DataException("/media/stick/x.csv cannot be read: it is gone");
            }
            examples.input(row, slot);
        }

        @Override
        public void target(int row, MemorySegment slot) {
            examples.target(row, slot);
        }
    }

    @Test
    void dataThatVanishesEndsTheRunAfterAStepThatIsSaved() throws IOException {
        boolean[] gone = {false};
        Parts parts =
                new Parts(new Vanishing(digits.train(), gone), digits.parts().validation(), digits.test());
        Dataset vanishing = new Dataset(
                digits.name(),
                parts,
                digits.form(),
                digits.augmentations(),
                digits.split(),
                digits.attribution(),
                digits.request());
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Training.run(config(3), vanishing, folder.resolve("broken"), new TrainingListener() {
                    @Override
                    public void stepped(StepMetrics metrics) {
                        gone[0] = metrics.step() >= 33;
                    }
                }))
                .withMessage("/media/stick/x.csv cannot be read: it is gone");
        Path run = only(folder.resolve("broken"));
        assertThat(new Checkpoints(run).steps().getFirst()).isBetween(33L, 37L);
        Training.resume(run, digits, TrainingListener.NONE);
        Path whole = Training.run(config(3), digits, folder.resolve("whole"), TrainingListener.NONE)
                .run();
        RunComparison.assertSame(whole, run);
    }

    /** A listener's own fault leaves the checkpoints from before. */
    @Test
    void whateverIsThrownLeavesARunThatGoesOn() throws IOException {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Training.run(config(3), digits, folder.resolve("broken"), new TrainingListener() {
                    @Override
                    public void stepped(StepMetrics metrics) {
                        if (metrics.step() == 57) {
                            throw new UncheckedIOException(new IOException("a listener's own"));
                        }
                    }
                }));
        Path run = only(folder.resolve("broken"));
        assertThat(new Checkpoints(run).steps()).containsExactly(50L, 40L, 39L);
        Training.resume(run, digits, TrainingListener.NONE);
        Path whole = Training.run(config(3), digits, folder.resolve("whole"), TrainingListener.NONE)
                .run();
        RunComparison.assertSame(whole, run);
    }
}
