package org.thalweg.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.thalweg.lab.ledger.Ledger;
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

/**
 * Trainings whose outcomes are kept: what was done once is read the next time.
 *
 * @param ledger of the outcomes
 * @param runs the folder of the runs themselves
 * @param tuned the batch size that rates are told for
 */
record BatchTrials(Ledger ledger, Path runs, Dataset data, Model model, int epochs, int tuned) {
    /** The outcome, trained for or read. */
    BatchTrial.Outcome of(BatchTrial trial) {
        Optional<BatchTrial.Outcome> found = ledger.find(trial.name()).map(BatchTrial.Outcome::read);
        if (found.isPresent()) {
            return found.get();
        }
        BatchTrial.Outcome outcome = train(trial);
        ledger.add(trial.name(), outcome.json());
        return outcome;
    }

    boolean isDone(BatchTrial trial) {
        return ledger.has(trial.name());
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
        Path own = runs.resolve(trial.name());
        remove(own); // what an interrupted training left
        long began = System.nanoTime();
        LastEpoch last = new LastEpoch();
        try {
            TrainingResult result = Training.run(config(trial), data, own, last);
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
