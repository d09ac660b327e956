package org.thalweg.lab.lecture;

import java.util.List;
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
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.schedule.BatchGrowth;
import org.thalweg.optim.schedule.MultiStep;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Course;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;

/** To increase the batch does the same as to decay the rate, in fewer updates. */
public final class C22BatchGrowth implements Claim<C22BatchGrowth.Courses> {
    private static final int BATCH = 16;
    private static final int LARGEST = 256;
    private static final double RATE = 0.02;
    private static final double FACTOR = 0.25;
    private static final double NEARER = 1.0 / 3;
    private static final double AS_GOOD = 0.005;
    private static final double SAVED = 1.0 / 3;

    /**
     * What one seed measures.
     *
     * @param firstFall the first epoch, from 0, in which rate or batch is another one
     */
    public record Courses(int firstFall, Run decay, Run growth, Run neither) {
        /** The mean over the epochs from the first change on of how far logarithms of training losses are apart. */
        double apart(Run other) {
            return IntStream.range(firstFall, decay.losses().size())
                    .mapToDouble(epoch -> Math.abs(
                            Math.log(other.losses().get(epoch) / decay.losses().get(epoch))))
                    .average()
                    .orElseThrow();
        }

        double share() {
            return apart(growth) / apart(neither);
        }

        double saved() {
            return 1 - growth.updates() / decay.updates();
        }

        double worse() {
            return growth.testError() - decay.testError();
        }
    }

    /**
     * A training.
     *
     * @param losses mean training loss of each epoch
     */
    public record Run(List<Double> losses, double testError, double updates) {
        static Run of(Trained trained) {
            return new Run(
                    trained.epochs().stream().map(EpochMetrics::trainLoss).toList(),
                    1 - trained.testAccuracy(),
                    trained.steps().size());
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                "C22",
                "To increase the batch size equals to decay the learning rate",
                List.of(
                        new Quote(
                                "KAIST AI602",
                                "“[Smith'17] showed ‘Decaying the learning rate = Increasing the batch size’”"),
                        new Quote(
                                "TTIC 31230",
                                "names the same paper, “Don't Decay the Learning Rate, Increase the Batch Size”")),
                """
                scale of the noise ~ rate * examples / batch:  rate / 4 at the same batch  =  the same rate at 4 times the batch\
                """,
                """
                Digits, a perceptron with 64 hidden units, momentum 0.9, 30 epochs from the same weights. Decay: batch 16, rate 0.02, a quarter of it from epoch 7 on and a \
                sixteenth from epoch 16 on. Growth: rate 0.02, batch 16, 64 and 256 for the same examples. Neither: batch 16, rate 0.02 throughout, which shows how much the change matters.
                Each seed draws other parts, weights and batches.\
                """,
                """
                From the first change on the growing batch's training losses (logarithms of epochs' means) are from the decaying rate's at most a third as far as those of neither, %s; \
                its mean test error is at most 0.5 percentage points higher, and it saves a third of the updates or more: holds. Nearer than neither, but not that near: \
                holds within limits. Else it does not hold here.\
                """.formatted(Seeds.MOST));
    }

    @Override
    public Class<Courses> measurement() {
        return Courses.class;
    }

    @Override
    public int seeds() {
        return 6;
    }

    @Override
    public Courses measure(Trial trial) {
        Dataset digits = Dataset.of(Corpus.load("digits"), new Split(trial.seed()));
        int epochs = trial.pick(30, 3);
        long each = Batches.perEpoch(digits.train(), BATCH);
        int first = trial.pick(6, 1);
        MultiStep falling = new MultiStep(RATE, List.of(first * each, trial.pick(15, 2) * each), FACTOR);
        BatchGrowth growing = BatchGrowth.insteadOf(falling, BATCH, LARGEST);
        TrainingConfig decay =
                new TrainingConfig(Model.mlp(10, 64), new Momentum(), falling, epochs, BATCH, trial.seed());
        TrainingConfig growth = decay.with(growing.rate()).with(Course.PLAIN.withBatches(growing.batch()));
        return new Courses(
                first,
                Run.of(trial.train(decay, digits)),
                Run.of(trial.train(growth, digits)),
                Run.of(trial.train(decay.with(Schedule.constant(RATE)), digits)));
    }

    @Override
    public Verdict judge(List<Courses> measured) {
        double saved = Seeds.mean(measured, Courses::saved);
        double worse = Seeds.mean(measured, Courses::worse);
        String seen =
                "the growing batch is %.2f times as far from the decaying rate as neither is (median), makes %.2f percentage points more test errors and saves %.0f of 100 updates"
                        .formatted(Seeds.median(measured, Courses::share), 100 * worse, 100 * saved);
        boolean near = Seeds.most(measured, one -> one.share() <= NEARER);
        if (near && worse <= AS_GOOD && saved >= SAVED) {
            return Verdict.holds(seen);
        }
        return Seeds.most(measured, one -> one.share() < 1) ? Verdict.withinLimits(seen) : Verdict.notHere(seen);
    }

    @Override
    public Exhibit exhibit(List<Courses> measured) {
        List<Double> epochs = IntStream.rangeClosed(
                        1, measured.getFirst().decay().losses().size())
                .mapToObj(epoch -> (double) epoch)
                .toList();
        List<Line> byEpoch = List.of(
                new Line(
                        "decaying rate",
                        Seeds.curve(
                                epochs, Seeds.means(measured, one -> one.decay().losses())),
                        Line.Style.PLAIN,
                        Hue.BLUE.css()),
                new Line(
                        "growing batch",
                        Seeds.curve(
                                epochs,
                                Seeds.means(measured, one -> one.growth().losses())),
                        Line.Style.DASHED,
                        Hue.ORANGE.css()),
                new Line(
                        "neither",
                        Seeds.curve(
                                epochs,
                                Seeds.means(measured, one -> one.neither().losses())),
                        Line.Style.PLAIN,
                        Hue.GREEN.css()));
        return new Exhibit(
                Quantities.of(measured)
                        .and("growth from decay, over neither from decay", "times", Courses::share)
                        .and("updates saved", "%", one -> 100 * one.saved())
                        .and("updates with decay", "", one -> one.decay().updates())
                        .and("updates with growth", "", one -> one.growth().updates())
                        .and(
                                "test errors with decay",
                                "%",
                                one -> 100 * one.decay().testError())
                        .and(
                                "test errors with growth",
                                "%",
                                one -> 100 * one.growth().testError())
                        .and(
                                "test errors with neither",
                                "%",
                                one -> 100 * one.neither().testError())
                        .list(),
                List.of(new Chart("training loss, mean of seeds", "nats", "epoch", Chart.Fit.VALUES, byEpoch)));
    }
}
