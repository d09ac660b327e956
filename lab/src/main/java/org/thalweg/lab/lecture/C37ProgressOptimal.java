package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Table;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.ProgressOptimal;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;

/** McAllester's rates of each parameter, from its signal and noise, train a network without a rate that is tuned. */
public final class C37ProgressOptimal implements Claim<C37ProgressOptimal.Comparison> {
    private static final int POINTS = 60;
    private static final double TRAINS = 0.1;
    private static final double AS_GOOD = 0.01;

    /** What is tried, each at its values. */
    enum Way {
        UNAIDED("McAllester, as it comes", List.of(0.01)),
        MCALLESTER("McAllester, lambda-eta tuned", Seeds.list(0.01, 0.03, 0.1, 0.3, 1, 3)),
        SGD("SGD, rate tuned", Seeds.list(1, 0.3, 0.1, 0.03, 0.01, 0.003)),
        ADAM("Adam, rate tuned", Seeds.list(0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001));

        private final String words;
        private final List<Double> values;

        Way(String words, List<Double> values) {
            this.words = words;
            this.values = values;
        }

        private Outcome train(Exercise exercise, double value) {
            ProgressOptimal own = new ProgressOptimal();
            Rule rule = switch (this) {
                case UNAIDED -> own;
                case MCALLESTER -> new ProgressOptimal(own.k(), own.lambdaB(), own.epsilon(), value);
                case SGD -> new Sgd();
                case ADAM -> new Adam();
            };
            boolean rated = this == SGD || this == ADAM;
            return exercise.train(rule, Schedule.constant(rated ? value : 1));
        }
    }

    /**
     * What one seed measures.
     *
     * @param steps at which losses are told
     * @param ways each with the value that does best on the validation part
     */
    public record Comparison(List<Double> steps, List<Tuned> ways) {
        Tuned of(Way way) {
            return ways.get(way.ordinal());
        }

        /** By how much the better of SGD and Adam, by the validation part, makes fewer test errors. */
        double behind() {
            Tuned sgd = of(Way.SGD);
            Tuned adam = of(Way.ADAM);
            Tuned rival = sgd.validationError() <= adam.validationError() ? sgd : adam;
            return of(Way.UNAIDED).testError() - rival.testError();
        }
    }

    /**
     * A training.
     *
     * @param losses of the batches, means over equal parts of the steps
     */
    public record Tuned(double value, double validationError, double testError, List<Double> losses) {}

    @Override
    public Statement statement() {
        return new Statement(
                        "C37",
                        "McAllester's per-parameter rates train a network unaided",
                        List.of(
                                new Quote(
                                        "TTIC 31230",
                                        "“An Original Algorithm Derivation. We will derive a learning rate by maximizing a lower bound on the rate of reduction in training loss.” “We can calculate B*[i] and η*[i] for each individual parameter Φ[i].”")),
                        """
                        eta[i] = lambda_eta (average of g[i])^2 / (variance of g[i]);   p[i] <- p[i] - eta[i] g[i]\
                        """,
                        """
                        Digits, three fifths of them for training, a fifth each for validation and test; a perceptron with 64 hidden units, batch 32, 30 epochs: 990 steps.
                        McAllester's rule with its defaults, lambda-eta 0.01, without any search; the same with lambda-eta out of %s; SGD at constant rates %s; Adam at constant rates \
                        %s. Of the six values of each that with the fewest errors on the validation part counts.
                        Each seed draws other parts, weights and batches.\
                        """.formatted(
                                        Seeds.words(Way.MCALLESTER.values),
                                        Seeds.words(Way.SGD.values),
                                        Seeds.words(Way.ADAM.values)),
                        """
                        As it comes the rule makes at most 10 % test errors in every seed, and on average at most 1 percentage point more than the better of tuned SGD and \
                        Adam: holds. The first alone: holds within limits. Else it does not hold here.\
                        """)
                .remark(
                        "The lecture gives no experiment and no values for lambda_eta and K. A rate is held at most at lambda-b times lambda-eta here, where the slide's formula goes to infinity as gradients agree.");
    }

    @Override
    public Class<Comparison> measurement() {
        return Comparison.class;
    }

    @Override
    public int seeds() {
        return 8;
    }

    @Override
    public Comparison measure(Trial trial) {
        Dataset digits = Dataset.of(Corpus.load("digits"), new Split(0.2, 0.2, trial.seed()));
        Exercise exercise = new Exercise(digits, Model.mlp(10, 64), 32, trial.pick(30, 2), trial.seed());
        List<Tuned> ways = new ArrayList<>();
        for (Way way : Way.values()) {
            List<Tuned> tried = new ArrayList<>();
            for (double value : way.values.subList(0, trial.pick(way.values.size(), 1))) {
                trial.says("%s: %s".formatted(way.words, value));
                Outcome outcome = way.train(exercise, value);
                tried.add(new Tuned(
                        value, outcome.validationError(), outcome.testError(), parts(outcome, exercise.steps())));
            }
            ways.add(tried.stream()
                    .min(Comparator.comparing(Tuned::validationError))
                    .orElseThrow());
        }
        List<Double> steps = IntStream.range(0, POINTS)
                .mapToObj(i -> (i + 0.5) * exercise.steps() / POINTS)
                .toList();
        return new Comparison(steps, ways);
    }

    private static List<Double> parts(Outcome outcome, long steps) {
        return IntStream.range(0, POINTS)
                .filter(part -> (part + 1) * steps / POINTS <= outcome.losses().size())
                .mapToObj(part -> Seeds.mean(
                        outcome.losses().subList((int) (part * steps / POINTS), (int) ((part + 1) * steps / POINTS)),
                        Double::doubleValue))
                .toList();
    }

    @Override
    public Verdict judge(List<Comparison> measured) {
        double most = measured.stream()
                .mapToDouble(one -> one.of(Way.UNAIDED).testError())
                .max()
                .orElseThrow();
        double behind = Seeds.mean(measured, Comparison::behind);
        String seen = String.join(
                ", ",
                Arrays.stream(Way.values())
                        .map(way -> "%s %.2f"
                                .formatted(
                                        way.words,
                                        100
                                                * Seeds.mean(
                                                        measured,
                                                        one -> one.of(way).testError())))
                        .toList());
        String all = "percentages of test errors: %s; as it comes at most %.2f".formatted(seen, 100 * most);
        if (most > TRAINS) {
            return Verdict.notHere(all);
        }
        return behind <= AS_GOOD
                ? Verdict.holds(all)
                : Verdict.withinLimits("it trains the network, but not as well as a tuned rate: %s", all);
    }

    @Override
    public Exhibit exhibit(List<Comparison> measured) {
        List<Line> losses = new ArrayList<>();
        List<Line> errors = new ArrayList<>();
        List<Quantity> numbers = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Way way : Way.values()) {
            Hue hue = Hue.of(way.ordinal());
            losses.add(new Line(
                    way.words,
                    Seeds.curve(
                            measured.getFirst().steps(),
                            Seeds.means(measured, one -> one.of(way).losses())),
                    way == Way.MCALLESTER ? Line.Style.DASHED : Line.Style.PLAIN,
                    hue.css()));
            errors.add(
                    Seeds.bySeed(way.words, measured, one -> 100 * one.of(way).testError(), Line.Style.DOTS, hue));
            numbers.add(Quantity.of(
                    "test errors: " + way.words,
                    "%",
                    measured,
                    one -> 100 * one.of(way).testError()));
            rows.add(List.of(
                    way.words,
                    Seeds.words(
                            measured.stream().map(one -> one.of(way).value()).toList())));
        }
        return new Exhibit(
                numbers,
                List.of(
                        new Chart("loss of the batches, mean of seeds", "nats", "step", Chart.Fit.VALUES, losses),
                        new Chart("test errors", "%", "seed", Chart.Fit.FROM_ZERO, errors)),
                List.of(Page.section(
                        "lambda-eta or rate that was best on the validation part, by seed",
                        new Table(List.of("", "values"), rows).element())));
    }
}
