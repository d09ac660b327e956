package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantities;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.problem.LinearModel;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;

/** The expected test error is variance plus noise plus squared bias, and has its least value at a middling capacity. */
public final class C29BiasVariance implements Claim<C29BiasVariance.Parts> {
    private static final int EXAMPLES = 25;
    private static final double NOISE = 0.3;
    private static final int DATA_SETS = 400;
    private static final int MOST_CAPACITY = 12;
    private static final int PLACES = 200;
    /** So little that it only makes the minimum one point. */
    private static final double L2 = 1e-7;

    private static final double SUM = 0.03;
    private static final double DEEP = 1.5;

    /**
     * What one seed measures, by the polynomial's degree from 0.
     *
     * @param error mean squared, on fresh examples with fresh noise
     * @param variance of the answers between data sets
     * @param bias squared, of the mean answer
     * @param noise variance of fresh labels around the true function
     */
    public record Parts(List<Double> error, List<Double> variance, List<Double> bias, double noise) {
        double sum(int degree) {
            return variance.get(degree) + bias.get(degree) + noise;
        }

        /** The largest difference between the error and the sum of its parts, as a share of the error. */
        double gap() {
            return IntStream.range(0, error.size())
                    .mapToDouble(degree -> Math.abs(sum(degree) / error.get(degree) - 1))
                    .max()
                    .orElseThrow();
        }

        int best() {
            return IntStream.range(0, error.size())
                    .boxed()
                    .min((a, b) -> Double.compare(error.get(a), error.get(b)))
                    .orElseThrow();
        }

        /** The error of the least capacity and of the most, over the best one's. */
        double rise(boolean most) {
            return (most ? error.getLast() : error.getFirst()) / error.get(best());
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                "C29",
                "The expected test error is variance + noise + squared bias, with a U in capacity",
                List.of(new Quote(
                        "NTU CE7454",
                        "“Combining everything: expected test error = variance + noise + bias²”; “as model complexity increases,"
                                + " overfitting increases”")),
                """
                E (h_D(x) - y)^2 = E (h_D(x) - mean h(x))^2 + E (y - mean y(x))^2 + E (mean h(x) - mean y(x))^2\
                """,
                """
                y = sin(3 x) + x / 2 + normal noise of deviation 0.3, x uniform on [-1, 1]; 400 data sets of 25 examples; polynomials of degree 0 to \
                12 fitted by least squares (Legendre's basis, an L2 term of 1e-7).
                Variance and bias at 200 places over the data sets, the noise from fresh labels there; the error of every fit on \
                labels of its own, drawn afresh, so that the sum is checked and not computed from itself.\
                """,
                """
                Holds if, for every seed, the sum of the three parts is within 3 % of the error at every degree, and the errors of the lowest \
                and of the highest degree are at least 1.5 times the least one, which lies between. Within limits if only the sum agrees.\
                """);
    }

    @Override
    public Class<Parts> measurement() {
        return Parts.class;
    }

    @Override
    public int seeds() {
        return 5;
    }

    private static double truth(double x) {
        return Math.sin(3 * x) + x / 2;
    }

    /** Legendre's polynomials up to a degree, by their recursion. */
    private static double[] features(double x, int degree) {
        double[] values = new double[degree + 1];
        for (int n = 0; n <= degree; n++) {
            values[n] = n == 0 ? 1 : n == 1 ? x : ((2 * n - 1) * x * values[n - 1] - (n - 1) * values[n - 2]) / n;
        }
        return values;
    }

    @Override
    public Parts measure(Trial trial) {
        SplittableRandom random = new SplittableRandom(trial.seed());
        int sets = trial.pick(DATA_SETS, 30);
        double[][] x = new double[sets][];
        double[][] y = new double[sets][];
        for (int set = 0; set < sets; set++) {
            x[set] = random.doubles(EXAMPLES, -1, 1).toArray();
            y[set] = labels(x[set], random);
        }
        double[] places = random.doubles(PLACES, -1, 1).toArray();
        double[][] fresh = new double[sets][];
        double noise = 0;
        for (int set = 0; set < sets; set++) {
            fresh[set] = labels(places, random);
            for (int i = 0; i < PLACES; i++) {
                noise += Math.pow(fresh[set][i] - truth(places[i]), 2) / sets / PLACES;
            }
        }
        Parts parts = new Parts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), noise);
        for (int degree = 0; degree <= MOST_CAPACITY; degree++) {
            trial.says("polynomials of degree %d".formatted(degree));
            add(parts, answers(x, y, places, degree), places, fresh);
        }
        return parts;
    }

    private static double[] labels(double[] x, SplittableRandom random) {
        double[] labels = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            labels[i] = truth(x[i]) + NOISE * random.nextGaussian();
        }
        return labels;
    }

    /** What each data set's fit answers at the places. */
    private static double[][] answers(double[][] x, double[][] y, double[] places, int degree) {
        double[][] answers = new double[x.length][places.length];
        for (int set = 0; set < x.length; set++) {
            double[][] rows = new double[EXAMPLES][];
            for (int i = 0; i < EXAMPLES; i++) {
                rows[i] = features(x[set][i], degree);
            }
            double[] fitted = new LinearModel("polynomial", LinearModel.Loss.SQUARE, rows, y[set], L2, 0)
                    .minima()
                    .getFirst();
            for (int place = 0; place < places.length; place++) {
                double[] here = features(places[place], degree);
                for (int k = 0; k <= degree; k++) {
                    answers[set][place] += fitted[k] * here[k];
                }
            }
        }
        return answers;
    }

    private static void add(Parts parts, double[][] answers, double[] places, double[][] fresh) {
        double error = 0;
        double variance = 0;
        double bias = 0;
        int sets = answers.length;
        for (int place = 0; place < places.length; place++) {
            double mean = 0;
            for (double[] answer : answers) {
                mean += answer[place] / sets;
            }
            bias += Math.pow(mean - truth(places[place]), 2) / places.length;
            for (int set = 0; set < sets; set++) {
                variance += Math.pow(answers[set][place] - mean, 2) / sets / places.length;
                error += Math.pow(answers[set][place] - fresh[set][place], 2) / sets / places.length;
            }
        }
        parts.error().add(error);
        parts.variance().add(variance);
        parts.bias().add(bias);
    }

    @Override
    public Verdict judge(List<Parts> measured) {
        double gap = measured.stream().mapToDouble(Parts::gap).max().orElseThrow();
        double left =
                measured.stream().mapToDouble(one -> one.rise(false)).min().orElseThrow();
        double right =
                measured.stream().mapToDouble(one -> one.rise(true)).min().orElseThrow();
        String seen =
                "the parts' sum is within %.2g %% of the error; the error is at least %.1f times the least one at degree 0 and %.1f times at the highest"
                        .formatted(100 * gap, left, right);
        if (gap > SUM) {
            return Verdict.notHere("%s", seen);
        }
        return left >= DEEP && right >= DEEP
                ? Verdict.holds("%s", seen)
                : Verdict.withinLimits("the sum agrees, but there is no U: %s", seen);
    }

    @Override
    public Exhibit exhibit(List<Parts> measured) {
        Parts one = measured.getFirst();
        List<Line> lines = List.of(
                line("error", one.error()::get, one, 0, Line.Style.DOTS),
                line("sum of the parts", one::sum, one, 6, Line.Style.DASHED),
                line("variance", one.variance()::get, one, 1, Line.Style.PLAIN),
                line("bias²", one.bias()::get, one, 2, Line.Style.PLAIN),
                line("noise", _ -> one.noise(), one, 3, Line.Style.PLAIN));
        return new Exhibit(
                Quantities.of(measured)
                        .and("largest difference between error and sum", "share", Parts::gap)
                        .and("degree with the least error", "", Parts::best)
                        .and("error at degree 0, over the least", "", part -> part.rise(false))
                        .and("error at the highest degree, over the least", "", part -> part.rise(true))
                        .list(),
                List.of(new Chart(
                        "expected test error and its parts, first seed",
                        "squared",
                        "degree of the polynomial",
                        Chart.Fit.VALUES,
                        lines)));
    }

    private static Line line(String name, Function<Integer, Double> value, Parts one, int colour, Line.Style style) {
        Curve curve = Curve.of(IntStream.range(0, one.error().size()).boxed().toList(), degree -> degree, value::apply);
        return new Line(name, curve, style, Hue.of(colour).css());
    }
}
