package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.average.Ema;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Parts;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.ready.Models;

/** Resident memory does not grow with the number of steps, nor with what else happens to runs. */
@Tag("slow")
class MemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");

    /**
     * The launcher's collector, and a heap that takes its share at once and stays: what grows is native memory. Java compiles where it
     * stands, since on a busy machine it would go on with that, and with the memory for it, over most of the run.
     */
    private static final List<String> OPTIONS =
            List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:-BackgroundCompilation");

    @TempDir
    Path folder;

    /** What the process does: trains with all that goes with it, and prints its resident memory twice. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            Dataset digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0.1, 0.2, 1));
            Model model = Models.named(arguments[0], digits.shape(), digits.task());
            TrainingConfig config = new TrainingConfig(model, new AdamW(), Schedule.constant(1e-3), 513, 32, 1)
                    .with(Extras.NONE.withAverage(new Ema(0.99)).withParts(2))
                    .with(Course.PLAIN.withSaving(new Saving(100, 2)));
            Training.run(config, digits, Path.of("runs"), new TrainingListener() {
                @Override
                public void stepped(StepMetrics metrics) {
                    if (metrics.step() == 2_000 || metrics.step() == 20_000) {
                        System.out.println("resident " + residentKilobytes());
                    }
                }
            });
        }
    }

    /** With evaluation, averages and statistics after each epoch, and checkpoints. */
    @ParameterizedTest
    @ValueSource(strings = {"mlp", "convnet", "nf-resnet:channels=2,stochastic-depth=0.2,dropout=0.2"})
    void twentyThousandStepsTakeNoMoreThanTwoThousand(String model) throws Exception {
        assertFlat(Child.class, model);
    }

    /**
     * What the process does: 150 times a run that stops early, one that is stopped and resumed, one whose listener fails, and one
     * that fails in the middle of a step, for a label is no class; 15,000 steps in all.
     */
    static final class Faults {
        private static final int ROUNDS = 150;

        private Faults() {}

        public static void main(String[] arguments) throws IOException {
            Dataset digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0.1, 0.2, 1));
            Dataset wrong = with(digits, digits.train().relabelled((row, right) -> 99));
            for (int round = 1; round <= ROUNDS; round++) {
                Path runs = Path.of("runs" + round);
                Training.run(
                        config(Course.PLAIN.withStopping(new EarlyStopping(1))), digits, runs, TrainingListener.NONE);
                expect(StoppedException.class, () -> Training.run(config(Course.PLAIN), digits, runs, at(20, true)));
                Training.resume(unfinished(runs), digits, TrainingListener.NONE);
                expect(
                        UncheckedIOException.class,
                        () -> Training.run(config(Course.PLAIN), digits, runs, at(10, false)));
                expect(
                        RuntimeException.class,
                        () -> Training.run(config(Course.PLAIN), wrong, runs, TrainingListener.NONE));
                if (round == ROUNDS / 2 || round == ROUNDS) {
                    System.out.println("resident " + residentKilobytes());
                }
            }
        }

        /** A rate so small that the second epoch may be better or not. */
        private static TrainingConfig config(Course course) {
            Model model = new Model("small", List.of(new Linear(16), new BatchNorm(), new Linear(10)));
            return new TrainingConfig(model, new AdamW(), Schedule.constant(0.01), 1, 32, 1).with(course);
        }

        private static TrainingListener at(long step, boolean stop) {
            boolean[] asked = {false};
            return new TrainingListener() {
                @Override
                public void stepped(StepMetrics metrics) {
                    asked[0] = metrics.step() == step;
                    if (asked[0] && !stop) {
                        throw new UncheckedIOException(new IOException("a listener's own"));
                    }
                }

                @Override
                public boolean stopAsked() {
                    return asked[0];
                }
            };
        }

        private static void expect(Class<? extends RuntimeException> wanted, Runnable failing) {
            try {
                failing.run();
            } catch (RuntimeException e) {
                if (wanted.isInstance(e)) {
                    return;
                }
                throw e;
            }
            throw new AssertionError("it did not fail");
        }

        private static Path unfinished(Path runs) throws IOException {
            try (Stream<Path> found = Files.list(runs)) {
                return found.filter(run -> !Files.exists(run.resolve("result.json")))
                        .findFirst()
                        .orElseThrow();
            }
        }

        private static Dataset with(Dataset data, Examples train) {
            return new Dataset(
                    data.name(),
                    new Parts(train, data.validation(), data.test()),
                    data.form(),
                    data.augmentations(),
                    data.split(),
                    data.attribution(),
                    data.request());
        }
    }

    @Test
    void earlyStopsResumesAndFailuresLeaveNothingBehind() throws Exception {
        assertFlat(Faults.class);
    }

    private void assertFlat(Class<?> main, String... arguments) throws Exception {
        Assumptions.assumeTrue(Files.exists(STATUS), "resident memory is read where Linux shows it");
        String printed = ChildJvm.run(folder, Map.of(), OPTIONS, main, arguments);
        double[] resident = printed.lines()
                .filter(line -> line.startsWith("resident "))
                .mapToDouble(line -> Double.parseDouble(line.substring("resident ".length())))
                .toArray();
        assertThat(resident).hasSize(2);
        // The heap is no part of the two per cent.
        double heap = 256 * 1024;
        assertThat(resident[1] - heap).isLessThan(1.02 * (resident[0] - heap));
    }

    /**
     * Without what only waits for the garbage collector, such as the memory of checkpoints that were read, and without Java's own
     * classes and machine code.
     */
    private static long residentKilobytes() {
        System.gc();
        long java = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.NON_HEAP)
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
        try {
            return Files.readAllLines(STATUS).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    - java / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
