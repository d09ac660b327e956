package org.thalweg.lab.lecture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantity;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.descent.Descent;
import org.thalweg.lab.descent.DescentView;
import org.thalweg.lab.descent.RatedRule;
import org.thalweg.lab.descent.Trajectory;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.problem.Beale;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.ContourMap;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Node;
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

/** Rules on Beale's function, from where the first gradient is large. */
public final class C05Beale implements Claim<C05Beale.Ways> {
    private static final int STEPS = 500;
    private static final double FAR = 2;
    private static final List<Double> HASTE = List.of(1.0, 3.0, 10.0);
    private static final List<String> PRAISED = List.of("RMSProp", "Adadelta");
    private static final List<String> BLAMED = List.of("Adagrad", "momentum");
    private static final List<Method> METHODS = List.of(
            new Method("SGD", new Sgd()),
            new Method("momentum", new Momentum()),
            new Method("Nesterov", new Nesterov()),
            new Method("Adagrad", new Adagrad()),
            new Method("RMSProp", new RmsProp()),
            new Method("Adadelta", new Adadelta()),
            new Method("Adam", new Adam()));
    /** Adam is on another slide, of which nothing is said. */
    private static final String APART = "Adam";

    private record Method(String name, Rule rule) {}

    /**
     * What one seed measures.
     *
     * @param start two numbers
     * @param rules in the order of the table
     */
    public record Ways(List<Double> start, List<Way> rules) {
        Way of(String name) {
            return rules.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * What a rule does.
     *
     * @param rate the best one of the search
     * @param distance to (3, 0.5) by step, at that rate
     * @param off whether it goes off, at 1, 3 and 10 times that rate
     */
    public record Way(String name, double rate, List<Double> distance, List<Boolean> off) {
        double end() {
            return distance.getLast();
        }

        double offShare() {
            return (double) off.stream().filter(it -> it).count() / off.size();
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                        "C05",
                        "On Beale's function Adagrad and momentum are unstable; RMSProp and Adadelta do best",
                        List.of(
                                new Quote(
                                        "CMU 10-605",
                                        "“Beale's function (nonconvex): high variability in terms of gradients (initial gradient is very large). AdaGrad & momentum methods are unstable. RMSProp/AdaDelta perform the best.” “Minimized at (3,0)”")),
                        """
                        f(x, y) = (1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2
                        least value 0 at (3, 0.5);  f(3, 0) = 2.95\
                        """,
                        """
                        From a start that each seed draws from 0.75 to 1.25 and 1.25 to 1.75, where the first gradient is some hundred times that in the valley; 500 steps. \
                        Each rule at the best of 13 rates, 10, 3, 1, ..., 0.00001: the one that comes within 0.01 of the minimum in the fewest steps and ends there, else the one with the lowest late loss. \
                        That is an equal budget for all; other options are defaults.
                        How stable a rule is, is measured by what it does at its best rate and at 3 and 10 times that: it goes off if numbers overflow or it is ever more than twice as far from the minimum as at the start.\
                        """,
                        """
                        Two questions. Best: of the slide's six rules without Adam, RMSProp and Adadelta have the two smallest median distances to (3, 0.5) after 500 steps. \
                        Unstable: Adagrad and momentum both go off in a larger share of runs than both RMSProp and Adadelta do. \
                        Holds if both are answered with yes, within limits if one is, else it does not hold here.\
                        """)
                .remark(
                        "The slide's “minimized at (3,0)” is a slip: the value there is 2.95, and the minimum, 0, is at (3, 0.5). Distances here are to (3, 0.5).\n"
                                + "In the first run the search took for RMSProp a rate that passed the minimum and left it again, though the set-up says otherwise; neither question was answered with yes then. The search was mended, set-up and criterion stand as they were.");
    }

    @Override
    public Class<Ways> measurement() {
        return Ways.class;
    }

    @Override
    public int seeds() {
        return 11;
    }

    @Override
    public Ways measure(Trial trial) {
        SplittableRandom random = new SplittableRandom(trial.seed());
        List<Double> start = List.of(random.nextDouble(0.75, 1.25), random.nextDouble(1.25, 1.75));
        Descent descent = new Descent(new Beale(), start).steps(trial.pick(STEPS, 100));
        return new Ways(
                start,
                METHODS.stream()
                        .map(method -> {
                            trial.says(method.name());
                            return way(descent, method);
                        })
                        .toList());
    }

    private static Way way(Descent descent, Method method) {
        Trajectory best = descent.run(new RatedRule(method.rule(), Optional.empty()));
        double rate = best.rule().rate().orElseThrow().at(0);
        List<Boolean> off = HASTE.stream()
                .map(haste -> goesOff(descent.run(new RatedRule(method.rule(), haste * rate))))
                .toList();
        return new Way(method.name(), rate, distances(best).boxed().toList(), off);
    }

    private static DoubleStream distances(Trajectory way) {
        return Arrays.stream(way.points())
                .mapToDouble(point -> way.problem().distance(point).orElseThrow());
    }

    private static boolean goesOff(Trajectory way) {
        double start = way.problem().distance(way.points()[0]).orElseThrow();
        return way.overflowed() || distances(way).anyMatch(distance -> distance > FAR * start);
    }

    private static double median(List<Ways> measured, String name) {
        double[] ends = measured.stream()
                .mapToDouble(one -> one.of(name).end())
                .sorted()
                .toArray();
        return (ends[(ends.length - 1) / 2] + ends[ends.length / 2]) / 2;
    }

    private static double offShare(List<Ways> measured, String name) {
        return measured.stream()
                .mapToDouble(one -> one.of(name).offShare())
                .average()
                .orElseThrow();
    }

    private static double most(List<String> names, ToDoubleFunction<String> number) {
        return names.stream().mapToDouble(number).max().orElseThrow();
    }

    private static double least(List<String> names, ToDoubleFunction<String> number) {
        return names.stream().mapToDouble(number).min().orElseThrow();
    }

    @Override
    public Verdict judge(List<Ways> measured) {
        List<String> others = METHODS.stream()
                .map(Method::name)
                .filter(name -> !PRAISED.contains(name) && !name.equals(APART))
                .toList();
        boolean best = most(PRAISED, name -> median(measured, name)) < least(others, name -> median(measured, name));
        boolean unstable =
                least(BLAMED, name -> offShare(measured, name)) > most(PRAISED, name -> offShare(measured, name));
        String nearest = Stream.concat(PRAISED.stream(), others.stream())
                .min(Comparator.comparing(name -> median(measured, name)))
                .orElseThrow();
        String seen =
                "%s comes nearest of the slide's six. Median distance to (3, 0.5): %s; share of runs that go off: %s"
                        .formatted(
                                nearest,
                                list(name -> Numbers.text(median(measured, name))),
                                list(name -> "%.0f %%".formatted(100 * offShare(measured, name))));
        if (best && unstable) {
            return Verdict.holds("%s", seen);
        }
        return best || unstable
                ? Verdict.withinLimits(
                        "%s; %s",
                        best
                                ? "RMSProp and Adadelta come nearest, but Adagrad and momentum are not less stable"
                                : "Adagrad and momentum go off more easily, but RMSProp and Adadelta are not the two that come nearest",
                        seen)
                : Verdict.notHere("%s", seen);
    }

    private interface Text {
        String of(String name);
    }

    private static String list(Text text) {
        return String.join(
                ", ",
                METHODS.stream()
                        .map(method -> method.name() + " " + text.of(method.name()))
                        .toList());
    }

    @Override
    public Exhibit exhibit(List<Ways> measured) {
        Ways first = measured.getFirst();
        List<Line> distances = new ArrayList<>();
        for (Way rule : first.rules()) {
            distances.add(new Line(
                    rule.name(),
                    Curve.of(rule.distance()),
                    Line.Style.PLAIN,
                    Hue.of(distances.size()).css()));
        }
        List<Quantity> numbers = new ArrayList<>();
        for (Method method : METHODS) {
            numbers.add(Quantity.of(
                    "distance to (3, 0.5) at the end, " + method.name(),
                    "",
                    measured,
                    one -> one.of(method.name()).end()));
        }
        for (Method method : METHODS) {
            numbers.add(Quantity.of(
                    "runs that go off, " + method.name(),
                    "%",
                    measured,
                    one -> 100 * one.of(method.name()).offShare()));
        }
        List<List<String>> rates = first.rules().stream()
                .map(rule -> List.of(rule.name(), Numbers.text(rule.rate()), Numbers.text(rule.end())))
                .toList();
        return new Exhibit(
                numbers,
                List.of(new Chart(
                        "distance to (3, 0.5) at the best rates, first seed", "", "step", Chart.Fit.VALUES, distances)),
                Stream.of(
                                map(first, 1),
                                map(first, 3),
                                Page.section(
                                        "First seed: best of 13 rates",
                                        new Table(List.of("rule", "rate", "distance at the end"), rates).element()))
                        .toList());
    }

    /** The ways of the slide's six rules at so many times their best rates. */
    private static Node map(Ways first, double haste) {
        Descent descent = new Descent(new Beale(), first.start())
                .steps(first.rules().getFirst().distance().size() - 1);
        List<Trajectory> ways = METHODS.stream()
                .map(method -> descent.run(new RatedRule(
                        method.rule(), rounded(haste * first.of(method.name()).rate()))))
                .toList();
        String title = haste == 1 ? "Ways at the best rates, first seed" : "Ways at three times the best rates";
        return Page.section(
                title, new ContourMap(new DescentView(descent, ways).terrain().orElseThrow()).figure());
    }

    /** As legends name it: 0.009 and not 0.009000000000000001. */
    private static double rounded(double rate) {
        return new BigDecimal(rate).round(new MathContext(6)).doubleValue();
    }
}
