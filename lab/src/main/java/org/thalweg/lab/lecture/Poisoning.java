package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.landscape.Directions;
import org.thalweg.lab.landscape.Place;
import org.thalweg.lab.sharpness.Basin;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Evaluation;
import org.thalweg.train.TrainingStep;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Batching;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Examples;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;

/**
 * Finds bad minima on purpose: trains on the right labels of a few examples together with wrong labels of many others.
 *
 * <p>Source: Huang, Emam, Goldblum, Fowl, Terry, Huang and Goldstein, Understanding Generalization through Visualizations, 2020; the
 * poison there is the loss of being right on the others, and here that of the class after the right one.
 */
public record Poisoning(Dataset data, Model model, Trial trial) {
    private static final int RIGHT = 150;
    private static final int REPEATS = 8;
    private static final int BATCH = 50;
    private static final double RATE = 0.05;
    private static final int EPOCHS = 300;
    private static final double TARGET = 0.02;
    private static final double TARGET_OF_ALL = 0.05;
    private static final double CUTOFF = 0.1;
    private static final int DIRECTIONS = 20;

    /**
     * A basin's volume.
     *
     * @param log10 of the ball as wide as the basin in the geometric mean
     * @param error standard error of that
     */
    public record Volume(double log10, double error) {
        static Volume of(Basin basin) {
            return new Volume(basin.log10Typical(), basin.standardError());
        }

        String words() {
            return "%,.0f ± %,.0f".formatted(log10, error);
        }

        /** How many orders of magnitude it is larger than another, at least: less two standard errors. */
        double surelyOver(Volume other) {
            return log10 - other.log10 - 2 * Math.hypot(error, other.error);
        }
    }

    /**
     * Where a training ended.
     *
     * @param from after which of SGD's epochs it set out
     * @param distance to where it set out
     * @param trainLoss on the right training labels, in nats
     * @param plain its basin's volume where each weight counts alike
     * @param relative the same in units of each filter's own size
     */
    public record Minimum(
            int from,
            double distance,
            double trainLoss,
            double trainAccuracy,
            double testAccuracy,
            Volume plain,
            Volume relative) {}

    /** How many weights the model has. */
    int weights() {
        return Math.toIntExact(model.plan(data.shape()).parameters());
    }

    /** SGD's own end first, then those that the poison leads to from its path's start, middle and end. */
    List<Minimum> minima() {
        int classes = data.task().outputs();
        Examples all = data.train().relabelled((row, right) -> row < RIGHT ? right : (right + 1) % classes);
        Examples right = all.select(IntStream.range(0, RIGHT).toArray());
        Examples poisoned = all.select(IntStream.range(0, all.count() + (REPEATS - 1) * RIGHT)
                .map(row -> row < all.count() ? row : (row - all.count()) % RIGHT)
                .toArray());
        try (Network network = Network.build(model.plan(data.shape()), trial.seed());
                MeanLoss loss = new MeanLoss(network, model.loss(data.task()), right)) {
            trial.says("%,d weights, SGD".formatted(loss.size()));
            List<double[]> path = new ArrayList<>(List.of(loss.weights()));
            descend(loss, right, () -> path.add(loss.weights()));
            List<Minimum> minima = new ArrayList<>(List.of(look(0, path.getFirst(), loss)));
            for (int epoch : List.of(0, path.size() / 2, path.size() - 1)) {
                trial.says("%,d weights, poison from epoch %d".formatted(loss.size(), epoch));
                loss.moveTo(path.get(epoch));
                descend(loss, poisoned, () -> {});
                minima.add(look(epoch, path.get(epoch), loss));
            }
            return minima;
        }
    }

    private void descend(MeanLoss right, Examples examples, Runnable afterEpoch) {
        Network network = right.network();
        try (Optimizer optimizer = Optimizer.of(new Momentum(), Schedule.constant(RATE), network.parameters());
                TrainingStep step = new TrainingStep(network, optimizer);
                Batches batches = new Batches(examples, new Batching(BATCH, true, 0));
                Evaluation all = new Evaluation(network, examples)) {
            for (int epoch = 1; epoch <= trial.pick(EPOCHS, 2); epoch++) {
                for (Batch batch : batches.shuffled(trial.seed(), epoch)) {
                    step.run(batch);
                }
                afterEpoch.run();
                if (right.loss() <= TARGET && all.score().loss() <= TARGET_OF_ALL) {
                    return;
                }
            }
        }
    }

    private Minimum look(int from, double[] start, MeanLoss loss) {
        double[] here = loss.weights();
        double[] alike = new double[here.length];
        Arrays.fill(alike, 1);
        Place place = new Place(loss.network());
        double[] filters = Directions.filterScales(place, place.read());
        try (Evaluation test = new Evaluation(loss.network(), data.test())) {
            double trainLoss = loss.loss();
            double trainAccuracy = loss.score().accuracy();
            double testAccuracy = test.score().accuracy();
            Volume plain = volume(loss, here, alike);
            Volume relative = volume(loss, here, filters);
            loss.moveTo(here);
            return new Minimum(from, distance(start, here), trainLoss, trainAccuracy, testAccuracy, plain, relative);
        }
    }

    /** No number where training did not get below the cutoff. */
    private Volume volume(MeanLoss loss, double[] here, double[] scales) {
        double cutoff = trial.pick(CUTOFF, 10.0);
        return loss.loss(here) < cutoff
                ? Volume.of(Basin.of(loss, here, scales, cutoff, trial.pick(DIRECTIONS, 2), trial.seed()))
                : new Volume(Double.NaN, Double.NaN);
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(IntStream.range(0, a.length)
                .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]))
                .sum());
    }
}
