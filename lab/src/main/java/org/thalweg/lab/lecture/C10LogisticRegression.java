package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantity;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.descent.Descent;
import org.thalweg.lab.descent.RatedRule;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.problem.LinearModel;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Table;
import org.thalweg.optim.rule.Adadelta;
import org.thalweg.optim.rule.Adagrad;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.Nesterov;
import org.thalweg.optim.rule.RmsProp;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Sgd;

/** On logistic regression every method is faster than SGD, and Adagrad is the fastest. */
public final class C10LogisticRegression implements Claim<C10LogisticRegression.Speeds> {
    private static final List<Double> RATES = Seeds.list(10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001);
    private static final double TARGET = 0.01;
    private static final int POINTS = 100;
    private static final String SGD = "sgd";
    private static final String ADAGRAD = "adagrad";

    private static final SequencedMap<String, Rule> RULES = rules();

    private static SequencedMap<String, Rule> rules() {
        SequencedMap<String, Rule> rules = new LinkedHashMap<>();
        rules.put(SGD, new Sgd());
        rules.put("momentum", new Momentum());
        rules.put("nesterov", new Nesterov());
        rules.put(ADAGRAD, new Adagrad());
        rules.put("adadelta", new Adadelta());
        rules.put("rmsprop", new RmsProp());
        rules.put("adam", new Adam());
        return rules;
    }

    /**
     * What one seed measures.
     *
     * @param at steps at which gaps are told
     * @param ways by rule, each at its best rate
     */
    public record Speeds(List<Double> at, List<Way> ways) {
        Way way(String rule) {
            return ways.stream()
                    .filter(way -> way.rule().equals(rule))
                    .findFirst()
                    .orElseThrow();
        }

        boolean beatsSgd(String rule) {
            return way(rule).steps() < way(SGD).steps();
        }

        boolean adagradIsFastest() {
            return ways.stream()
                    .filter(way -> !way.rule().equals(ADAGRAD))
                    .allMatch(way -> way(ADAGRAD).steps() < way.steps());
        }
    }

    /**
     * A descent.
     *
     * @param steps after which the loss was within 0.01 of the least for good; one more than all if never
     * @param gaps the loss above the least, means over equal parts of the steps
     */
    public record Way(String rule, double rate, int steps, List<Double> gaps) {}

    @Override
    public Statement statement() {
        return new Statement(
                        "C10",
                        "On logistic regression all methods improve upon SGD, and Adagrad converges the fastest",
                        List.of(
                                new Quote(
                                        "CMU 10-605",
                                        "“Logistic regression model (convex). All methods improve upon SGD. AdaGrad converges the fastest. Momentum methods have smoothing effect”")),
                        """
                        loss = mean of log(1 + exp(-y x'w)) + 0.01 |w|^2 / 2
                        steps until loss - least loss <= 0.01, and never above it again\
                        """,
                        """
                        %s; batches of 32, 1,000 steps from zero.
                        SGD, momentum 0.9, Nesterov 0.9, Adagrad, Adadelta, RMSProp and Adam with their defaults, each at 9 constant rates, %s; each counts with the \
                        rate at which it takes the fewest steps.
                        Each seed draws other examples and batches; all rules see the same.\
                        """.formatted(CancerRegression.WORDS, Seeds.words(RATES)),
                        """
                        (1) Each of the six others takes fewer steps than SGD. (2) Adagrad takes fewer than each of the others. Each %s: holds. One of both: holds within limits. \
                        Neither: it does not hold here.\
                        """.formatted(Seeds.MOST))
                .remark(
                        "The slide shows an animation of a toy problem at rates that it does not tell; here the data is real, and every method has its best rate.");
    }

    @Override
    public Class<Speeds> measurement() {
        return Speeds.class;
    }

    @Override
    public int seeds() {
        return 10;
    }

    @Override
    public Speeds measure(Trial trial) {
        int steps = trial.pick(1_000, 100);
        LinearModel problem = CancerRegression.of(trial.seed(), 32);
        Descent descent = new Descent(problem).steps(steps).seed(trial.seed());
        List<Way> ways = new ArrayList<>();
        for (Map.Entry<String, Rule> rule : RULES.entrySet()) {
            trial.says(rule.getKey());
            ways.add(RATES.stream()
                    .map(rate -> way(descent, rule.getKey(), new RatedRule(rule.getValue(), rate), rate))
                    .min(Comparator.comparing(Way::steps)
                            .thenComparing(way -> way.gaps().getLast()))
                    .orElseThrow());
        }
        List<Double> at = IntStream.range(0, POINTS)
                .mapToObj(i -> (i + 0.5) * steps / POINTS)
                .toList();
        return new Speeds(at, ways);
    }

    private static Way way(Descent descent, String name, RatedRule rule, double rate) {
        double least = descent.problem().least().orElseThrow();
        double[] losses = Arrays.copyOf(descent.run(rule).losses(), descent.steps() + 1);
        int last = losses.length - 1;
        while (last >= 0 && losses[last] > 0 && losses[last] - least <= TARGET) {
            last--; // past an overflow there are zeros, which no loss is
        }
        List<Double> gaps = IntStream.range(0, POINTS)
                .mapToObj(part ->
                        Arrays.stream(losses, part * losses.length / POINTS, (part + 1) * losses.length / POINTS)
                                        .average()
                                        .orElseThrow()
                                - least)
                .toList();
        return new Way(name, rate, last + 1, gaps);
    }

    @Override
    public Verdict judge(List<Speeds> measured) {
        List<String> better = RULES.keySet().stream()
                .filter(rule -> !rule.equals(SGD) && Seeds.most(measured, one -> one.beatsSgd(rule)))
                .toList();
        boolean all = better.size() == RULES.size() - 1;
        boolean adagrad = Seeds.most(measured, Speeds::adagradIsFastest);
        String seen =
                "steps, medians: %s; faster than SGD in nearly all seeds: %s; Adagrad is the fastest in %d of %d seeds"
                        .formatted(
                                String.join(
                                        ", ",
                                        RULES.keySet().stream()
                                                .map(rule -> "%s %.0f".formatted(rule, median(measured, rule)))
                                                .toList()),
                                better.isEmpty() ? "none" : String.join(", ", better),
                                Seeds.count(measured, Speeds::adagradIsFastest),
                                measured.size());
        if (all && adagrad) {
            return Verdict.holds(seen);
        }
        return all || adagrad ? Verdict.withinLimits(seen) : Verdict.notHere(seen);
    }

    private static double median(List<Speeds> measured, String rule) {
        return Seeds.median(measured, one -> (double) one.way(rule).steps());
    }

    @Override
    public Exhibit exhibit(List<Speeds> measured) {
        List<Line> curves = new ArrayList<>();
        List<Line> bySeed = new ArrayList<>();
        List<Quantity> numbers = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (String rule : RULES.keySet()) {
            Hue hue = rule.equals(SGD) ? Hue.INK : Hue.of(curves.size() - 1);
            Line.Style style = rule.equals(SGD) ? Line.Style.DASHED : Line.Style.PLAIN;
            curves.add(new Line(
                    rule,
                    Seeds.curve(
                            measured.getFirst().at(),
                            Seeds.means(measured, one -> one.way(rule).gaps())),
                    style,
                    hue.css()));
            bySeed.add(Seeds.bySeed(
                    rule,
                    measured,
                    one -> one.way(rule).steps(),
                    rule.equals(SGD) ? Line.Style.SQUARES : Line.Style.DOTS,
                    hue));
            numbers.add(Quantity.of(
                    rule,
                    "steps to stay within 0.01",
                    measured,
                    one -> one.way(rule).steps()));
            rows.add(List.of(
                    rule,
                    Seeds.words(
                            measured.stream().map(one -> one.way(rule).rate()).toList())));
        }
        return new Exhibit(
                numbers,
                List.of(
                        new Chart(
                                "loss above the least, each at its best rate, mean of seeds",
                                "nats",
                                "step",
                                Chart.Fit.VALUES,
                                curves),
                        new Chart(
                                "steps to stay within 0.01 of the least loss",
                                "steps",
                                "seed",
                                Chart.Fit.VALUES,
                                bySeed)),
                List.of(Page.section("Best rates, by seed", new Table(List.of("", "rates"), rows).element())));
    }
}
