package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantity;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Trial.Trained;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.curvature.Lanczos;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.sharpness.Climb;
import org.thalweg.lab.sharpness.Sharpness;
import org.thalweg.lab.statistics.Interval;
import org.thalweg.lab.statistics.Spread;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Table;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.schedule.Cosine;
import org.thalweg.optim.sharpness.Sam;
import org.thalweg.train.Extras;
import org.thalweg.train.StepMetrics;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;

/** Sharpness-aware minimisation ends flatter and generalises better, and takes twice as long. */
public final class C33SharpnessAware implements Claim<C33SharpnessAware.Pair> {
    private static final int BATCH = 32;
    private static final int EPOCHS = 30;
    private static final List<Setting> PLAIN = List.of(
            new Setting(0.005, 0),
            new Setting(0.01, 0),
            new Setting(0.02, 0),
            new Setting(0.05, 0),
            new Setting(0.1, 0),
            new Setting(0.2, 0));
    private static final List<Setting> AWARE = List.of(
            new Setting(0.02, 0.05),
            new Setting(0.02, 0.2),
            new Setting(0.05, 0.05),
            new Setting(0.05, 0.2),
            new Setting(0.1, 0.05),
            new Setting(0.1, 0.2));

    private static final double RADIUS = 0.05;
    private static final double CHEAPEST = 1.5;
    private static final double DEAREST = 2.5;

    /**
     * What is tried.
     *
     * @param rho of the ball; 0 for none
     */
    public record Setting(double rate, double rho) {
        TrainingConfig of(Model model, long perEpoch, int epochs, long seed) {
            TrainingConfig plain =
                    new TrainingConfig(model, new Momentum(), new Cosine(rate, epochs * perEpoch), epochs, BATCH, seed);
            return rho > 0 ? plain.with(Extras.NONE.withSharpness(new Sam(rho))) : plain;
        }

        String words() {
            return rho > 0
                    ? "rate %s, rho %s".formatted(Numbers.text(rate), Numbers.text(rho))
                    : "rate %s".formatted(Numbers.text(rate));
        }
    }

    /**
     * Where a training ended.
     *
     * @param eigenvalue the largest of the training loss's Hessian
     * @param rise how far the training loss rises in a ball of radius 0.05, in nats
     * @param millis of the median step
     */
    public record End(
            Setting setting, double trainLoss, double testError, double eigenvalue, double rise, double millis) {}

    /**
     * What one seed measures.
     *
     * @param plain momentum
     * @param aware momentum with SAM
     * @param longer momentum for twice the epochs, which costs as much as SAM
     */
    public record Pair(End plain, End aware, End longer) {
        double cost() {
            return aware.millis() / plain.millis();
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                "C33",
                "Sharpness-aware minimisation finds flatter minima that generalise better, at twice the cost",
                List.of(
                        new Quote(
                                "KAIST AI602",
                                "a table of ImageNet results in which NFNet-F5 has 86.0 % and NFNet-F5+SAM 86.3 %, and a step takes 1,398.5 ms"
                                        + " without and 1,958.0 ms with it"),
                        new Quote("NTU CE7454", "“It is hypothesized that flat minima generalize better.”")),
                "SAM's gradient at w is that of the loss at w + rho g / |g|, with g the gradient at w",
                """
                Digits; a fifth of the examples for validation, a fifth for the test. A perceptron with 128 hidden units, momentum 0.9, batch 32, \
                a cosine from the rate to 0 in 30 epochs. Six settings each: momentum's rate among %s; SAM's rate among 0.02, 0.05, 0.1 and its rho \
                among 0.05, 0.2. For each seed the setting with the lowest validation loss is taken. Longer: momentum's best rate for 60 epochs, \
                which costs as many gradients as SAM. Each seed draws other parts, weights and batches. \
                Flatness: the largest eigenvalue of the Hessian of the whole training loss, and how far that loss rises within 0.05.\
                """.formatted(Seeds.words(PLAIN.stream().map(Setting::rate).toList())),
                """
                (1) SAM's largest eigenvalue is lower than momentum's, %s. (2) Its mean test error is lower: the paired 95 %% bootstrap interval \
                lies below 0. (3) Its median step takes 1.5 to 2.5 times as long, median of the seeds. All three, and its mean test error is below \
                that of the longer training too: holds. Flatter, and its test error not shown to be higher: holds within limits, which are told. Else it does not hold here.\
                """.formatted(Seeds.MOST));
    }

    @Override
    public Class<Pair> measurement() {
        return Pair.class;
    }

    @Override
    public int seeds() {
        return 10;
    }

    @Override
    public Pair measure(Trial trial) {
        Dataset data = Dataset.of(Corpus.load("digits"), new Split(0.2, 0.2, trial.seed()));
        int epochs = trial.pick(EPOCHS, 1);
        End plain = best(trial.pick(PLAIN, PLAIN.subList(3, 4)), data, epochs, trial);
        End aware = best(trial.pick(AWARE, AWARE.subList(2, 3)), data, epochs, trial);
        return new Pair(plain, aware, best(List.of(plain.setting()), data, 2 * epochs, trial));
    }

    private static End best(List<Setting> settings, Dataset data, int epochs, Trial trial) {
        Model model = Model.mlp(data.task().outputs(), 128);
        long perEpoch = Batches.perEpoch(data.train(), BATCH);
        Tuned<Setting, Trained> best = Tuned.lowest(
                settings,
                setting -> trial.train(setting.of(model, perEpoch, epochs, trial.seed()), data),
                Trained::validationLoss);
        return end(best.setting(), best.outcome(), model, data, trial);
    }

    private static End end(Setting setting, Trained run, Model model, Dataset data, Trial trial) {
        trial.says("how flat it is where that ended");
        try (Network network = run.network(data.shape());
                MeanLoss loss = new MeanLoss(network, model.loss(data.task()), data.train())) {
            double[] weights = loss.weights();
            double eigenvalue = new Lanczos(1, 0.01, 300, 1)
                    .of(loss.hessian())
                    .values()
                    .getFirst()
                    .value();
            double rise = Sharpness.ball(loss, weights, RADIUS, new Climb(5, trial.seed()))
                    .value();
            double[] millis =
                    run.steps().stream().mapToDouble(StepMetrics::millis).toArray();
            return new End(
                    setting, loss.loss(weights), 1 - run.testAccuracy(), eigenvalue, rise, Spread.median(millis));
        }
    }

    private static Interval less(List<Pair> measured, ToDoubleFunction<Pair> than) {
        return Seeds.difference(measured, one -> one.aware().testError(), than);
    }

    @Override
    public Verdict judge(List<Pair> measured) {
        Interval error = less(measured, one -> one.plain().testError());
        double cost = Seeds.median(measured, Pair::cost);
        double longer = Seeds.mean(
                measured, one -> one.aware().testError() - one.longer().testError());
        long flatter = Seeds.count(
                measured, one -> one.aware().eigenvalue() < one.plain().eigenvalue());
        String seen =
                "SAM ends flatter in %d of %d seeds; its test error differs by %.2f to %.2f percentage points (95 %%), from that of twice the epochs by %.2f; a step takes %.2f times as long"
                        .formatted(flatter, measured.size(), 100 * error.low(), 100 * error.high(), 100 * longer, cost);
        boolean flat = Seeds.most(
                measured, one -> one.aware().eigenvalue() < one.plain().eigenvalue());
        if (!flat || error.low() > 0) {
            return Verdict.notHere("%s", seen);
        }
        if (error.high() >= 0) {
            return Verdict.withinLimits("flatter, but not shown to generalise better: %s", seen);
        }
        if (cost < CHEAPEST || cost > DEAREST) {
            return Verdict.withinLimits("flatter and better, but at another cost: %s", seen);
        }
        return longer < 0
                ? Verdict.holds("%s", seen)
                : Verdict.withinLimits("better than as many steps, but not than as many gradients: %s", seen);
    }

    @Override
    public Exhibit exhibit(List<Pair> measured) {
        List<Quantity> numbers = new ArrayList<>();
        add(numbers, "largest eigenvalue", "", measured, End::eigenvalue);
        add(numbers, "rise of the training loss within 0.05", "nats", measured, End::rise);
        add(numbers, "test error", "%", measured, end -> 100 * end.testError());
        add(numbers, "training loss", "nats", measured, End::trainLoss);
        numbers.add(Quantity.of("SAM's median step over momentum's", "times", measured, Pair::cost));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            rows.add(List.of(
                    "seed %d".formatted(i + 1),
                    measured.get(i).plain().setting().words(),
                    measured.get(i).aware().setting().words()));
        }
        return new Exhibit(
                numbers,
                List.of(
                        new Chart(
                                "largest eigenvalue of the training loss's Hessian",
                                "",
                                "seed",
                                Chart.Fit.VALUES,
                                lines(measured, End::eigenvalue)),
                        new Chart(
                                "test error",
                                "%",
                                "seed",
                                Chart.Fit.FROM_ZERO,
                                lines(measured, end -> 100 * end.testError()))),
                List.of(Page.section(
                        "Settings that were taken", new Table(List.of("", "momentum", "with SAM"), rows).element())));
    }

    private static void add(
            List<Quantity> numbers, String name, String unit, List<Pair> measured, ToDoubleFunction<End> number) {
        numbers.add(Quantity.of(name + ", momentum", unit, measured, one -> number.applyAsDouble(one.plain())));
        numbers.add(Quantity.of(name + ", SAM", unit, measured, one -> number.applyAsDouble(one.aware())));
        numbers.add(Quantity.of(
                name + ", momentum for twice the epochs", unit, measured, one -> number.applyAsDouble(one.longer())));
    }

    private static List<Line> lines(List<Pair> measured, ToDoubleFunction<End> number) {
        return List.of(
                Seeds.bySeed("momentum", measured, one -> number.applyAsDouble(one.plain()), Line.Style.DOTS, Hue.BLUE),
                Seeds.bySeed(
                        "with SAM", measured, one -> number.applyAsDouble(one.aware()), Line.Style.SQUARES, Hue.ORANGE),
                Seeds.bySeed(
                        "momentum, twice the epochs",
                        measured,
                        one -> number.applyAsDouble(one.longer()),
                        Line.Style.DASHED,
                        Hue.GREEN));
    }
}
