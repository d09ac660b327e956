package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantities;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Trial.Trained;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.statistics.Interval;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Course;
import org.thalweg.train.EarlyStopping;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;

/** Early stopping finds the best point of a run, and does not bring large batches up to small ones. */
public final class C39EarlyStopping implements Claim<C39EarlyStopping.Runs> {
    private static final double RANDOM_LABELS = 0.2;
    private static final int EPOCHS = 60;
    private static final int PATIENCE = 5;
    private static final int SMALL = 16;
    private static final int LARGE = 512;
    private static final double RATE = 0.02;

    private static final double NEAR = 0.02;

    /**
     * A run over all epochs, and where early stopping ended beside it.
     *
     * @param validation loss after each epoch
     * @param test loss after each epoch
     * @param accuracy on the test part after each epoch, 0 to 1
     * @param chosen the epoch that early stopping took, from 1
     */
    public record Run(List<Double> validation, List<Double> test, List<Double> accuracy, int chosen) {
        /** The validation loss that was chosen over the least one of the whole run. */
        double excess() {
            return validation.get(chosen - 1)
                            / validation.stream().min(Comparator.naturalOrder()).orElseThrow()
                    - 1;
        }

        double atEnd() {
            return accuracy.getLast();
        }

        double atChosen() {
            return accuracy.get(chosen - 1);
        }

        /** How much lower the test loss is where it was stopped than at the end, as a share. */
        double gain() {
            return 1 - test.get(chosen - 1) / test.getLast();
        }
    }

    /** What one seed measures. */
    public record Runs(Run small, Run large) {}

    @Override
    public Statement statement() {
        return new Statement(
                        "C39",
                        "Early stopping picks a point near the best one on validation data; it does not cure the large-batch gap",
                        List.of(
                                new Quote(
                                        "CMU 10-605",
                                        "“Early stopping is a simple (and cheap!) way to improve generalization and prevent overfitting. Idea: stop"
                                                + " training when validation accuracy starts to reduce”"),
                                new Quote(
                                        "KAIST AI602",
                                        "“Caveat: this is not the same as overfitting! In particular, cannot apply early stopping to solve the"
                                                + " problem”")),
                        """
                excess = validation loss at the epoch that early stopping takes / least of the whole run - 1
                gap = test accuracy of small batches - test accuracy of large ones, at the end and where each was stopped\
                """,
                        """
                Digits with a fifth of the training labels drawn by chance, so that there is something to overfit; a fifth of the examples for \
                validation, a fifth for the test. An MLP (256 hidden), momentum 0.9 at a rate of 0.02, 60 epochs with batches of 16 and of 512. \
                Early stopping: patience of 5 epochs by validation loss, in runs of their own from the same seeds.\
                """,
                        """
                Holds if (1) with small batches the chosen validation loss is at most 2 % above the least of the whole run and the test loss there is \
                lower than at the end, for every seed; and (2) the mean gap at the end is above 0 (95 % bootstrap interval over the seeds), and \
                at the stopped points still is. Within limits if (1) holds and there is no gap at the end that could be cured.\
                """)
                .remark(
                        "What the first full run taught: with random labels the small batches learn more of them by heart, so that large ones end ahead and there is no gap of the kind that the lecture means. The criterion stays as it was.");
    }

    @Override
    public Class<Runs> measurement() {
        return Runs.class;
    }

    @Override
    public int seeds() {
        return 10;
    }

    @Override
    public Runs measure(Trial trial) {
        Dataset data = Dataset.of(Corpus.load("digits"), new Split(0.2, 0.2, trial.seed()))
                .withRandomLabels(RANDOM_LABELS, trial.seed());
        return new Runs(run(SMALL, data, trial), run(LARGE, data, trial));
    }

    private static Run run(int batch, Dataset data, Trial trial) {
        TrainingConfig config = new TrainingConfig(
                Model.mlp(data.task().outputs(), 256),
                new Momentum(),
                Schedule.constant(RATE),
                trial.pick(EPOCHS, 4),
                batch,
                trial.seed());
        Trained whole = trial.train(config, data);
        Trained stopped =
                trial.train(config.with(Course.PLAIN.withStopping(new EarlyStopping(PATIENCE, "loss"))), data);
        int chosen = IntStream.range(0, stopped.epochs().size())
                .boxed()
                .min(Comparator.comparingDouble(
                        epoch -> validation(stopped.epochs().get(epoch))))
                .orElseThrow();
        return new Run(
                each(whole, C39EarlyStopping::validation),
                each(whole, epoch -> epoch.test().loss()),
                each(whole, epoch -> epoch.test().accuracy()),
                chosen + 1);
    }

    private static double validation(EpochMetrics epoch) {
        return epoch.validation().orElseThrow().loss();
    }

    private static List<Double> each(Trained run, Function<EpochMetrics, Double> number) {
        return run.epochs().stream().map(number).toList();
    }

    private static Interval gap(List<Runs> measured, ToDoubleFunction<Run> accuracy) {
        return Seeds.difference(
                measured, one -> accuracy.applyAsDouble(one.small()), one -> accuracy.applyAsDouble(one.large()));
    }

    @Override
    public Verdict judge(List<Runs> measured) {
        double excess =
                measured.stream().mapToDouble(one -> one.small().excess()).max().orElseThrow();
        double gain =
                measured.stream().mapToDouble(one -> one.small().gain()).min().orElseThrow();
        Interval end = gap(measured, Run::atEnd);
        Interval stopped = gap(measured, Run::atChosen);
        String seen =
                "the chosen validation loss is at most %.1f %% above the least, the test loss at least %.0f %% below the last; the gap of large batches is %.1f to %.1f points at the end and %.1f to %.1f where each was stopped"
                        .formatted(
                                100 * excess,
                                100 * gain,
                                100 * end.low(),
                                100 * end.high(),
                                100 * stopped.low(),
                                100 * stopped.high());
        if (excess > NEAR || gain <= 0) {
            return Verdict.notHere("%s", seen);
        }
        if (end.low() <= 0) {
            return Verdict.withinLimits(
                    "early stopping does what it should, but there is no gap to be cured: %s", seen);
        }
        return stopped.low() > 0
                ? Verdict.holds("%s", seen)
                : Verdict.notHere("early stopping closes the gap: %s", seen);
    }

    @Override
    public Exhibit exhibit(List<Runs> measured) {
        Runs one = measured.getFirst();
        List<Line> losses = List.of(
                line("validation, batch 16", one.small().validation(), 0, Line.Style.PLAIN),
                line("test, batch 16", one.small().test(), 0, Line.Style.DASHED),
                line("validation, batch 512", one.large().validation(), 1, Line.Style.PLAIN),
                line("test, batch 512", one.large().test(), 1, Line.Style.DASHED),
                new Line(
                        "where it was stopped",
                        new Curve(new double[] {one.small().chosen()}, new double[] {
                            one.small().validation().get(one.small().chosen() - 1)
                        }),
                        Line.Style.DOTS,
                        Hue.INK.css()));
        List<Line> accuracies = new ArrayList<>();
        for (Runs each : measured) {
            accuracies.add(accuracy("batch 16", each.small(), 0, each == one));
            accuracies.add(accuracy("batch 512", each.large(), 1, each == one));
        }
        return new Exhibit(
                Quantities.of(measured)
                        .and(
                                "epoch chosen, batch 16",
                                "epochs",
                                runs -> runs.small().chosen())
                        .and(
                                "validation loss there above the least",
                                "share",
                                runs -> runs.small().excess())
                        .and(
                                "test accuracy at the end, batch 16",
                                "%",
                                runs -> 100 * runs.small().atEnd())
                        .and(
                                "test accuracy at the end, batch 512",
                                "%",
                                runs -> 100 * runs.large().atEnd())
                        .and(
                                "test accuracy where stopped, batch 16",
                                "%",
                                runs -> 100 * runs.small().atChosen())
                        .and(
                                "test accuracy where stopped, batch 512",
                                "%",
                                runs -> 100 * runs.large().atChosen())
                        .list(),
                List.of(
                        new Chart("losses, first seed", "nats", "epoch", Chart.Fit.FROM_ZERO, losses),
                        new Chart("test accuracy, all seeds", "%", "epoch", Chart.Fit.PERCENT, accuracies)));
    }

    private static Curve curve(List<Double> values) {
        return Curve.of(IntStream.range(0, values.size()).boxed().toList(), epoch -> epoch + 1, values::get);
    }

    private static Line line(String name, List<Double> values, int colour, Line.Style style) {
        return new Line(name, curve(values), style, Hue.of(colour).css());
    }

    private static Line accuracy(String name, Run run, int colour, boolean listed) {
        List<Double> percent = run.accuracy().stream().map(share -> 100 * share).toList();
        return new Line(name, curve(percent), Line.Style.PLAIN, Hue.of(colour).css(), listed);
    }
}
