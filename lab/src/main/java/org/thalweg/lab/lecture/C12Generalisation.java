package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exercise;
import org.thalweg.lab.claim.Exercise.Outcome;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantity;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.descent.Descent;
import org.thalweg.lab.descent.RatedRule;
import org.thalweg.lab.descent.Trajectory;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.problem.LinearModel;
import org.thalweg.lab.problem.Wilson;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Table;
import org.thalweg.optim.rule.Adagrad;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.Nesterov;
import org.thalweg.optim.rule.RmsProp;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;

/** Adaptive methods can find solutions that generalise worse. */
public final class C12Generalisation implements Claim<C12Generalisation.Errors> {
    private static final int EXAMPLES = 60;
    private static final double POSITIVE = 2.0 / 3;
    /** Of shares that are told exactly. */
    private static final double ROUNDING = 1e-9;

    private static final List<Double> CONVEX_RATES = Seeds.list(1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001);

    /** How a rule is tried on the network: rates in steps of about three around those that are usual for it. */
    private record Tried(Rule rule, boolean adaptive, List<Double> rates) {}

    private static final SequencedMap<String, Tried> RULES = rules();

    private static SequencedMap<String, Tried> rules() {
        List<Double> large = Seeds.list(1, 0.3, 0.1, 0.03, 0.01);
        List<Double> middle = Seeds.list(0.3, 0.1, 0.03, 0.01, 0.003);
        List<Double> small = Seeds.list(0.03, 0.01, 0.003, 0.001, 0.0003);
        SequencedMap<String, Tried> rules = new LinkedHashMap<>();
        rules.put("sgd", new Tried(new Sgd(), false, large));
        rules.put("momentum", new Tried(new Momentum(), false, middle));
        rules.put("nesterov", new Tried(new Nesterov(), false, middle));
        rules.put("adagrad", new Tried(new Adagrad(), true, middle));
        rules.put("rmsprop", new Tried(new RmsProp(), true, small));
        rules.put("adam", new Tried(new Adam(), true, small));
        return rules;
    }

    /**
     * What one seed measures.
     *
     * @param rules each by itself
     */
    public record Errors(List<Measured> rules) {
        Measured rule(String name) {
            return rules.stream()
                    .filter(rule -> rule.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        /** Of the kind, what does best on the validation part. */
        Measured best(boolean adaptive) {
            return rules.stream()
                    .filter(rule -> rule.adaptive() == adaptive)
                    .min(Comparator.comparing(Measured::validationError))
                    .orElseThrow();
        }

        double gain() {
            return best(true).testError() - best(false).testError();
        }
    }

    /**
     * A rule.
     *
     * @param construction the share of new examples that it classifies rightly in Wilson's construction
     * @param rate that does best on the network's validation part
     * @param trainLoss of the network with that rate
     */
    public record Measured(
            String name,
            boolean adaptive,
            double construction,
            double rate,
            double trainLoss,
            double validationError,
            double testError) {}

    @Override
    public Statement statement() {
        return new Statement(
                "C12",
                "Adaptive methods can find solutions that generalise worse",
                List.of(
                        new Quote(
                                "CMU 10-605",
                                "“The Marginal Value of Adaptive Gradient Methods in Machine Learning, Wilson et al. Performance can particularly drop for test error (i.e., what we actually care about!)”"),
                        new Quote(
                                "Ginsburg CS217",
                                "names the same paper (arXiv 1705.08292) as a hint to a bug in Adam")),
                """
                least squares with more features than examples; gradient descent from 0 ends at the solution of least norm, adaptive rules at one \
                proportional to sign(X'y)\
                """,
                """
                Construction: Wilson and others', 60 examples of which two thirds are positive; all examples in each step, 2,000 steps from zero at that of the rates \
                %s that ends with the smallest training loss. What counts is the share of new examples that are classified rightly, which is told exactly.
                Network: 359 of the digits for training, 719 each for validation and test; a perceptron with 64 hidden units, batch 32, 30 epochs, cosine to 0. Each of three plain and \
                three adaptive rules is tried at five rates: %s. Of each kind that with the fewest errors on the validation part counts: 15 trainings each.
                Each seed draws other labels, parts, weights and batches.\
                """.formatted(Seeds.words(CONVEX_RATES), rates()),
                """
                (1) In the construction every plain rule is right on all new examples, and every adaptive one on no more than the positive two thirds, in every seed. (2) The \
                best adaptive rule makes more test errors with the network than the best plain one %s. Both: holds. The first alone: holds within limits, for constructed \
                data. Else it does not hold here.\
                """.formatted(Seeds.MOST));
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
    public Class<Errors> measurement() {
        return Errors.class;
    }

    @Override
    public int seeds() {
        return 10;
    }

    @Override
    public Errors measure(Trial trial) {
        Wilson wilson = new Wilson(EXAMPLES, POSITIVE, trial.seed());
        Dataset digits = Dataset.of(Corpus.load("digits"), new Split(0.4, 0.4, trial.seed()));
        Exercise exercise = new Exercise(digits, Model.mlp(10, 64), 32, trial.pick(30, 2), trial.seed());
        List<Measured> measured = new ArrayList<>();
        for (Map.Entry<String, Tried> rule : RULES.entrySet()) {
            trial.says("the construction, " + rule.getKey());
            double construction = construction(wilson, rule.getValue().rule(), trial.pick(2_000, 500));
            measured.add(network(trial, exercise, rule.getKey(), rule.getValue(), construction));
        }
        return new Errors(measured);
    }

    private static double construction(Wilson wilson, Rule rule, int steps) {
        LinearModel problem = wilson.draw();
        Descent descent = new Descent(problem).steps(steps);
        Trajectory best = CONVEX_RATES.stream()
                .map(rate -> descent.run(new RatedRule(rule, rate)))
                .filter(way -> !way.overflowed())
                .min(Comparator.comparing(Trajectory::finalLoss))
                .orElseThrow();
        return wilson.accuracy(best.end());
    }

    private static Measured network(Trial trial, Exercise exercise, String name, Tried tried, double construction) {
        List<Measured> all = new ArrayList<>();
        for (double rate : trial.pick(tried.rates(), tried.rates().subList(1, 3))) {
            trial.says("the network, %s at %s".formatted(name, rate));
            Outcome outcome = exercise.train(tried.rule(), Schedule.cosine(rate, exercise.steps()));
            all.add(new Measured(
                    name,
                    tried.adaptive(),
                    construction,
                    rate,
                    outcome.trainLoss(Math.log(10)),
                    outcome.validationError(),
                    outcome.testError()));
        }
        return all.stream().min(Comparator.comparing(Measured::validationError)).orElseThrow();
    }

    @Override
    public Verdict judge(List<Errors> measured) {
        boolean constructed = measured.stream()
                .flatMap(one -> one.rules().stream())
                .allMatch(rule -> rule.adaptive()
                        ? rule.construction() <= POSITIVE + ROUNDING
                        : rule.construction() >= 1 - ROUNDING);
        long worse = Seeds.count(measured, one -> one.gain() > 0);
        String network =
                "with the network the best adaptive rule makes %.2f %% test errors, the best plain one %.2f %%, and it is worse in %d of %d seeds"
                        .formatted(
                                100 * Seeds.mean(measured, one -> one.best(true).testError()),
                                100
                                        * Seeds.mean(
                                                measured, one -> one.best(false).testError()),
                                worse,
                                measured.size());
        if (!constructed) {
            return Verdict.notHere("the construction does not tell the two kinds of rules apart; %s", network);
        }
        return Seeds.most(measured, one -> one.gain() > 0)
                ? Verdict.holds("so it is in the construction; %s", network)
                : Verdict.withinLimits("so it is in the construction alone: %s", network);
    }

    @Override
    public Exhibit exhibit(List<Errors> measured) {
        List<Line> right = new ArrayList<>();
        List<Quantity> numbers = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<String, Tried> entry : RULES.entrySet()) {
            String rule = entry.getKey();
            boolean adaptive = entry.getValue().adaptive();
            right.add(Seeds.bySeed(
                    rule,
                    measured,
                    one -> 100 * one.rule(rule).construction(),
                    adaptive ? Line.Style.SQUARES : Line.Style.DOTS,
                    Hue.of(right.size())));
            numbers.add(Quantity.of(
                    "construction, right on new examples: " + rule,
                    "%",
                    measured,
                    one -> 100 * one.rule(rule).construction()));
            rows.add(List.of(
                    rule,
                    Seeds.words(
                            measured.stream().map(one -> one.rule(rule).rate()).toList()),
                    "%.4f".formatted(Seeds.mean(measured, one -> one.rule(rule).trainLoss()))));
        }
        for (String rule : RULES.keySet()) {
            numbers.add(Quantity.of(
                    "network, test errors: " + rule,
                    "%",
                    measured,
                    one -> 100 * one.rule(rule).testError()));
        }
        Chart best = new Chart(
                "network: test errors of what is best on the validation part",
                "%",
                "seed",
                Chart.Fit.FROM_ZERO,
                List.of(
                        Seeds.bySeed(
                                "plain", measured, one -> 100 * one.best(false).testError(), Line.Style.DOTS, Hue.BLUE),
                        Seeds.bySeed(
                                "adaptive",
                                measured,
                                one -> 100 * one.best(true).testError(),
                                Line.Style.SQUARES,
                                Hue.ORANGE)));
        return new Exhibit(
                numbers,
                List.of(new Chart("construction: right on new examples", "%", "seed", Chart.Fit.PERCENT, right), best),
                List.of(Page.section(
                        "Network: best rates by seed, and mean training loss with them",
                        new Table(List.of("", "rates", "training loss"), rows).element())));
    }
}
