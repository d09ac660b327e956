package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
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
import org.thalweg.lab.descent.Trajectory;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.problem.QuarticSaddle;
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

/** Near a flat saddle adaptive methods leave first. */
public final class C06SaddleEscape implements Claim<C06SaddleEscape.Escapes> {
    private static final double AWAY = 1;
    private static final double LONGEST_STEP = 0.25;
    private static final List<Double> RATES = List.of(10.0, 3.0, 1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001);
    private static final List<Method> METHODS = List.of(
            new Method("SGD", new Sgd(), 0.01, false),
            new Method("momentum", new Momentum(), 0.01, false),
            new Method("Nesterov", new Nesterov(), 0.01, false),
            new Method("Adagrad", new Adagrad(), 0.01, true),
            new Method("RMSProp", new RmsProp(), 0.01, true),
            new Method("Adadelta", new Adadelta(), 1, true),
            new Method("Adam", new Adam(), 0.01, true));
    /** The two that the KAIST lecture names. */
    private static final List<String> NAMED = List.of("Adadelta", "RMSProp");

    private record Method(String name, Rule rule, double usual, boolean adaptive) {}

    /**
     * What one seed measures.
     *
     * @param x of the start, whose y is 1
     * @param most steps that were waited
     * @param rules in the order of the lecture's legend
     */
    public record Escapes(double x, int most, List<Escape> rules) {
        Escape of(String name) {
            return rules.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        /** Whether all adaptive ones, or all of these, leave before any other. */
        boolean adaptiveFirst(Function<Escape, Double> steps, List<String> names) {
            double last =
                    names.stream().map(this::of).mapToDouble(steps::apply).max().orElseThrow();
            double first = METHODS.stream()
                    .filter(method -> !method.adaptive())
                    .map(method -> of(method.name()))
                    .mapToDouble(steps::apply)
                    .min()
                    .orElseThrow();
            return last < first;
        }
    }

    /**
     * How long a rule stays.
     *
     * @param usual steps at the usual rate; one more than were waited, if it does not leave
     * @param careful steps at its best rate of those without a long step
     * @param rate that one
     * @param way the distance to the ridge at the usual rate, by step
     */
    public record Escape(String name, double usual, double careful, double rate, List<Double> way) {}

    private static List<String> adaptive() {
        return METHODS.stream().filter(Method::adaptive).map(Method::name).toList();
    }

    @Override
    public Statement statement() {
        return new Statement(
                        "C06",
                        "At the saddle of y^4 - x^4 adaptive methods leave first",
                        List.of(
                                new Quote(
                                        "CMU 10-605",
                                        "“Loss function: f(x) = y^4 - x^4. Saddle point at (0, 0)”, with ways of the methods in a picture"),
                                new Quote(
                                        "KAIST AI602",
                                        "“Adaptive learning-rate methods, i.e., Adadelta and RMSprop are most suitable and provide the best convergence for these scenarios”")),
                        """
                        f(x, y) = y^4 - x^4;  df/dx = -4 x^3 vanishes near the ridge x = 0
                        dividing by the root of past squares gives both variables steps of like size\
                        """,
                        """
                        From (x, 1), where each seed draws x from 0.01 to 0.1, evenly on a logarithmic axis: beside the ridge, before the saddle. A rule has left once |x| is 1.
                        First, all at a rate of 0.01 as in such pictures, but Adadelta at 1, for its paper has no rate. Second, each at the best of nine rates, 10, 3, 1, ..., 0.001, \
                        at which no step is longer than 0.25: else a rule would win by a leap. At most 20,000 steps. Defaults otherwise.\
                        """,
                        """
                        Holds if in every seed and both ways of choosing rates Adagrad, RMSProp, Adadelta and Adam all leave before SGD, momentum and Nesterov. \
                        Within limits if Adadelta and RMSProp, which KAIST names, do so in both ways, or all four do in one of them. Else it does not hold here.\
                        """)
                .remark(
                        "The slide goes on: “minimized at (0, ∞)”. With the function as it stands there it falls without end along x, towards (±∞, 0), and nowhere else: the slide's variables are the other way round.");
    }

    @Override
    public Class<Escapes> measurement() {
        return Escapes.class;
    }

    @Override
    public int seeds() {
        return 5;
    }

    @Override
    public Escapes measure(Trial trial) {
        int most = trial.pick(20_000, 500);
        double x = Math.pow(10, new SplittableRandom(trial.seed()).nextDouble(-2, -1));
        Descent descent = new Descent(new QuarticSaddle(), List.of(x, 1.0)).steps(most);
        return new Escapes(
                x,
                most,
                METHODS.stream()
                        .map(method -> {
                            trial.says(method.name());
                            return escape(descent, method);
                        })
                        .toList());
    }

    private static Escape escape(Descent descent, Method method) {
        Trajectory usual = descent.run(new RatedRule(method.rule(), method.usual()));
        Trajectory careful = RATES.stream()
                .map(rate -> descent.run(new RatedRule(method.rule(), rate)))
                .filter(way -> longestStep(way) <= LONGEST_STEP)
                .min(Comparator.comparing(C06SaddleEscape::steps))
                .orElseThrow();
        List<Double> way = Arrays.stream(usual.points())
                .limit((long) steps(usual) + 1)
                .map(point -> Math.abs(point[0]))
                .toList();
        return new Escape(
                method.name(),
                steps(usual),
                steps(careful),
                careful.rule().rate().orElseThrow().at(0),
                way);
    }

    /** After how many steps it has left; one more than were waited, if it has not, and if the way up along y was what it took. */
    private static double steps(Trajectory way) {
        return IntStream.range(0, way.points().length)
                .filter(i -> Math.abs(way.points()[i][0]) >= AWAY && way.losses()[i] < 0)
                .findFirst()
                .orElse(way.asked() + 1);
    }

    /** On the way, up to where it has left. */
    private static double longestStep(Trajectory way) {
        int last = (int) Math.min(steps(way), way.steps());
        return IntStream.rangeClosed(1, last)
                .mapToDouble(i -> Math.hypot(
                        way.points()[i][0] - way.points()[i - 1][0], way.points()[i][1] - way.points()[i - 1][1]))
                .max()
                .orElse(0);
    }

    @Override
    public Verdict judge(List<Escapes> measured) {
        List<String> all = adaptive();
        boolean usual = measured.stream().allMatch(one -> one.adaptiveFirst(Escape::usual, all));
        boolean careful = measured.stream().allMatch(one -> one.adaptiveFirst(Escape::careful, all));
        boolean named = measured.stream()
                .allMatch(one -> one.adaptiveFirst(Escape::usual, NAMED) && one.adaptiveFirst(Escape::careful, NAMED));
        String seen = "steps to leave, first seed: at usual rates %s; at the best without a long step %s"
                .formatted(list(measured.getFirst(), Escape::usual), list(measured.getFirst(), Escape::careful));
        if (usual && careful) {
            return Verdict.holds("%s", seen);
        }
        if (named || usual || careful) {
            String which = named
                    ? "Adadelta and RMSProp leave first, but not all adaptive rules do"
                    : "the adaptive rules leave first %s only"
                            .formatted(usual ? "at usual rates" : "where no step is long");
            return Verdict.withinLimits("%s; %s", which, seen);
        }
        return Verdict.notHere("%s", seen);
    }

    private static String list(Escapes one, Function<Escape, Double> steps) {
        return String.join(
                ", ",
                one.rules().stream()
                        .map(rule -> "%s %s".formatted(rule.name(), count(steps.apply(rule), one.most())))
                        .toList());
    }

    private static String count(double steps, int most) {
        return steps > most ? "never" : "%,.0f".formatted(steps);
    }

    @Override
    public Exhibit exhibit(List<Escapes> measured) {
        Escapes first = measured.getFirst();
        List<Line> ways = new ArrayList<>();
        for (Escape rule : first.rules()) {
            Curve curve = Curve.of(
                    IntStream.range(1, rule.way().size()).boxed().toList(),
                    i -> i,
                    i -> rule.way().get(i));
            ways.add(new Line(
                    rule.name(),
                    curve.thinned(),
                    Line.Style.PLAIN,
                    Hue.of(ways.size()).css()));
        }
        List<Quantity> numbers = new ArrayList<>();
        for (Method method : METHODS) {
            numbers.add(Quantity.of(
                    method.name() + ", usual rate",
                    "steps",
                    measured,
                    one -> one.of(method.name()).usual()));
            numbers.add(Quantity.of(
                    method.name() + ", best careful rate",
                    "steps",
                    measured,
                    one -> one.of(method.name()).careful()));
        }
        List<List<String>> rows = first.rules().stream()
                .map(rule -> List.of(
                        rule.name(),
                        count(rule.usual(), first.most()),
                        Numbers.text(rule.rate()),
                        count(rule.careful(), first.most())))
                .toList();
        return new Exhibit(
                numbers,
                List.of(new Chart(
                        "distance from the ridge at usual rates, first seed",
                        "|x|",
                        "step",
                        true,
                        Chart.Fit.VALUES,
                        ways)),
                List.of(Page.section(
                        "First seed: steps to leave, and the rates of the second way",
                        new Table(List.of("rule", "usual rate", "best careful rate", "steps at it"), rows).element())));
    }
}
