package org.thalweg.train.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.ChildJvm;
import org.thalweg.train.Training;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.data.DataRequest;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.ready.Models;

/** Resident memory does not grow with the number of predictions. */
@Tag("slow")
class PredictorMemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");

    @TempDir
    Path folder;

    /** What the process does: predicts from four threads, and prints its resident memory after 2,000 and 12,000. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            Dataset digits = new DataRequest("digits", new Split(1)).load();
            TrainingConfig config = new TrainingConfig(
                    Models.named("convnet", digits.shape(), digits.task()),
                    new AdamW(),
                    Schedule.constant(1e-3),
                    1,
                    32,
                    1);
            Path run = Training.run(config, digits, Path.of("runs"), TrainingListener.NONE)
                    .run();
            try (Predictor predictor = Predictor.load(run)) {
                ask(predictor, 2_000);
                print();
                ask(predictor, 10_000);
                print();
            }
        }

        private static void ask(Predictor predictor, int times) throws InterruptedException {
            Thread[] threads = new Thread[4];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = Thread.ofPlatform().start(() -> {
                    for (int n = 0; n < times / threads.length; n++) {
                        predictor.predict(new float[64]);
                    }
                });
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }

        private static void print() throws IOException {
            String line = Files.readAllLines(STATUS).stream()
                    .filter(one -> one.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow();
            System.out.println("resident " + line.replaceAll("\\D", ""));
        }
    }

    @Test
    void tenThousandPredictionsTakeNoMoreThanTwo() throws Exception {
        Assumptions.assumeTrue(Files.exists(STATUS), "resident memory is read where Linux shows it");
        String printed = ChildJvm.run(folder, Map.of(), List.of("-XX:+UseSerialGC"), Child.class);
        double[] resident = printed.lines()
                .filter(line -> line.startsWith("resident "))
                .mapToDouble(line -> Double.parseDouble(line.substring("resident ".length())))
                .toArray();
        assertThat(resident).hasSize(2);
        assertThat(resident[1]).isLessThan(1.02 * resident[0]);
    }
}
