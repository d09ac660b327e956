package org.thalweg.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Course;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.NonFiniteException;
import org.thalweg.train.Saving;
import org.thalweg.train.Score;
import org.thalweg.train.Training;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.TrainingResult;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.model.Model;
import org.thalweg.train.run.Document;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trainings whose outcomes are kept in a folder: what was done once is read the next time.
 *
 * @param folder of the table; a file for each finished training, and the runs themselves
 * @param tuned the batch size that rates are told for
 */
record BatchTrials(Path folder, Dataset data, Model model, int epochs, int tuned) {
    /** The outcome, trained for or read. */
    BatchTrial.Outcome of(BatchTrial trial) {
        Path file = file(trial);
        if (Files.isRegularFile(file)) {
            return BatchTrial.Outcome.read(Document.read(file));
        }
        BatchTrial.Outcome outcome = train(trial);
        write(file, JsonMapper.shared().writeValueAsString(outcome.json()));
        return outcome;
    }

    boolean isDone(BatchTrial trial) {
        return Files.isRegularFile(file(trial));
    }

    private Path file(BatchTrial trial) {
        return folder.resolve("trials").resolve(trial.name() + ".json");
    }

    TrainingConfig config(BatchTrial trial) {
        TrainingConfig plain = new TrainingConfig(
                        model,
                        trial.recipe().rule(),
                        Schedule.constant(trial.rate()),
                        epochs,
                        trial.batch(),
                        trial.seed())
                .with(model.loss(data.task()))
                .with(trial.recipe().extras())
                .with(Course.PLAIN.withSaving(new Saving(0, 1)));
        return plain.with(trial.recipe().schedule(trial.rate(), tuned, trial.batch(), plain.steps(data)));
    }

    private BatchTrial.Outcome train(BatchTrial trial) {
        Path runs = folder.resolve("runs").resolve(trial.name());
        remove(runs); // what an interrupted training left
        long began = System.nanoTime();
        LastEpoch last = new LastEpoch();
        try {
            TrainingResult result = Training.run(config(trial), data, runs, last);
            return new BatchTrial.Outcome(result.steps(), last.validation, result.testAccuracy(), result.seconds());
        } catch (NonFiniteException e) {
            return new BatchTrial.Outcome(e.step(), 0, 0, (System.nanoTime() - began) / 1e9);
        }
    }

    /** Remembers the accuracy on the examples that were set aside. */
    private static final class LastEpoch implements TrainingListener {
        private double validation;

        @Override
        public void epochEnded(EpochMetrics metrics) {
            validation = metrics.validation().map(Score::accuracy).orElse(Double.NaN);
        }
    }

    private void write(Path file, String text) {
        try {
            Files.createDirectories(folder.resolve("trials"));
            Path whole = Files.writeString(file.resolveSibling("unfinished"), text, StandardCharsets.UTF_8);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static void remove(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be removed: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
