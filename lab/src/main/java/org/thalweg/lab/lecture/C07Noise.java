package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.thalweg.lab.problem.DeepLinear;
import org.thalweg.lab.problem.Noisy;
import org.thalweg.lab.problem.Problem;
import org.thalweg.lab.problem.Problems;
import org.thalweg.lab.problem.Saddle;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Sgd;

/** Noise lets gradient descent leave a saddle or a maximum on which it stands exactly. */
public final class C07Noise implements Claim<C07Noise.Escapes> {
    private static final double RATE = 0.1;
    private static final int STEPS = 500;
    private static final double AWAY = 0.5;
    private static final List<Double> DEVIATIONS = List.of(1e-6, 1e-5, 1e-4, 1e-3, 1e-2);
    private static final double SURE = 0.95;
    private static final double MOSTLY = 0.5;
    /** By name: the plainest saddle, a maximum, and the saddle of the deep linear network. */
    private static final List<Place> PLACES = List.of(
            new Place("saddle of x² - y²", new Saddle()),
            new Place("maximum of cos x + cos y", Problems.parse("cos(x) + cos(y)")),
            new Place("saddle of (w1 w2 - 1)²", new DeepLinear()));

    private record Place(String name, Problem problem) {}

    /**
     * What one seed measures.
     *
     * @param still the share of runs that leave without noise, by place
     * @param noisy with it, by place and then by its size
     */
    public record Escapes(List<Double> still, List<List<Noise>> noisy) {
        double withoutNoise() {
            return still.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        }

        /** The least share of all places and sizes. */
        double withNoise() {
            return noisy.stream()
                    .flatMap(List::stream)
                    .mapToDouble(Noise::share)
                    .min()
                    .orElseThrow();
        }
    }

    /**
     * Runs with noise of one size.
     *
     * @param deviation of the noise in each component of the gradient
     * @param share that leave
     * @param steps that those took, their mean; not a number if there are none
     * @param distance from the start, by step, in the first run
     */
    public record Noise(double deviation, double share, double steps, List<Double> distance) {}

    @Override
    public Statement statement() {
        return new Statement(
                "C07",
                "Noise lets gradient descent leave an exact saddle or maximum",
                List.of(
                        new Quote(
                                "NTU CE7454",
                                "“The gradient is exactly zero at a local maximum and a saddle point. A small random error added to w allows escape from those points.”"),
                        new Quote("Ginsburg CS217", "“SG algorithms can easily escape from saddle points”")),
                """
                w <- w - eta (gradient + N(0, deviation^2))
                along a direction of curvature -h an error grows by 1 + eta h a step: steps to leave ~ ln(1 / deviation) / ln(1 + eta h)\
                """,
                """
                Exactly on the saddle of x^2 - y^2, on the maximum of cos x + cos y, and on the saddle of (w1 w2 - 1)^2.
                Gradient descent at the rate 0.1, 500 steps, 100 runs for each place and size of noise; normal noise in each component of the gradient, of deviation 1e-6 to 0.01. \
                A run leaves where it is once more than 0.5 away from the start.\
                """,
                """
                Holds if in every seed no run leaves without noise, and with it, at every place and every size of the noise, at least 95 of 100 do. \
                Within limits if at least half do. Else it does not hold here.\
                """);
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
        int runs = trial.pick(100, 5);
        List<Double> still = new ArrayList<>();
        List<List<Noise>> noisy = new ArrayList<>();
        for (Place place : PLACES) {
            trial.says("the " + place.name());
            still.add(noise(place.problem(), 0, runs, trial.seed()).share());
            noisy.add(DEVIATIONS.stream()
                    .map(deviation -> noise(place.problem(), deviation, runs, trial.seed()))
                    .toList());
        }
        return new Escapes(still, noisy);
    }

    private static Noise noise(Problem place, double deviation, int runs, long seed) {
        Descent descent = new Descent(new Noisy(place, deviation), List.of(0.0, 0.0)).steps(STEPS);
        List<double[]> distances = IntStream.range(0, runs)
                .mapToObj(run -> descent.seed(1_000 * seed + run).run(new RatedRule(new Sgd(), RATE)))
                .map(C07Noise::distances)
                .toList();
        double[] steps = distances.stream()
                .mapToDouble(C07Noise::stepsToLeave)
                .filter(Double::isFinite)
                .toArray();
        double[] first = distances.getFirst();
        int shown = (int) Math.min(first.length, stepsToLeave(first) + 1);
        return new Noise(
                deviation,
                (double) steps.length / runs,
                Arrays.stream(steps).average().orElse(Double.NaN),
                Arrays.stream(first).limit(shown).boxed().toList());
    }

    private static double[] distances(Trajectory way) {
        return Arrays.stream(way.points())
                .mapToDouble(point -> Math.hypot(point[0], point[1]))
                .toArray();
    }

    private static double stepsToLeave(double[] distances) {
        return IntStream.range(0, distances.length)
                .filter(i -> distances[i] > AWAY)
                .mapToDouble(i -> i)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    @Override
    public Verdict judge(List<Escapes> measured) {
        double without =
                measured.stream().mapToDouble(Escapes::withoutNoise).max().orElseThrow();
        double with = measured.stream().mapToDouble(Escapes::withNoise).min().orElseThrow();
        String seen = "without noise %.0f %% of the runs leave; with it, %.0f %% at least, whatever its size and place"
                .formatted(100 * without, 100 * with);
        if (without > 0 || with < MOSTLY) {
            return Verdict.notHere("%s", seen);
        }
        return with >= SURE
                ? Verdict.holds("%s", seen)
                : Verdict.withinLimits("%s: often, but not nearly always", seen);
    }

    @Override
    public Exhibit exhibit(List<Escapes> measured) {
        List<Line> steps = new ArrayList<>();
        List<Line> distances = new ArrayList<>();
        Escapes first = measured.getFirst();
        for (int i = 0; i < PLACES.size(); i++) {
            String colour = Hue.of(i).css();
            String name = PLACES.get(i).name();
            for (int seed = 0; seed < measured.size(); seed++) {
                List<Noise> noises = measured.get(seed).noisy().get(i);
                steps.add(new Line(
                        name, Curve.of(noises, Noise::deviation, Noise::steps), Line.Style.DOTS, colour, seed == 0));
            }
            Curve way = Curve.of(first.noisy().get(i).getFirst().distance());
            distances.add(new Line(name + ", noise 1e-6", way, Line.Style.PLAIN, colour));
        }
        distances.add(new Line(
                "any of them, no noise",
                new Curve(new double[] {0, STEPS / 2.0}, new double[2]),
                Line.Style.DASHED,
                Hue.INK.css()));
        List<Quantity> numbers = new ArrayList<>();
        for (int i = 0; i < PLACES.size(); i++) {
            int place = i;
            String name = PLACES.get(i).name();
            numbers.add(Quantity.of(
                    name + ": leave without noise",
                    "%",
                    measured,
                    one -> 100 * one.still().get(place)));
            numbers.add(Quantity.of(
                    name + ": leave with noise 1e-6",
                    "%",
                    measured,
                    one -> 100 * one.noisy().get(place).getFirst().share()));
            numbers.add(Quantity.of(
                    name + ": steps, noise 1e-6",
                    "steps",
                    measured,
                    one -> one.noisy().get(place).getFirst().steps()));
            numbers.add(Quantity.of(
                    name + ": steps, noise 0.01",
                    "steps",
                    measured,
                    one -> one.noisy().get(place).getLast().steps()));
        }
        return new Exhibit(
                numbers,
                List.of(
                        new Chart("distance from where it stood, one run", "", "step", Chart.Fit.FROM_ZERO, distances),
                        new Chart(
                                "steps to leave, mean of 100 runs",
                                "steps",
                                "deviation of the noise",
                                true,
                                Chart.Fit.FROM_ZERO,
                                steps)));
    }
}
