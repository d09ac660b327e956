package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantities;
import org.thalweg.lab.claim.Quantity;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Trial.Trained;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.landscape.Axis;
import org.thalweg.lab.landscape.Place;
import org.thalweg.lab.landscape.Survey;
import org.thalweg.lab.statistics.Interval;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Table;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.schedule.Cosine;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.optim.schedule.WarmRestarts;
import org.thalweg.train.Course;
import org.thalweg.train.Score;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingResult;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.run.Safetensors;

/** Warm restarts come to several minima, which answer better together than one model of the same cost. */
public final class C34SnapshotEnsemble implements Claim<C34SnapshotEnsemble.Cycles> {
    private static final List<Double> RATES = List.of(0.02, 0.05, 0.1, 0.2);
    private static final int BATCH = 32;
    private static final int SNAPSHOTS = 5;
    private static final int EACH = 10;
    private static final int POINTS = 21;

    private static final double BARRIER = 0.01;
    private static final int APART = 2;

    /**
     * What one seed measures. Errors are shares of the test examples.
     *
     * @param restartRate taken for the cycles
     * @param singleRate taken for the single model
     * @param t along each line, 0 at the earlier snapshot and 1 at the later
     * @param lines training loss between each snapshot and the next
     * @param barriers how far it rises there above the straight line between its ends, in nats
     * @param together the ensemble's error
     * @param last that of its last member alone
     * @param single that of one cosine over as many epochs
     */
    public record Cycles(
            double restartRate,
            double singleRate,
            List<Double> t,
            List<List<Double>> lines,
            List<Double> barriers,
            double together,
            double last,
            double single) {
        /** Snapshots that are apart from the one before. */
        long apart() {
            return barriers.stream().filter(barrier -> barrier >= BARRIER).count();
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                "C34",
                "Warm restarts visit several minima, and their ensemble beats one model",
                List.of(
                        new Quote(
                                "KAIST AI602",
                                "“[Loshchilov'17] uses cosine cycling and warm restart. Traverses several local minima by moving up and down the"
                                        + " loss surface → suggests snapshot ensemble: ensemble over several local minima found”"),
                        new Quote(
                                "TTIC 31230",
                                "“To converge to a local optimum the learning rate must be gradually reduced toward zero.”")),
                "rate(s) = rate0 (1 + cos(pi (s mod T/5) / (T/5))) / 2;   p(y | x) = the mean of 5 snapshots' p_i(y | x)",
                """
                Digits; a fifth of the examples for validation, three tenths for the test. A perceptron with 128 hidden units, momentum 0.9, batch 32, 50 epochs: \
                five cosines of 10 epochs each with a snapshot at the end of each, or one cosine of 50 epochs. The rate of either is the one of %s \
                with the lowest validation loss of its last weights. The training loss is taken at 21 points from each snapshot to the next. \
                Each seed draws other parts, weights and batches.\
                """.formatted(Seeds.words(RATES)),
                """
                (1) On at least 2 of the 4 lines between consecutive snapshots the training loss rises by 0.01 nats or more above the straight line between \
                its ends, %s. (2) The ensemble's mean test error is lower than the single model's: the paired 95 %% bootstrap interval lies below 0. Both: holds. \
                One of them: holds within limits, which are told. Neither, or the ensemble is shown to be worse: it does not hold here.\
                """.formatted(Seeds.MOST));
    }

    @Override
    public Class<Cycles> measurement() {
        return Cycles.class;
    }

    @Override
    public int seeds() {
        return 10;
    }

    @Override
    public Cycles measure(Trial trial) {
        Dataset data = Dataset.of(Corpus.load("digits"), new Split(0.2, 0.3, trial.seed()));
        Model model = Model.mlp(data.task().outputs(), 128);
        int each = trial.pick(EACH, 1);
        long cycle = each * Batches.perEpoch(data.train(), BATCH);
        List<Double> rates = trial.pick(RATES, List.of(0.05));
        Tuned<Double, Trained> single = Tuned.lowest(
                rates,
                rate -> trial.train(config(model, new Cosine(rate, SNAPSHOTS * cycle), each, trial), data),
                Trained::validationLoss);
        Tuned<Double, Trained> restarts = Tuned.lowest(
                rates,
                rate -> trial.train(
                        config(model, new WarmRestarts(rate, cycle), each, trial)
                                .with(Course.PLAIN.withSnapshots(SNAPSHOTS)),
                        data),
                Trained::validationLoss);
        return between(restarts, single, model, data, trial);
    }

    private static TrainingConfig config(Model model, Schedule rate, int each, Trial trial) {
        return new TrainingConfig(model, new Momentum(), rate, SNAPSHOTS * each, BATCH, trial.seed());
    }

    private static Cycles between(
            Tuned<Double, Trained> restarts, Tuned<Double, Trained> single, Model model, Dataset data, Trial trial) {
        Axis axis = Axis.alongLine(trial.pick(POINTS, 5));
        Survey survey = new Survey(trial.folder().resolve("lines"));
        List<List<Double>> lines = new ArrayList<>();
        List<Double> barriers = new ArrayList<>();
        try (Network network = restarts.outcome().network(data.shape());
                MeanLoss loss = new MeanLoss(network, model.loss(data.task()), data.train())) {
            Place place = new Place(network);
            for (int i = 1; i < SNAPSHOTS; i++) {
                trial.says("the line from snapshot %d to the next".formatted(i));
                org.thalweg.lab.landscape.Line line = org.thalweg.lab.landscape.Line.between(
                        snapshot(i, restarts, place),
                        snapshot(i + 1, restarts, place),
                        axis,
                        loss,
                        Map.of("line", i),
                        survey);
                lines.add(line.scores().stream().map(Score::loss).toList());
                barriers.add(line.barrier());
            }
        }
        Score together =
                TrainingResult.read(restarts.outcome().run()).ensemble().orElseThrow();
        return new Cycles(
                restarts.setting(),
                single.setting(),
                axis.values(),
                lines,
                barriers,
                1 - together.accuracy(),
                1 - restarts.outcome().testAccuracy(),
                1 - single.outcome().testAccuracy());
    }

    private static float[] snapshot(int number, Tuned<Double, Trained> restarts, Place place) {
        return place.of(
                Safetensors.read(restarts.outcome().run().resolve("snapshots").resolve(number + ".safetensors")));
    }

    private static Interval less(List<Cycles> measured, ToDoubleFunction<Cycles> than) {
        return Seeds.difference(measured, Cycles::together, than);
    }

    @Override
    public Verdict judge(List<Cycles> measured) {
        Interval single = less(measured, Cycles::single);
        Interval last = less(measured, Cycles::last);
        boolean several = Seeds.most(measured, one -> one.apart() >= APART);
        boolean better = single.high() < 0;
        String seen =
                "%.1f of 4 lines have a barrier (mean); the ensemble's test error differs by %.2f to %.2f percentage points from the single model's, by %.2f to %.2f from its last member's (95 %%)"
                        .formatted(
                                Seeds.mean(measured, Cycles::apart),
                                100 * single.low(),
                                100 * single.high(),
                                100 * last.low(),
                                100 * last.high());
        if (single.low() > 0 || !(several || better)) {
            return Verdict.notHere("%s", seen);
        }
        if (several && better) {
            return Verdict.holds("%s", seen);
        }
        return several
                ? Verdict.withinLimits("several minima, but the ensemble is not shown to be better: %s", seen)
                : Verdict.withinLimits("the ensemble is better, but its members are in one basin: %s", seen);
    }

    @Override
    public Exhibit exhibit(List<Cycles> measured) {
        List<Quantity> numbers = Quantities.of(measured)
                .and("lines of 4 with a barrier", "", Cycles::apart)
                .and(
                        "highest barrier",
                        "nats",
                        one -> one.barriers().stream()
                                .max(Comparator.naturalOrder())
                                .orElseThrow())
                .and("test error of the ensemble", "%", one -> 100 * one.together())
                .and("test error of its last member", "%", one -> 100 * one.last())
                .and("test error of the single model", "%", one -> 100 * one.single())
                .list();
        Cycles first = measured.getFirst();
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < first.lines().size(); i++) {
            lines.add(new Line(
                    "from %d to %d".formatted(i + 1, i + 2),
                    Seeds.curve(first.t(), first.lines().get(i)),
                    Line.Style.PLAIN,
                    Hue.of(i).css()));
        }
        return new Exhibit(
                numbers,
                List.of(
                        new Chart(
                                "training loss between consecutive snapshots, first seed",
                                "nats",
                                "t",
                                Chart.Fit.FROM_ZERO,
                                lines),
                        new Chart("test error", "%", "seed", Chart.Fit.FROM_ZERO, errors(measured))),
                List.of(Page.section("Rates that were taken", rates(measured).element())));
    }

    private static Table rates(List<Cycles> measured) {
        return new Table(
                List.of("", "rates, by seed"),
                List.of(
                        List.of(
                                "restarts",
                                Seeds.words(measured.stream()
                                        .map(Cycles::restartRate)
                                        .toList())),
                        List.of(
                                "single",
                                Seeds.words(measured.stream()
                                        .map(Cycles::singleRate)
                                        .toList()))));
    }

    private static List<Line> errors(List<Cycles> measured) {
        return List.of(
                Seeds.bySeed(
                        "five snapshots together",
                        measured,
                        one -> 100 * one.together(),
                        Line.Style.SQUARES,
                        Hue.ORANGE),
                Seeds.bySeed("the last of them", measured, one -> 100 * one.last(), Line.Style.DASHED, Hue.GREEN),
                Seeds.bySeed("single model", measured, one -> 100 * one.single(), Line.Style.DOTS, Hue.BLUE));
    }
}
