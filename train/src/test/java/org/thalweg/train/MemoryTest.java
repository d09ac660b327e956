package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;

/** Resident memory does not grow with the number of steps. */
@Tag("slow")
class MemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");

    @TempDir
    Path runs;

    @Test
    void fiveThousandStepsTakeNoMoreThanFiveHundred() {
        Assumptions.assumeTrue(Files.exists(STATUS), "resident memory is read where Linux shows it");
        Dataset digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(1));
        Model model = Model.named("convnet", digits.shape(), digits.classes());
        List<Long> resident = new ArrayList<>();
        TrainingConfig config = new TrainingConfig(model, new AdamW(), Schedule.constant(1e-3), 115, 32, 1);
        Training.run(config, digits, runs, new TrainingListener() {
            @Override
            public void stepped(StepMetrics metrics) {
                if (metrics.step() == 500 || metrics.step() == 5000) {
                    resident.add(residentKilobytes());
                }
            }
        });
        assertThat((double) resident.getLast()).isLessThan(1.02 * resident.getFirst());
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
