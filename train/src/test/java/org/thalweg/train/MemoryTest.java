package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.ready.Models;

/** Resident memory does not grow with the number of steps. */
@Tag("slow")
class MemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");

    @TempDir
    Path folder;

    /** What the process does: trains, and prints its resident memory after 500 and 5,000 steps. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            Dataset digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(1));
            Model model = Models.named(arguments[0], digits.shape(), digits.task());
            TrainingConfig config = new TrainingConfig(model, new AdamW(), Schedule.constant(1e-3), 115, 32, 1);
            Training.run(config, digits, Path.of("runs"), new TrainingListener() {
                @Override
                public void stepped(StepMetrics metrics) {
                    if (metrics.step() == 500 || metrics.step() == 5000) {
                        System.out.println("resident " + residentKilobytes());
                    }
                }
            });
        }
    }

    /** In a process with the launcher's collector, so that the Java heap takes its share early and stays. */
    @ParameterizedTest
    @ValueSource(strings = {"mlp", "convnet"})
    void fiveThousandStepsTakeNoMoreThanFiveHundred(String model) throws Exception {
        Assumptions.assumeTrue(Files.exists(STATUS), "resident memory is read where Linux shows it");
        String printed = ChildJvm.run(folder, Map.of(), List.of("-XX:+UseSerialGC"), Child.class, model);
        double[] resident = printed.lines()
                .filter(line -> line.startsWith("resident "))
                .mapToDouble(line -> Double.parseDouble(line.substring("resident ".length())))
                .toArray();
        assertThat(resident).hasSize(2);
        assertThat(resident[1]).isLessThan(1.02 * resident[0]);
    }

    private static long residentKilobytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
