package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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
import org.thalweg.lab.problem.Beale;
import org.thalweg.lab.problem.DesignMatrix;
import org.thalweg.lab.problem.LinearModel;
import org.thalweg.lab.problem.LinearModel.Loss;
import org.thalweg.lab.problem.Problem;
import org.thalweg.lab.problem.Quadratic;
import org.thalweg.lab.problem.Rosenbrock;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;

/** Gradient descent with steps small enough never increases the loss, and falls as the square of the gradient. */
public final class C36GradientFlow implements Claim<C36GradientFlow.Falls> {
    /** More than this is a rise, and no rounding of the point to float32. */
    private static final double ROUNDING = 1e-9;

    private static final List<Double> SHARES = List.of(1.0, 0.3, 0.1, 0.03, 0.01, 0.003);
    private static final double CLOSE = 0.05;

    private record Place(String name, Problem problem, double coarsest, double around) {}

    /** What one seed measures: of each problem. */
    public record Falls(List<Fall> problems) {
        double rises() {
            return problems.stream()
                    .mapToDouble(fall -> fall.rises().getLast())
                    .max()
                    .orElseThrow();
        }

        double off() {
            return problems.stream()
                    .mapToDouble(fall -> Math.abs(fall.ratio().getLast() - 1))
                    .max()
                    .orElseThrow();
        }

        /** Whether the coarsest steps rise somewhere, so that rises can be seen at all. */
        boolean coarseRises() {
            return problems.stream().anyMatch(fall -> fall.rises().getFirst() > 0);
        }
    }

    /**
     * Of one problem.
     *
     * @param rates descending
     * @param rises the share of steps in which the loss rises, for each rate; 1 where numbers overflow
     * @param ratio how much the loss falls over how much the flow's law says, for each rate
     */
    public record Fall(String name, List<Double> rates, List<Double> rises, List<Double> ratio) {}

    @Override
    public Statement statement() {
        return new Statement(
                "C36",
                "Gradient flow never increases the loss",
                List.of(
                        new Quote(
                                "TTIC 31230",
                                "“Gradient Flow Guarantees Progress”, as “the limit as N → ∞ of Nt discrete-time total updates Φ -= η/N g”")),
                """
                dPhi/dt = -g
                dl/dt = -|g|^2 <= 0\
                """,
                """
                Gradient descent in ever smaller steps: Beale's function, Rosenbrock's, a bowl of condition number 100 in 10 dimensions, and logistic regression on breast cancer (standardised, L2 0.01). \
                The coarsest rate of each, 0.03, 0.003, 0.021 and 1, is about where descent becomes unstable; the others are 0.3, 0.1, ..., 0.003 of it. \
                Each seed draws the start: normal, of deviation 0.2, about the problem's own.
                The same length of flow is followed with all rates, 200 of the coarsest steps. Measured are the share of steps in which the loss rises by more than 1e-9, which float32 may cause, \
                and the whole fall of the loss over the sum of rate |g|^2, which the law makes 1.\
                """,
                """
                Holds if at the smallest rate, on every problem and in every seed, the loss never rises and falls within 5 % as the law says, while at the coarsest rate it rises somewhere in every seed: \
                so rises can be seen. Within limits if it never rises at the smallest rate. Else it does not hold here.\
                """);
    }

    @Override
    public Class<Falls> measurement() {
        return Falls.class;
    }

    @Override
    public int seeds() {
        return 5;
    }

    @Override
    public Falls measure(Trial trial) {
        Dataset cancer = Dataset.of(Corpus.load("breast-cancer"), new Split(trial.seed()));
        DesignMatrix matrix = DesignMatrix.of(cancer.train()).withConstant();
        List<Place> places = List.of(
                new Place("Beale", new Beale(), 0.03, 0.2),
                new Place("Rosenbrock", new Rosenbrock(), 0.003, 0.2),
                new Place("bowl", new Quadratic(10, 100, 30), 0.021, 0.2),
                new Place(
                        "logistic regression",
                        new LinearModel("logistic", Loss.LOGISTIC, matrix.x(), matrix.y(), 0.01, 0),
                        1,
                        0.2));
        int coarse = trial.pick(200, 10);
        return new Falls(places.stream()
                .map(place -> {
                    trial.says(place.name());
                    return fall(place, coarse, trial.seed());
                })
                .toList());
    }

    private static Fall fall(Place place, int coarse, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Double> start = Arrays.stream(place.problem().start())
                .mapToObj(w -> w + place.around() * random.nextGaussian())
                .toList();
        List<Double> rates =
                SHARES.stream().map(share -> share * place.coarsest()).toList();
        List<Double> rises = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (double share : SHARES) {
            double rate = share * place.coarsest();
            Trajectory way = new Descent(place.problem(), start)
                    .steps((int) Math.round(coarse / share))
                    .run(new RatedRule(new Sgd(), rate));
            rises.add(rises(way));
            ratios.add(ratio(way, rate));
        }
        return new Fall(place.name(), rates, rises, ratios);
    }

    private static double rises(Trajectory way) {
        if (way.overflowed()) {
            return 1;
        }
        double[] losses = way.losses();
        return IntStream.range(1, losses.length)
                        .filter(i -> losses[i] > losses[i - 1] + ROUNDING)
                        .count()
                / (double) way.steps();
    }

    private static double ratio(Trajectory way, double rate) {
        double law = 0;
        for (int i = 0; i < way.steps(); i++) {
            double[] gradient = way.problem().gradient(way.points()[i]);
            law += rate * Arrays.stream(gradient).map(g -> g * g).sum();
        }
        return (way.losses()[0] - way.finalLoss()) / law;
    }

    @Override
    public Verdict judge(List<Falls> measured) {
        double rises = measured.stream().mapToDouble(Falls::rises).max().orElseThrow();
        double off = measured.stream().mapToDouble(Falls::off).max().orElseThrow();
        boolean seen = measured.stream().allMatch(Falls::coarseRises);
        String text =
                "at the smallest rate the loss rises in %.2g of the steps at most, and its fall is within %.2f %% of the law; at the coarsest rate it rises somewhere in %s seed"
                        .formatted(rises, 100 * off, seen ? "every" : "not every");
        if (rises > 0) {
            return Verdict.notHere("%s", text);
        }
        return off <= CLOSE && seen
                ? Verdict.holds("%s", text)
                : Verdict.withinLimits("%s: no rise, but the rest is not as asked for", text);
    }

    @Override
    public Exhibit exhibit(List<Falls> measured) {
        List<Line> rises = new ArrayList<>();
        List<Line> ratios = new ArrayList<>();
        List<Quantity> numbers = new ArrayList<>();
        for (int i = 0; i < measured.getFirst().problems().size(); i++) {
            int number = i;
            Fall first = measured.getFirst().problems().get(i);
            for (int seed = 0; seed < measured.size(); seed++) {
                Fall fall = measured.get(seed).problems().get(i);
                List<Double> shares = SHARES.reversed();
                rises.add(new Line(
                        fall.name(),
                        Curve.of(
                                shares,
                                fall.rises().reversed().stream()
                                        .map(it -> 100 * it)
                                        .toList()),
                        Line.Style.DOTS,
                        Hue.of(i).css(),
                        seed == 0));
                ratios.add(new Line(
                        fall.name(),
                        sane(shares, fall.ratio().reversed()),
                        Line.Style.DOTS,
                        Hue.of(i).css(),
                        seed == 0));
            }
            numbers.add(Quantity.of(
                    first.name() + ": steps that rise, coarsest rate",
                    "%",
                    measured,
                    one -> 100 * one.problems().get(number).rises().getFirst()));
            numbers.add(Quantity.of(
                    first.name() + ": steps that rise, smallest rate",
                    "%",
                    measured,
                    one -> 100 * one.problems().get(number).rises().getLast()));
            numbers.add(Quantity.of(
                    first.name() + ": fall over the law's, smallest rate",
                    "",
                    measured,
                    one -> one.problems().get(number).ratio().getLast()));
        }
        return new Exhibit(
                numbers,
                List.of(
                        new Chart(
                                "steps in which the loss rises",
                                "%",
                                "rate, as a share of the coarsest",
                                true,
                                Chart.Fit.FROM_ZERO,
                                rises),
                        new Chart(
                                "fall of the loss over the law's",
                                "",
                                "rate, as a share of the coarsest",
                                true,
                                Chart.Fit.FROM_ZERO,
                                ratios)));
    }

    /** Without those of ways that went off, which lie far below. */
    private static Curve sane(List<Double> shares, List<Double> ratios) {
        List<Integer> shown = IntStream.range(0, shares.size())
                .filter(i -> ratios.get(i) > 0)
                .boxed()
                .toList();
        return Curve.of(shown, shares::get, ratios::get);
    }
}
