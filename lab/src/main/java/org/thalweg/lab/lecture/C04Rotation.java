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
import org.thalweg.lab.descent.CoordinateDescent;
import org.thalweg.lab.descent.Descent;
import org.thalweg.lab.descent.RatedRule;
import org.thalweg.lab.descent.Trajectory;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.problem.Quadratic;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Sgd;

/** A rotation slows coordinate descent and leaves gradient descent as it was. */
public final class C04Rotation implements Claim<C04Rotation.Turned> {
    private static final double NEAR = 1e-6;
    private static final int MOST = 3_000;
    /** The lecture's two bowls and one that is steeper. */
    private static final List<Double> CONDITIONS = List.of(4.0, 12.0, 100.0);

    private static final double LECTURES = 12;
    private static final List<Double> ANGLES = List.of(0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0, 45.0);
    private static final double SLOWER = 10;
    private static final double SOMEWHAT_SLOWER = 3;

    /** What one seed measures: of each bowl. */
    public record Turned(List<Bowl> bowls) {
        Bowl lectures() {
            return bowls.stream()
                    .filter(bowl -> bowl.condition() == LECTURES)
                    .findFirst()
                    .orElseThrow();
        }

        /** By how many steps gradient descent differs most between two angles. */
        double change() {
            return bowls.stream().mapToDouble(Bowl::change).max().orElseThrow();
        }
    }

    /**
     * Steps until the value is a millionth of the first one.
     *
     * @param sweeps of coordinate descent over all variables, by angle
     * @param steps of gradient descent, by angle
     */
    public record Bowl(double condition, List<Double> sweeps, List<Double> steps) {
        /** How many times as many sweeps at 45 degrees as along the axes. */
        double slower() {
            return sweeps.getLast() / sweeps.getFirst();
        }

        double change() {
            return steps.stream().mapToDouble(Double::doubleValue).max().orElseThrow()
                    - steps.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                        "C04",
                        "Coordinate descent suffers from rotation, gradient descent does not",
                        List.of(
                                new Quote(
                                        "NTU CE7454",
                                        "“Coordinate descent converges slowly in this scenario. Not rotational invariant. Gradient descent is rotational invariant.”")),
                        """
                        f(x) = x' Q diag(kappa, 1) Q' x, Q a rotation
                        coordinate descent: the exact minimum along one variable after the other
                        gradient descent: steps do not depend on Q\
                        """,
                        """
                        Bowls of two variables, kappa = 4 and 12 as in the lecture, and 100; turned by 0, 5, ..., 45 degrees.
                        Coordinate descent goes to the exact minimum along each variable in turn; a sweep over both costs as much as a gradient. \
                        Gradient descent has its best constant rate, 2 / (1 + kappa).
                        Measured are sweeps and steps until the value is a millionth of the first. Each seed draws a start between 0.5 and 1.5 away along \
                        each eigenvector, the same for every angle.\
                        """,
                        """
                        Holds if in every seed gradient descent's steps differ by 1 at most between any two angles, and coordinate descent takes at 45 degrees, for kappa = 12, \
                        at least ten times the sweeps that it takes along the axes. Within limits if it takes at least three times as many. Else it does not hold here.\
                        """)
                .remark("""
                        Suffering is not losing: exact minima along the variables need no rate, and sweep by sweep this coordinate descent stays ahead of \
                        gradient descent at every angle. What it loses is its lead.\
                        """);
    }

    @Override
    public Class<Turned> measurement() {
        return Turned.class;
    }

    @Override
    public int seeds() {
        return 5;
    }

    @Override
    public Turned measure(Trial trial) {
        return new Turned(CONDITIONS.stream()
                .map(condition -> {
                    trial.says("kappa %.0f".formatted(condition));
                    return bowl(condition, trial.seed());
                })
                .toList());
    }

    private static Bowl bowl(double condition, long seed) {
        List<Double> sweeps = new ArrayList<>();
        List<Double> steps = new ArrayList<>();
        for (double angle : ANGLES) {
            Quadratic bowl = new Quadratic(2, condition, angle);
            double[] start = bowl.start(new SplittableRandom(seed));
            double[] losses = CoordinateDescent.losses(bowl, start, MOST);
            sweeps.add((double) IntStream.range(0, losses.length)
                    .filter(i -> losses[i] <= NEAR * losses[0])
                    .findFirst()
                    .orElse(losses.length));
            Trajectory way = new Descent(bowl, Arrays.stream(start).boxed().toList())
                    .steps(MOST)
                    .run(new RatedRule(new Sgd(), 2 / (1 + condition)));
            steps.add((double) way.stepsToLoss(NEAR * way.losses()[0]).orElse(way.steps() + 1));
        }
        return new Bowl(condition, sweeps, steps);
    }

    @Override
    public Verdict judge(List<Turned> measured) {
        double change = measured.stream().mapToDouble(Turned::change).max().orElseThrow();
        double slower = measured.stream()
                .mapToDouble(one -> one.lectures().slower())
                .min()
                .orElseThrow();
        String seen =
                "turned by 45 degrees, coordinate descent takes at least %.0f times its sweeps at kappa = 12; gradient descent's steps change by %.0f at most"
                        .formatted(slower, change);
        if (change > 1 || slower < SOMEWHAT_SLOWER) {
            return Verdict.notHere("%s", seen);
        }
        return slower >= SLOWER ? Verdict.holds("%s", seen) : Verdict.withinLimits("%s: slower, but not by much", seen);
    }

    @Override
    public Exhibit exhibit(List<Turned> measured) {
        List<Line> sweeps = new ArrayList<>();
        List<Line> steps = new ArrayList<>();
        for (int seed = 0; seed < measured.size(); seed++) {
            for (int i = 0; i < CONDITIONS.size(); i++) {
                Bowl bowl = measured.get(seed).bowls().get(i);
                String name = "kappa %.0f".formatted(bowl.condition());
                String colour = Hue.of(i).css();
                sweeps.add(new Line(name, Curve.of(ANGLES, bowl.sweeps()), Line.Style.DOTS, colour, seed == 0));
                steps.add(new Line(name, Curve.of(ANGLES, bowl.steps()), Line.Style.SQUARES, colour, seed == 0));
            }
        }
        List<Quantity> numbers = new ArrayList<>();
        for (int i = 0; i < CONDITIONS.size(); i++) {
            int number = i;
            String at = ", kappa %.0f".formatted(CONDITIONS.get(i));
            numbers.add(Quantity.of(
                    "sweeps along the axes" + at,
                    "sweeps",
                    measured,
                    one -> one.bowls().get(number).sweeps().getFirst()));
            numbers.add(Quantity.of(
                    "sweeps at 45 degrees" + at,
                    "sweeps",
                    measured,
                    one -> one.bowls().get(number).sweeps().getLast()));
            numbers.add(Quantity.of(
                    "gradient descent's steps at 45 degrees" + at,
                    "steps",
                    measured,
                    one -> one.bowls().get(number).steps().getLast()));
        }
        numbers.add(Quantity.of("change of gradient descent's steps by turning", "steps", measured, Turned::change));
        return new Exhibit(
                numbers,
                List.of(
                        new Chart(
                                "coordinate descent: sweeps to a millionth",
                                "sweeps",
                                "angle in degrees",
                                Chart.Fit.VALUES,
                                sweeps),
                        new Chart(
                                "gradient descent: steps to a millionth",
                                "steps",
                                "angle in degrees",
                                Chart.Fit.VALUES,
                                steps)));
    }
}
