package org.thalweg.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Runs' directories as a training leaves them, without a training. */
public final class Runs {
    private Runs() {}

    /** A run of ten epochs of ten steps that has begun and taken no step yet. */
    public static Path begin(Path folder, String name, String rule) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        Files.writeString(run.resolve("config.json"), """
                {"started": "2026-11-20T08:00:00Z", "data": {"name": "digits", "train": 105}, "model": {"name": "mlp"},
                 "rule": "%s", "schedule": "constant(0.1)", "epochs": 10, "batch": 10}
                """.formatted(rule));
        Files.createFile(run.resolve("metrics.jsonl"));
        return run;
    }

    /** Adds steps, with the end of each epoch; the loss is {@code height/step}, the accuracy {@code 1 - height/step}. */
    public static void train(Path run, int from, int to, double height) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int step = from; step <= to; step++) {
            int epoch = (step + 9) / 10;
            lines.append("{\"type\":\"step\",\"step\":%d,\"epoch\":%d,\"loss\":%s,\"rate\":0.1,\"millis\":5.0}\n"
                    .formatted(step, epoch, height / step));
            if (step % 10 == 0) {
                lines.append(String.format(
                        Locale.ROOT,
                        "{\"type\":\"epoch\",\"epoch\":%d,\"step\":%d,\"trainLoss\":1.0,\"testLoss\":%s,\"testAccuracy\":%s,\"seconds\":%s}\n",
                        epoch,
                        step,
                        height / step,
                        1 - height / step,
                        0.5 * epoch));
            }
        }
        Files.writeString(run.resolve("metrics.jsonl"), lines, StandardOpenOption.APPEND);
    }

    /** Marks it as completed. */
    public static void finish(Path run) throws IOException {
        Files.writeString(run.resolve("result.json"), "{}");
    }
}
