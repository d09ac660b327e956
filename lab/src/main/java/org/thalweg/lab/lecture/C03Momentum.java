package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantities;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.descent.RatedRule;
import org.thalweg.lab.descent.Trajectory;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.problem.Quadratic;
import org.thalweg.lab.statistics.PowerLaw;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.Sgd;

/** Momentum takes the root of the condition number; too much of it swings across the minimum. */
public final class C03Momentum implements Claim<C03Momentum.Steps> {
    /** The lecture's bowl: 12 times as steep one way as the other, turned by 45 degrees. */
    private static final Quadratic LECTURES = new Quadratic(2, 12, 45);

    private static final int LECTURES_STEPS = 400;
    private static final List<Double> ALPHAS = List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95);
    private static final List<Double> GENTLE = List.of(0.0, 0.3, 0.4, 0.5);
    private static final double MUCH = 0.9;

    /**
     * What one seed measures.
     *
     * @param condition numbers, ascending
     * @param plain steps of gradient descent until the value is a millionth of the first one, for each
     * @param heavy the same with momentum
     * @param bySize what momentum of different sizes does on the lecture's bowl
     */
    public record Steps(List<Double> condition, List<Double> plain, List<Double> heavy, List<Sized> bySize) {
        double plainSlope() {
            return slope(plain);
        }

        double slope() {
            return slope(heavy);
        }

        private double slope(List<Double> steps) {
            return PowerLaw.fitted(array(condition), array(steps)).exponent();
        }

        private static double[] array(List<Double> numbers) {
            return numbers.stream().mapToDouble(Double::doubleValue).toArray();
        }

        Sized at(double alpha) {
            return bySize.stream()
                    .filter(one -> one.alpha() == alpha)
                    .findFirst()
                    .orElseThrow();
        }

        /** Each of the lecture's sizes needs fewer steps than the one before and never swings; much does both. */
        boolean swingsWithMuchAlone() {
            List<Sized> gentle = GENTLE.stream().map(this::at).toList();
            boolean faster = IntStream.range(1, gentle.size())
                    .allMatch(i -> gentle.get(i).steps() < gentle.get(i - 1).steps());
            boolean steady = gentle.stream().allMatch(one -> one.swings() == 0);
            Sized best = gentle.getLast();
            return faster && steady && at(MUCH).steps() > best.steps() && at(MUCH).swings() >= 3;
        }
    }

    /**
     * What momentum of one size does on the lecture's bowl.
     *
     * @param steps until the value is a millionth of the first one
     * @param swings how often it crosses the minimum along the valley until then
     * @param losses by step, until then
     */
    public record Sized(double alpha, int steps, int swings, List<Double> losses) {}

    @Override
    public Statement statement() {
        return new Statement(
                "C03",
                "Momentum takes the steps down from kappa to its root; too much of it oscillates",
                List.of(
                        new Quote(
                                "NTU CE7454",
                                "“v[t] = alpha v[t-1] - eta dL/dw”, with pictures for alpha = 0, 0.3, 0.4, 0.5"),
                        new Quote(
                                "Ginsburg CS217",
                                "“The momentum method (Polyak, 1964) is a classical convex technique for accelerating GD”; Goh, Why Momentum Really Works"),
                        new Quote(
                                "KAIST AI602",
                                "“Momentum can fail to converge even for simple convex optimizations.”")),
                """
                alpha = ((sqrt(kappa) - 1) / (sqrt(kappa) + 1))^2, eta = (2 / (sqrt(kappa) + 1))^2  (Polyak's best)
                steps to a millionth of the first loss ~ kappa^slope: slope = 1/2 with momentum, 1 without
                swings along the valley where alpha > (1 - sqrt(eta))^2\
                """,
                """
                Quadratic bowls in 10 dimensions, eigenvalues in equal factors from 1 to kappa, turned by 30 degrees in each plane; \
                kappa = 10, 30, 100, ..., 10,000. Gradient descent at its best constant rate, 2 / (1 + kappa), and momentum at Polyak's best alpha and rate.
                The lecture's bowl: two dimensions, eigenvalues 1 and 12, turned by 45 degrees; alpha from 0 to 0.95, all at the rate 1/12. \
                A swing is a change of sign of the coordinate along the flat direction before the value is a millionth of the first.
                Each seed draws another start, between 0.5 and 1.5 away along each eigenvector.\
                """,
                """
                Holds if in every seed the slope with momentum is from 0.4 to 0.6 and without at least 0.9; and if on the lecture's bowl \
                alpha = 0, 0.3, 0.4, 0.5 need fewer steps each than the one before and never swing, while 0.9 needs more steps than 0.5 and swings three times or more.
                Within limits if one of the two is so; else it does not hold here.\
                """);
    }

    @Override
    public Class<Steps> measurement() {
        return Steps.class;
    }

    @Override
    public int seeds() {
        return 5;
    }

    @Override
    public Steps measure(Trial trial) {
        List<Double> conditions = Bowls.conditions(trial);
        List<Double> plain = new ArrayList<>();
        List<Double> heavy = new ArrayList<>();
        for (double condition : conditions) {
            trial.says("kappa %,.0f".formatted(condition));
            double root = Math.sqrt(condition);
            double alpha = Math.pow((root - 1) / (root + 1), 2);
            double rate = Math.pow(2 / (root + 1), 2);
            plain.add((double) Bowls.steps(condition, trial.seed(), new RatedRule(new Sgd(), 2 / (1 + condition))));
            heavy.add((double) Bowls.steps(condition, trial.seed(), new RatedRule(new Momentum(alpha), rate)));
        }
        List<Sized> bySize =
                ALPHAS.stream().map(alpha -> sized(alpha, trial.seed())).toList();
        return new Steps(conditions, plain, heavy, bySize);
    }

    private static Sized sized(double alpha, long seed) {
        RatedRule rule = new RatedRule(new Momentum(alpha), 1 / LECTURES.condition());
        Trajectory way = Bowls.way(LECTURES, seed, LECTURES_STEPS, rule);
        int steps = way.stepsToLoss(Bowls.NEAR * way.losses()[0]).orElse(way.steps() + 1);
        double[] along = Arrays.stream(way.points(), 0, Math.min(steps + 1, way.points().length))
                .mapToDouble(point -> LECTURES.alongEigenvectors(point)[0])
                .toArray();
        int swings = (int) IntStream.range(1, along.length)
                .filter(i -> along[i] * along[i - 1] < 0)
                .count();
        List<Double> losses =
                Arrays.stream(way.losses()).limit(steps + 1L).boxed().toList();
        return new Sized(alpha, steps, swings, losses);
    }

    @Override
    public Verdict judge(List<Steps> measured) {
        boolean root = measured.stream().allMatch(one -> Math.abs(one.slope() - 0.5) <= 0.1 && one.plainSlope() >= 0.9);
        boolean swings = measured.stream().allMatch(Steps::swingsWithMuchAlone);
        Steps first = measured.getFirst();
        String slopes = "steps grow like kappa to the power of %.2f with momentum and %.2f without (first seed)"
                .formatted(first.slope(), first.plainSlope());
        String sizes =
                "on the lecture's bowl alpha = 0, 0.3, 0.4, 0.5 and 0.9 take %s steps and cross the minimum %s times along the valley"
                        .formatted(list(first, Sized::steps), list(first, Sized::swings));
        if (root && swings) {
            return Verdict.holds("%s; %s", slopes, sizes);
        }
        return root || swings
                ? Verdict.withinLimits(
                        "%s, but not %s: %s; %s",
                        root ? "the root of kappa is seen" : "swinging is seen",
                        root ? "that much momentum alone swings" : "the root of kappa",
                        slopes,
                        sizes)
                : Verdict.notHere("%s; %s", slopes, sizes);
    }

    private interface Count {
        int of(Sized one);
    }

    private static String list(Steps steps, Count count) {
        List<String> numbers = new ArrayList<>();
        GENTLE.forEach(alpha -> numbers.add("" + count.of(steps.at(alpha))));
        return "%s and %d".formatted(String.join(", ", numbers), count.of(steps.at(MUCH)));
    }

    @Override
    public Exhibit exhibit(List<Steps> measured) {
        List<Line> steps = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            Steps one = measured.get(i);
            steps.add(new Line(
                    "gradient descent",
                    Curve.of(one.condition(), one.plain()),
                    Line.Style.SQUARES,
                    Hue.ORANGE.css(),
                    i == 0));
            steps.add(new Line(
                    "momentum", Curve.of(one.condition(), one.heavy()), Line.Style.DOTS, Hue.BLUE.css(), i == 0));
        }
        Steps first = measured.getFirst();
        List<Line> losses = new ArrayList<>();
        for (double alpha : List.of(0.0, 0.3, 0.5, MUCH)) {
            losses.add(new Line(
                    "alpha " + alpha,
                    Curve.of(first.at(alpha).losses()),
                    Line.Style.PLAIN,
                    Hue.of(losses.size()).css()));
        }
        List<Line> sizes = new ArrayList<>();
        List<Double> alphas = first.bySize().stream().map(Sized::alpha).toList();
        sizes.add(new Line(
                "steps",
                Curve.of(
                        alphas,
                        first.bySize().stream().map(one -> (double) one.steps()).toList()),
                Line.Style.DOTS,
                Hue.BLUE.css()));
        sizes.add(new Line(
                "swings across the minimum",
                Curve.of(
                        alphas,
                        first.bySize().stream()
                                .map(one -> (double) one.swings())
                                .toList()),
                Line.Style.SQUARES,
                Hue.ORANGE.css()));
        return new Exhibit(
                Quantities.of(measured)
                        .and("slope with momentum", "", Steps::slope)
                        .and("slope without", "", Steps::plainSlope)
                        .and(
                                "steps on the lecture's bowl, alpha 0",
                                "steps",
                                one -> one.at(0).steps())
                        .and("steps, alpha 0.5", "steps", one -> one.at(0.5).steps())
                        .and("steps, alpha 0.9", "steps", one -> one.at(MUCH).steps())
                        .and("swings, alpha 0.9", "", one -> one.at(MUCH).swings())
                        .list(),
                List.of(
                        new Chart(
                                "steps to a millionth of the first loss",
                                "steps",
                                "kappa",
                                true,
                                Chart.Fit.VALUES,
                                steps),
                        new Chart("loss on the lecture's bowl, first seed", "", "step", Chart.Fit.VALUES, losses),
                        new Chart("steps and swings there, first seed", "", "alpha", Chart.Fit.FROM_ZERO, sizes)));
    }
}
