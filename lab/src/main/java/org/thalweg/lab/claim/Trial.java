package org.thalweg.lab.claim;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.thalweg.optim.rule.Rules;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.NonFiniteException;
import org.thalweg.train.SavedRun;
import org.thalweg.train.StepMetrics;
import org.thalweg.train.StoppedException;
import org.thalweg.train.Training;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Shape;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.Plan;

/**
 * One seed's measurement under way.
 *
 * @param seed of all that is drawn by chance
 * @param extent whether the claim is tried as it states, or on a small scale that only shows that it runs
 * @param folder for what has to lie on the disk meanwhile; it is removed afterwards
 * @param watcher is told what comes next
 */
public record Trial(long seed, Extent extent, Path folder, Watcher watcher) {
    /** On which scale a claim is tried. */
    public enum Extent {
        /** As the set-up says. */
        FULL,
        /** In seconds: the verdict says nothing about the claim. */
        QUICK
    }

    /** A number or a list that is smaller in a quick trial. */
    public <T> T pick(T full, T quick) {
        return extent == Extent.FULL ? full : quick;
    }

    /**
     * Tells what comes next. Measurements do so every second or so, since this is where they end if that is asked for.
     *
     * @throws CancellationException if it is
     */
    public void says(String next) {
        if (watcher.stopAsked()) {
            throw new CancellationException("the trial was interrupted");
        }
        watcher.says(next);
    }

    /**
     * What came of a training.
     *
     * @param run its directory, until the trial ends
     * @param steps one by one, as far as it came
     * @param epochs one by one, as far as it came
     * @param diverged whether a loss or gradient was not finite, which ended it
     */
    public record Trained(Path run, List<StepMetrics> steps, List<EpochMetrics> epochs, boolean diverged) {
        public Trained {
            steps = List.copyOf(steps);
            epochs = List.copyOf(epochs);
        }

        /**
         * The network with the weights that training ended with; the caller closes it.
         *
         * @param input the shape of one example
         */
        public Network network(Shape input) {
            return SavedRun.read(run).network(run, input);
        }

        /** The network as it was before the first step; the caller closes it. */
        public Network untrained(Shape input) {
            return SavedRun.read(run).untrained(input);
        }

        /** Mean training loss of the last epoch; infinite if it diverged. */
        public double trainLoss() {
            return diverged ? Double.POSITIVE_INFINITY : epochs.getLast().trainLoss();
        }

        /** Loss on the validation part, which there has to be, after the last epoch; infinite if it diverged. */
        public double validationLoss() {
            return diverged
                    ? Double.POSITIVE_INFINITY
                    : epochs.getLast().validation().orElseThrow().loss();
        }

        /** Loss on the test part after the last epoch; infinite if it diverged. */
        public double testLoss() {
            return diverged ? Double.POSITIVE_INFINITY : epochs.getLast().test().loss();
        }

        /** Accuracy on the test part after the last epoch, 0 to 1; 0 if it diverged. */
        public double testAccuracy() {
            return diverged ? 0 : epochs.getLast().test().accuracy();
        }
    }

    /** Trains, whatever comes of it. */
    public Trained train(TrainingConfig config, Dataset data) {
        says("%s with %s, batch %d".formatted(config.model().name(), Rules.format(config.rule()), config.batch()));
        List<StepMetrics> steps = new ArrayList<>();
        List<EpochMetrics> epochs = new ArrayList<>();
        List<Path> run = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void started(Path path, Plan plan, long count) {
                run.add(path);
            }

            @Override
            public void stepped(StepMetrics metrics) {
                steps.add(metrics);
            }

            @Override
            public boolean stopAsked() {
                return watcher.stopAsked();
            }

            @Override
            public void epochEnded(EpochMetrics metrics) {
                epochs.add(metrics);
            }
        };
        boolean diverged = false;
        try {
            Training.run(config, data, folder, listener);
        } catch (NonFiniteException _) {
            diverged = true;
        } catch (StoppedException _) {
            throw new CancellationException("the trial was interrupted");
        }
        return new Trained(run.getFirst(), steps, epochs, diverged);
    }
}
