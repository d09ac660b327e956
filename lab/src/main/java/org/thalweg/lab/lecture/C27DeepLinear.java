package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantities;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.curvature.Dense;
import org.thalweg.lab.descent.Descent;
import org.thalweg.lab.descent.RatedRule;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.lecture.LinearNetworks.End;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.problem.DeepLinear;
import org.thalweg.lab.statistics.PowerLaw;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.train.curvature.LossSurface.Slope;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.model.Network;

/** A deep linear network has a saddle at 0 and nothing but global minima, of which the flat ones are to generalise better. */
public final class C27DeepLinear implements Claim<C27DeepLinear.Minima> {
    private static final List<Double> PLACES = Seeds.factors(0.25, Math.sqrt(2), 9);
    private static final double TEST = 0.98;
    private static final double SHIFT = 0.05;
    private static final int STARTS = 100;
    private static final double REACH = 2.5;
    private static final List<Double> SCALES = List.of(0.25, 0.5, 1.0, 2.0);
    private static final int DRAWS = 6;

    private static final double EXACT = 1e-3;
    private static final double DOWN = 1e-8;
    private static final double TRAINED = 1e-4;
    private static final double DIFFERENT = 0.01;

    /**
     * A minimum of the lecture's network, w1 w2 = 1.
     *
     * @param eigenvalues of the training loss's Hessian, ascending
     * @param shifted mean test loss where both weights are moved a little by chance
     */
    public record OnCurve(double w1, List<Double> eigenvalues, double testLoss, double shifted) {
        double sharpness() {
            return eigenvalues.getLast();
        }

        double off() {
            double right = 2 * (w1 * w1 + 1 / (w1 * w1));
            return Math.max(Math.abs(eigenvalues.getFirst()), Math.abs(sharpness() - right)) / right;
        }
    }

    /**
     * What one seed measures.
     *
     * @param atZero the Hessian's eigenvalues there, ascending
     * @param slopeAtZero length of the gradient there
     * @param highestEnd of the descents from many places
     * @param curve minima of the lecture's network
     * @param wide minima of a network with more weights than examples
     */
    public record Minima(
            List<Double> atZero, double slopeAtZero, double highestEnd, List<OnCurve> curve, List<End> wide) {
        boolean asDrawn() {
            return slopeAtZero < EXACT
                    && Math.abs(atZero.getFirst() + 2) < EXACT
                    && Math.abs(atZero.getLast() - 2) < EXACT
                    && highestEnd < DOWN
                    && curve.stream().allMatch(one -> one.off() < EXACT);
        }

        /** The sharpest minimum's over the flattest one's. */
        double ratio(ToDoubleFunction<OnCurve> number) {
            List<OnCurve> sorted = curve.stream()
                    .sorted((a, b) -> Double.compare(a.sharpness(), b.sharpness()))
                    .toList();
            return number.applyAsDouble(sorted.getLast()) / number.applyAsDouble(sorted.getFirst());
        }

        /** The slope of test loss over sharpness on logarithmic axes, over all of the wide network's minima. */
        double slope() {
            return slope(wide);
        }

        /** The mean of the slopes among minima whose starts are of one size. */
        double slopeWithin() {
            return Seeds.mean(
                    SCALES,
                    scale -> slope(
                            wide.stream().filter(one -> one.scale() == scale).toList()));
        }

        private static double slope(List<End> ends) {
            return PowerLaw.fitted(
                            ends.stream().mapToDouble(End::sharpness).toArray(),
                            ends.stream().mapToDouble(End::testLoss).toArray())
                    .exponent();
        }

        boolean wideFlatIsBetter() {
            return wide.stream().allMatch(one -> one.trainLoss() < TRAINED) && slope() > 0 && slopeWithin() > 0;
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                        "C27",
                        "A deep linear network has a saddle at 0 and only global minima, some sharper; the flat ones generalise better",
                        List.of(new Quote(
                                "Ginsburg CS217",
                                "“Saddle point at (0,0). No local (‘ugly’) minima. All minima are global. Some of them are better than others: sharp"
                                        + " minima – bad regularization, flat minima – good regularization”, of y(w1, w2) = (w1 * w2 - 1)^2; the slide"
                                        + " before has a test loss whose target is 0.98 in place of 1")),
                        """
                L(w1, w2) = (w1 w2 - 1)^2;   at 0: gradient 0, eigenvalues -2 and 2;   at w1 w2 = 1: eigenvalues 0 and 2 (w1^2 + w2^2)
                test loss (w1 w2 - 0.98)^2;   with both weights moved by d: E = 0.02^2 + s^2 (w1^2 + w2^2) + s^4,   s the deviation of d\
                """,
                        """
                The lecture's network, two linear layers of one number each on one example, with its Hessian by automatic differentiation, at w1 = 1/4, ..., 4 in factors of the root of 2. \
                Gradient descent on its loss, 2,000 steps at 0.01, from 100 places in the square of ±2.5.
                Test loss, in three readings. (1) As on the slide before, with the target 0.98, at the minima. (2) The same where the loss in testing is that in training moved sideways, as sharp minima \
                are usually drawn: both weights moved by normal d of deviation 0.05, 2,000 times. (3) Minima that are different functions: a network of 40 inputs, 20 hidden units and 1 output on 20 examples \
                of a random linear function without noise, inputs normal; 6 starts each with weights of deviation 0.25, 0.5, 1 and 2 over the root of the fan-in, gradient descent to a training \
                loss of 1e-6; largest eigenvalue of the Hessian, and the exact mean squared error on new inputs.
                Each seed draws the places, the moves, the function, the examples and the starts.\
                """,
                        """
                As drawn: all eigenvalues within a thousandth, every descent ends below 1e-8, every seed. Flat is better: in (1) and in (2) the sharpest minimum's test loss is at least \
                1 %% above the flattest one's, every seed; in (3) test loss rises with the eigenvalue (slope on logarithmic axes above 0), both over all minima and in the mean among those whose \
                starts are of one size, %s.
                Holds if it is as drawn, and flat is better in all three readings. Within limits if it is as drawn and flat is better in some. Else it does not hold here.\
                """.formatted(Seeds.MOST))
                .remark(
                        "On the lecture's own curve all minima are the same function, w1 w2 x = x: no test data can tell them apart, and what makes one sharp is how its product is shared between"
                                + " the layers (Dinh et al., Sharp Minima Can Generalize for Deep Nets, 2017). Reading (1) was bound to show no difference; it is measured because it is"
                                + " what the slides write down. In (3) the size of the start makes both sharpness and error, so minima from starts of one size are the harder test; six of them each, whose eigenvalues"
                                + " lie close together, make slopes that scatter.");
    }

    @Override
    public Class<Minima> measurement() {
        return Minima.class;
    }

    @Override
    public int seeds() {
        return 10;
    }

    @Override
    public Minima measure(Trial trial) {
        SplittableRandom random = new SplittableRandom(trial.seed());
        trial.says("the lecture's network");
        try (Network network = LinearNetworks.build(1, 1);
                MeanLoss train = LinearNetworks.loss(network, new double[][] {{1}}, new double[] {1});
                MeanLoss test = LinearNetworks.loss(network, new double[][] {{1}}, new double[] {TEST})) {
            Slope zero = train.slope(new double[2]);
            List<Double> atZero = eigenvalues(train);
            List<OnCurve> curve = new ArrayList<>();
            for (double w1 : PLACES) {
                double[] w = {w1, 1 / w1};
                train.moveTo(w);
                curve.add(new OnCurve(w1, eigenvalues(train), test.loss(w), shifted(w, random, trial.pick(2_000, 20))));
            }
            trial.says("descents");
            return new Minima(
                    atZero,
                    Math.hypot(zero.gradient()[0], zero.gradient()[1]),
                    highestEnd(random, trial.pick(STARTS, 5)),
                    curve,
                    new LinearNetworks(random).ends(SCALES, trial.pick(DRAWS, 2), trial));
        }
    }

    private static List<Double> eigenvalues(MeanLoss loss) {
        double[][] hessian = {
            loss.hessian().times(new double[] {1, 0}), loss.hessian().times(new double[] {0, 1})
        };
        return Seeds.list(Dense.eigen(hessian).values());
    }

    private static double shifted(double[] w, SplittableRandom random, int times) {
        return IntStream.range(0, times)
                .mapToDouble(
                        i -> (w[0] + SHIFT * random.nextGaussian()) * (w[1] + SHIFT * random.nextGaussian()) - TEST)
                .map(error -> error * error)
                .average()
                .orElseThrow();
    }

    private static double highestEnd(SplittableRandom random, int starts) {
        return IntStream.range(0, starts)
                .mapToDouble(i -> {
                    List<Double> start = List.of(random.nextDouble(-REACH, REACH), random.nextDouble(-REACH, REACH));
                    double[] losses = new Descent(new DeepLinear(), start)
                            .steps(2_000)
                            .run(new RatedRule(new Sgd(), 0.01))
                            .losses();
                    return losses[losses.length - 1];
                })
                .max()
                .orElseThrow();
    }

    @Override
    public Verdict judge(List<Minima> measured) {
        boolean exact = measured.stream().allMatch(one -> one.ratio(OnCurve::testLoss) >= 1 + DIFFERENT);
        boolean moved = measured.stream().allMatch(one -> one.ratio(OnCurve::shifted) >= 1 + DIFFERENT);
        boolean wide = Seeds.most(measured, Minima::wideFlatIsBetter);
        List<String> better = new ArrayList<>();
        List<String> not = new ArrayList<>();
        (exact ? better : not)
                .add("at the minima themselves (the sharpest one's test loss is %.4f times the flattest one's)"
                        .formatted(Seeds.mean(measured, one -> one.ratio(OnCurve::testLoss))));
        (moved ? better : not)
                .add("with moved weights (the sharpest one's test loss is %.1f times)"
                        .formatted(Seeds.mean(measured, one -> one.ratio(OnCurve::shifted))));
        (wide ? better : not)
                .add(
                        "in the wide network (test loss rises with the eigenvalue over all minima in %d of %d seeds, and among those of one start size too in %d)"
                                .formatted(
                                        Seeds.count(measured, one -> one.slope() > 0),
                                        measured.size(),
                                        Seeds.count(measured, Minima::wideFlatIsBetter)));
        String drawn = "largest eigenvalues along w1 w2 = 1 differ %.1f times"
                .formatted(Seeds.mean(measured, one -> one.ratio(OnCurve::sharpness)));
        if (!measured.stream().allMatch(Minima::asDrawn)) {
            return Verdict.notHere("saddle and minima are not as drawn: %s", drawn);
        }
        if (better.isEmpty()) {
            return Verdict.notHere(
                    "saddle and minima are as drawn, %s; but flat is not better %s", drawn, String.join(", nor ", not));
        }
        String seen =
                "saddle and minima are as drawn, %s; flat is better %s".formatted(drawn, String.join(", and ", better));
        return not.isEmpty()
                ? Verdict.holds("%s", seen)
                : Verdict.withinLimits("%s; but not %s", seen, String.join(", nor ", not));
    }

    @Override
    public Exhibit exhibit(List<Minima> measured) {
        Minima first = measured.getFirst();
        List<Line> wide = new ArrayList<>();
        for (double scale : SCALES) {
            List<End> ends = first.wide().stream()
                    .filter(one -> one.scale() == scale)
                    .sorted((a, b) -> Double.compare(a.sharpness(), b.sharpness()))
                    .toList();
            wide.add(new Line(
                    "starts of size " + scale,
                    Curve.of(ends, End::sharpness, End::testLoss),
                    Line.Style.SCATTER,
                    Hue.of(wide.size()).css()));
        }
        return new Exhibit(
                Quantities.of(measured)
                        .and("lowest eigenvalue at 0", "", one -> one.atZero().getFirst())
                        .and("highest loss at the end of a descent", "", Minima::highestEnd)
                        .and(
                                "largest eigenvalue, sharpest over flattest",
                                "times",
                                one -> one.ratio(OnCurve::sharpness))
                        .and("(1) test loss, sharpest over flattest", "times", one -> one.ratio(OnCurve::testLoss))
                        .and("(2) the same with moved weights", "times", one -> one.ratio(OnCurve::shifted))
                        .and("(3) slope over all minima", "", Minima::slope)
                        .and("(3) slope among starts of one size", "", Minima::slopeWithin)
                        .list(),
                List.of(
                        new Chart(
                                "test loss along w1 w2 = 1, first seed",
                                "squared error",
                                "largest eigenvalue",
                                true,
                                Chart.Fit.VALUES,
                                List.of(
                                        onCurve(
                                                first,
                                                "(1) at the minimum",
                                                OnCurve::testLoss,
                                                Line.Style.DOTS,
                                                Hue.BLUE),
                                        onCurve(
                                                first,
                                                "(2) with moved weights",
                                                OnCurve::shifted,
                                                Line.Style.SQUARES,
                                                Hue.ORANGE))),
                        new Chart(
                                "(3) test loss of the wide network's minima, first seed",
                                "squared error",
                                "largest eigenvalue",
                                true,
                                Chart.Fit.VALUES,
                                wide)));
    }

    private static Line onCurve(Minima one, String name, ToDoubleFunction<OnCurve> number, Line.Style style, Hue hue) {
        List<OnCurve> sorted = one.curve().stream()
                .sorted((a, b) -> Double.compare(a.sharpness(), b.sharpness()))
                .toList();
        return new Line(name, Curve.of(sorted, OnCurve::sharpness, number), style, hue.css());
    }
}
