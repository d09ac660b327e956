package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.thalweg.lab.descent.RatedRule;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.problem.Problem;
import org.thalweg.lab.statistics.PowerLaw;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Sgd;

/**
 * SGD in a bowl.
 *
 * @param temperatures curvature times stationary variance, mean of the directions, for each rate
 * @param theory the same by the closed form
 * @param unevenness the warmest direction's temperature over the coldest one's, for each rate
 */
public record SampledBowl(
        String bowl, List<Double> rates, List<Double> temperatures, List<Double> theory, List<Double> unevenness) {
    static final List<Double> RATES = List.of(0.003, 0.01, 0.03, 0.1, 0.3);
    private static final double LAST_SMALL = 0.1;
    private static final double RELAXATIONS = 2_000;

    double slope() {
        int small = (int) rates.stream().filter(rate -> rate <= LAST_SMALL).count();
        return PowerLaw.fitted(numbers(rates, small), numbers(temperatures, small))
                .exponent();
    }

    private static double[] numbers(List<Double> values, int count) {
        return values.stream().limit(count).mapToDouble(Double::doubleValue).toArray();
    }

    /** The farthest from the closed form, as a share of it. */
    double off() {
        return IntStream.range(0, rates.size())
                .mapToDouble(i -> Math.abs(temperatures.get(i) / theory.get(i) - 1))
                .max()
                .orElseThrow();
    }

    /**
     * Lets SGD go from the minimum at every rate.
     *
     * @param theory stationary variances along each variable, by rate
     * @param share of the steps of a full trial
     */
    static SampledBowl of(
            String name,
            Problem problem,
            double[] minimum,
            double curvature,
            Function<Double, double[]> theory,
            long seed,
            double share) {
        List<double[]> found = RATES.stream()
                .map(rate -> StationaryVariance.of(
                        problem, new RatedRule(new Sgd(), rate), minimum, 5, share * RELAXATIONS, seed))
                .toList();
        return new SampledBowl(
                name,
                RATES,
                found.stream().map(variances -> curvature * mean(variances)).toList(),
                RATES.stream().map(rate -> curvature * mean(theory.apply(rate))).toList(),
                found.stream().map(SampledBowl::unevenness).toList());
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double unevenness(double[] values) {
        return Arrays.stream(values).max().orElseThrow()
                / Arrays.stream(values).min().orElseThrow();
    }

    /** Each seed has the same bowls. */
    static Chart chart(List<List<SampledBowl>> seeds) {
        List<Line> lines = new ArrayList<>();
        for (int seed = 0; seed < seeds.size(); seed++) {
            for (int i = 0; i < seeds.get(seed).size(); i++) {
                SampledBowl bowl = seeds.get(seed).get(i);
                Curve curve = Curve.of(bowl.rates(), bowl.temperatures());
                lines.add(new Line(
                        bowl.bowl(), curve, Line.Style.SCATTER, Hue.of(i).css(), seed == 0));
            }
        }
        for (SampledBowl bowl : seeds.getFirst()) {
            lines.add(new Line(
                    "closed form",
                    Curve.of(bowl.rates(), bowl.theory()),
                    Line.Style.PLAIN,
                    Hue.INK.css(),
                    bowl == seeds.getFirst().getFirst()));
        }
        return new Chart(
                "SGD in bowls: temperature (curvature times variance)", "loss", "rate", true, Chart.Fit.VALUES, lines);
    }
}
