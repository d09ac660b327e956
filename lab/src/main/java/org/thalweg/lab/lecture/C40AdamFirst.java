package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exercise;
import org.thalweg.lab.claim.Exercise.Outcome;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantity;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.statistics.Interval;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Table;
import org.thalweg.optim.rule.Adagrad;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.RmsProp;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.ready.Models;

/** On a small ConvNet Adam brings the training loss down first, and tuned momentum makes the fewest test errors. */
public final class C40AdamFirst implements Claim<C40AdamFirst.Race> {
    private static final int BATCH = 128;
    private static final int EPOCHS = 12;
    private static final int FIRST = 3;
    private static final String MOMENTUM = "momentum";
    private static final String ADAM = "adam";

    /** How a rule is tried: five rates in steps of about three around those that are usual for it. */
    private record Tried(Rule rule, List<Double> rates) {}

    private static final SequencedMap<String, Tried> RULES = rules();

    private static SequencedMap<String, Tried> rules() {
        List<Double> middle = Seeds.list(0.003, 0.01, 0.03, 0.1, 0.3);
        List<Double> small = Seeds.list(0.0003, 0.001, 0.003, 0.01, 0.03);
        SequencedMap<String, Tried> rules = new LinkedHashMap<>();
        rules.put("sgd", new Tried(new Sgd(), Seeds.list(0.01, 0.03, 0.1, 0.3, 1)));
        rules.put(MOMENTUM, new Tried(new Momentum(), middle));
        rules.put("adagrad", new Tried(new Adagrad(), middle));
        rules.put("rmsprop", new Tried(new RmsProp(), small));
        rules.put(ADAM, new Tried(new Adam(), small));
        return rules;
    }

    /**
     * A rule at its best rate.
     *
     * @param losses of the batches, mean of each epoch, in nats
     * @param trainLoss over the training part at the end
     */
    public record Way(
            String rule, double rate, List<Double> losses, double trainLoss, double validationError, double testError) {
        /** The mean loss of the first epochs. */
        double first() {
            return Seeds.mean(losses.subList(0, Math.min(FIRST, losses.size())), Double::doubleValue);
        }
    }

    /**
     * What one seed measures.
     *
     * @param data its name
     * @param ways by rule
     */
    public record Race(String data, List<Way> ways) {
        Way way(String rule) {
            return ways.stream()
                    .filter(way -> way.rule().equals(rule))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                        "C40",
                        "On a small ConvNet Adam is the first to bring the training loss down, and tuned momentum makes the fewest test errors",
                        List.of(
                                new Quote(
                                        "CMU 10-605",
                                        "“Initial results: ‘Adam: A Method for Stochastic Optimization’, Kingma & Ba, ICLR 2015”"),
                                new Quote(
                                        "CMU 10-605",
                                        "“More recently: ‘The Marginal Value of Adaptive Gradient Methods in Machine Learning’, Wilson et al., NeurIPS 2017. Performance can particularly drop for test error (i.e., what we actually care about!)”")),
                        """
                first: the mean loss of the batches of the first three epochs, as Kingma and Ba's figure 3 shows them; last: the share of test errors at the end\
                """,
                        """
                Fashion-MNIST, the digits where it is not found: 8,192 of the training examples (1,024 digits), other 6,000 (414) for validation, the published test part (359). \
                A ConvNet with convolutions of 4 and 8 channels and 32 hidden units, without normalisation; batch 128, 12 epochs, a cosine from the rate to 0.
                Five rates for each rule: %s. The one with the fewest validation errors at the end is taken, for the first epochs as for the last. Each seed draws other training and validation \
                examples, weights and batches.\
                """.formatted(rates()),
                        """
                (1) Adam's mean loss of the first three epochs is the lowest of the five rules' in the mean of the seeds, and below momentum's: the 95 %% interval (Student's, paired by seed) lies \
                below 0. (2) Momentum's test error is the lowest of the five in the mean of the seeds, and below Adam's by the same interval. Both: holds. One of them: holds within limits. Neither: \
                it does not hold here.\
                """.formatted())
                .takingLong();
    }

    private static String rates() {
        return String.join(
                "; ",
                RULES.entrySet().stream()
                        .map(rule -> "%s %s"
                                .formatted(
                                        rule.getKey(),
                                        Seeds.words(rule.getValue().rates())))
                        .toList());
    }

    @Override
    public Class<Race> measurement() {
        return Race.class;
    }

    @Override
    public int seeds() {
        return 5;
    }

    @Override
    public Race measure(Trial trial) {
        Dataset data = SmallImages.of(trial);
        Model model = Models.named("convnet:channels=4,hidden=32,norm=none", data.shape(), data.task());
        Exercise exercise = new Exercise(data, model, BATCH, trial.pick(EPOCHS, 1), trial.seed());
        List<Way> ways = new ArrayList<>();
        for (Map.Entry<String, Tried> rule : RULES.entrySet()) {
            List<Double> rates = rule.getValue().rates();
            ways.add(Tuned.lowest(
                            trial.pick(rates, rates.subList(2, 3)),
                            rate -> way(rule.getKey(), rule.getValue().rule(), rate, exercise, trial),
                            Way::validationError)
                    .outcome());
        }
        return new Race(data.name(), ways);
    }

    private static Way way(String name, Rule rule, double rate, Exercise exercise, Trial trial) {
        trial.says("%s at a rate of %s".formatted(name, rate));
        Outcome outcome = exercise.train(rule, Schedule.cosine(rate, exercise.steps()));
        int perEpoch = (int) exercise.steps() / exercise.epochs();
        List<Double> losses = IntStream.range(0, outcome.losses().size() / perEpoch)
                .mapToObj(epoch -> outcome.losses().subList(epoch * perEpoch, (epoch + 1) * perEpoch))
                .map(epoch -> Seeds.mean(epoch, Double::doubleValue))
                .toList();
        double guessing = Math.log(exercise.data().task().outputs());
        return new Way(name, rate, losses, outcome.trainLoss(guessing), outcome.validationError(), outcome.testError());
    }

    /** Where the mean of the first rule's number less the second one's lies. */
    private static Interval less(List<Race> measured, String rule, String than, ToDoubleFunction<Way> number) {
        return Seeds.student(
                measured, one -> number.applyAsDouble(one.way(rule)), one -> number.applyAsDouble(one.way(than)));
    }

    private static double mean(List<Race> measured, String rule, ToDoubleFunction<Way> number) {
        return Seeds.mean(measured, one -> number.applyAsDouble(one.way(rule)));
    }

    private static String lowest(List<Race> measured, ToDoubleFunction<Way> number) {
        return RULES.keySet().stream()
                .min(Comparator.comparing(rule -> mean(measured, rule, number)))
                .orElseThrow();
    }

    @Override
    public Verdict judge(List<Race> measured) {
        Interval loss = less(measured, ADAM, MOMENTUM, Way::first);
        Interval error = less(measured, MOMENTUM, ADAM, Way::testError);
        String soonest = lowest(measured, Way::first);
        String surest = lowest(measured, Way::testError);
        String seen =
                "on %s %s has the lowest loss in the first epochs, and Adam's is %.3f to %.3f nats from momentum's (95 %%); %s makes the fewest test errors, and momentum's are %.2f to %.2f percentage points from Adam's"
                        .formatted(
                                measured.getFirst().data(),
                                soonest,
                                loss.low(),
                                loss.high(),
                                surest,
                                100 * error.low(),
                                100 * error.high());
        boolean first = soonest.equals(ADAM) && loss.high() < 0;
        boolean best = surest.equals(MOMENTUM) && error.high() < 0;
        if (first && best) {
            return Verdict.holds("%s", seen);
        }
        if (first) {
            return Verdict.withinLimits("Adam is first, but momentum is not seen to be best: %s", seen);
        }
        return best
                ? Verdict.withinLimits("momentum is best, but Adam is not seen to be first: %s", seen)
                : Verdict.notHere("%s", seen);
    }

    @Override
    public Exhibit exhibit(List<Race> measured) {
        List<Quantity> numbers = new ArrayList<>();
        add(numbers, "loss of the first three epochs", "nats", measured, Way::first);
        add(numbers, "test error", "%", measured, way -> 100 * way.testError());
        add(numbers, "training loss at the end", "nats", measured, Way::trainLoss);
        List<Line> losses = new ArrayList<>();
        List<Line> errors = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (String rule : RULES.keySet()) {
            Hue hue = Hue.of(errors.size());
            Line.Style style = rule.equals(ADAM) || rule.equals(MOMENTUM) ? Line.Style.DOTS : Line.Style.SQUARES;
            List<Double> means = Seeds.means(measured, one -> one.way(rule).losses());
            losses.add(new Line(rule, Seeds.curve(epochs(means.size()), means), style, hue.css()));
            errors.add(Seeds.bySeed(rule, measured, one -> 100 * one.way(rule).testError(), style, hue));
            rows.add(List.of(
                    rule,
                    Seeds.words(
                            measured.stream().map(one -> one.way(rule).rate()).toList())));
        }
        return new Exhibit(
                numbers,
                List.of(
                        new Chart("loss of the batches, mean of seeds", "nats", "epoch", Chart.Fit.VALUES, losses),
                        new Chart("test error at the end", "%", "seed", Chart.Fit.VALUES, errors)),
                List.of(Page.section("Rates that were taken", new Table(List.of("", "by seed"), rows).element())));
    }

    private static List<Double> epochs(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(epoch -> (double) epoch).toList();
    }

    private static void add(
            List<Quantity> numbers, String name, String unit, List<Race> measured, ToDoubleFunction<Way> number) {
        for (String rule : RULES.keySet()) {
            numbers.add(Quantity.of(
                    "%s, %s".formatted(name, rule), unit, measured, one -> number.applyAsDouble(one.way(rule))));
        }
    }
}
