package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantity;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Trial.Trained;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.Evaluation;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;

/** A network that is large enough learns labels by heart that mean nothing. */
public final class C25RandomLabels implements Claim<C25RandomLabels.Learned> {
    private static final int WIDTH = 512;
    private static final double RATE = 1e-3;
    private static final int BATCH = 32;
    private static final int EPOCHS = 100;

    private static final double CHANCE = 0.1;
    private static final double NEAR_CHANCE = 0.05;
    private static final double BY_HEART = 0.99;
    private static final double NEARLY_BY_HEART = 0.9;
    private static final double GENERALISES = 0.9;

    /**
     * What one seed measures.
     *
     * @param shares of the labels that were drawn by chance
     * @param train accuracy on the labels that were trained on, for each share, 0 to 1
     * @param test accuracy on the right labels of other examples
     * @param losses mean training loss of each epoch, for each share
     */
    public record Learned(List<Double> shares, List<Double> train, List<Double> test, List<List<Double>> losses) {}

    @Override
    public Statement statement() {
        return new Statement(
                "C25",
                "Large networks fit random labels",
                List.of(
                        new Quote(
                                "Ginsburg CS217",
                                "“Most popular convolutional networks … trained with SG methods … easily fit a random labeling of the"
                                        + " training data”"),
                        new Quote(
                                "NTU CE7454",
                                "“Overparameterized deep nets are capable of memorizing every training instance (Zhang et al."
                                        + " 2017).”")),
                """
                labels of the training part drawn uniformly from 10 classes, with probability p = 0, 1/2, 1
                training accuracy -> 1 for every p; test accuracy = 1/10 for p = 1\
                """,
                """
                Digits (1,437 training and 360 test examples of 8 x 8 pixels), an MLP with two hidden layers of 512 (300,000 weights, 200 \
                for each example), Adam at 0.001, batch 32, 100 epochs, no regularisation.
                The same again with half and with all of the training labels drawn by chance; test labels stay right.\
                """,
                """
                Holds if, for every seed, the network with random labels reaches 99 % training accuracy on them and a test accuracy within 5 \
                points of chance (10 %), while the same network on the right labels reaches 90 % on the test part. Within limits if \
                the training accuracy is between 90 and 99 %.\
                """);
    }

    @Override
    public Class<Learned> measurement() {
        return Learned.class;
    }

    @Override
    public int seeds() {
        return 5;
    }

    @Override
    public Learned measure(Trial trial) {
        List<Double> shares = List.of(0.0, 0.5, 1.0);
        List<Double> train = new ArrayList<>();
        List<Double> test = new ArrayList<>();
        List<List<Double>> losses = new ArrayList<>();
        Dataset digits = Dataset.of(Corpus.load("digits"), new Split(trial.seed()));
        for (double share : shares) {
            Dataset data = digits.withRandomLabels(share, trial.seed());
            Model model = Model.mlp(data.task().outputs(), trial.pick(WIDTH, 32), trial.pick(WIDTH, 32));
            TrainingConfig config = new TrainingConfig(
                    model, new Adam(), Schedule.constant(RATE), trial.pick(EPOCHS, 3), BATCH, trial.seed());
            Trained trained = trial.train(config, data);
            try (Network network = trained.network(data.shape());
                    Evaluation onTrain = new Evaluation(network, data.train())) {
                train.add(onTrain.score().accuracy());
            }
            test.add(trained.testAccuracy());
            losses.add(trained.epochs().stream().map(EpochMetrics::trainLoss).toList());
        }
        return new Learned(shares, train, test, losses);
    }

    @Override
    public Verdict judge(List<Learned> measured) {
        double learned = least(measured, one -> one.train().getLast());
        double right = least(measured, one -> one.test().getFirst());
        double offChance = -least(measured, one -> -Math.abs(one.test().getLast() - CHANCE));
        String seen =
                "with random labels at least %.1f %% training accuracy and a test accuracy at most %.1f points from chance; with the right ones at least %.1f %% on the test part"
                        .formatted(100 * learned, 100 * offChance, 100 * right);
        if (learned < NEARLY_BY_HEART || offChance > NEAR_CHANCE || right < GENERALISES) {
            return Verdict.notHere("%s", seen);
        }
        return learned < BY_HEART
                ? Verdict.withinLimits("nearly all labels are learnt by heart: %s", seen)
                : Verdict.holds("%s", seen);
    }

    private static double least(List<Learned> measured, ToDoubleFunction<Learned> number) {
        return measured.stream().mapToDouble(number).min().orElseThrow();
    }

    @Override
    public Exhibit exhibit(List<Learned> measured) {
        List<String> names = List.of("right labels", "half of them random", "all random");
        List<Quantity> numbers = new ArrayList<>();
        List<Line> losses = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int which = i;
            numbers.add(Quantity.of(
                    "training accuracy, " + names.get(i),
                    "",
                    measured,
                    one -> one.train().get(which)));
            numbers.add(Quantity.of(
                    "test accuracy, " + names.get(i),
                    "",
                    measured,
                    one -> one.test().get(which)));
            for (int seed = 0; seed < measured.size(); seed++) {
                List<Double> epochs = measured.get(seed).losses().get(i);
                Curve curve =
                        Curve.of(IntStream.range(0, epochs.size()).boxed().toList(), epoch -> epoch + 1, epochs::get);
                losses.add(new Line(
                        names.get(i), curve, Line.Style.PLAIN, Hue.of(i).css(), seed == 0));
            }
        }
        return new Exhibit(numbers, List.of(new Chart("training loss", "nats", "epoch", Chart.Fit.VALUES, losses)));
    }
}
