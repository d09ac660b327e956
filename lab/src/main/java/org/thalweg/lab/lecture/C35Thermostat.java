package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.problem.DoubleWell;
import org.thalweg.lab.problem.Noisy;
import org.thalweg.lab.problem.NoisyQuadratic;
import org.thalweg.lab.problem.Problem;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Langevin;
import org.thalweg.optim.rule.Sgd;

/** The rate of SGD is a temperature, and Langevin dynamics has Gibbs's law. */
public final class C35Thermostat implements Claim<C35Thermostat.Baths> {
    private static final int BATCH = 8;
    private static final List<Double> BOWL_TEMPERATURES = List.of(0.01, 0.1, 1.0);

    private static final List<Double> TEMPERATURES = List.of(0.3, 0.6, 1.2);
    private static final double WELL_RATE = 0.003;
    private static final double DEVIATION = 20;
    private static final double TILT = 0.3;
    private static final int EVERY = 100;
    private static final GibbsLaw LAW = new GibbsLaw(new DoubleWell(1, TILT)::value, -2, 2, 40);

    private static final double SLOPE = 0.1;
    private static final double OFF = 0.1;
    private static final double DISTANCE = 0.05;
    private static final int LOOSER = 2;

    /**
     * Walkers between two wells.
     *
     * @param shares of the time in each bin
     */
    public record Wells(String rule, double temperature, List<Double> shares) {
        double distance() {
            return LAW.distance(shares, temperature);
        }
    }

    /** What one seed measures. */
    public record Baths(List<SampledBowl> sampled, List<LangevinBowl> bowls, List<Wells> wells) {
        double worst(Function<Baths, Stream<Double>> off) {
            return off.apply(this).max(Double::compare).orElseThrow();
        }

        double slope() {
            return worst(one -> one.sampled().stream().map(bowl -> Math.abs(bowl.slope() - 1)));
        }

        double sampledOff() {
            return worst(one -> one.sampled().stream().map(SampledBowl::off));
        }

        double langevinOff() {
            return worst(one -> one.bowls().stream().map(LangevinBowl::off));
        }

        double distance() {
            return worst(one -> one.wells().stream().map(Wells::distance));
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                        "C35",
                        "SGD at a constant rate is a thermostat whose temperature is the rate; Langevin dynamics has Gibbs's law",
                        List.of(
                                new Quote(
                                        "TTIC 31230",
                                        "“SGD as a form of MCMC. Learning Rate as a Temperature Parameter”"),
                                new Quote(
                                        "TTIC 31230",
                                        "“Since deep models are non-convex we need to search over the parameter space. SGD can behave like MCMC.”"),
                                new Quote("TTIC 31230", "“Gradient Flow and Langevin Dynamics”")),
                        """
                        SGD: w <- w - eta (U'(w) + noise of variance C); in a bowl of curvature h: temperature = h variance(w) = eta C / (2 - eta h), nearly eta C / 2
                        Langevin: w <- w - eta U'(w) + sqrt(2 T eta) N(0, 1); density of w -> exp(-U(w) / T) / Z, in a bowl: variance T / h\
                        """,
                        """
                        (1) SGD on sampled examples at rates %s, from the minimum, 2,000 / rate steps after another 5 / rate: E (w - w_n)^2 over normal samples w_n; and %s, batches of %d drawn with \
                        replacement. Its closed form is exact: with the covariance S of w and the residual r at the minimum, S = eta / (2 B - eta (B - 1)) E[(r^2 + x'Sx) xx'].
                        (2) Langevin dynamics at T = %s, rate %s, in a bowl of 100 directions with curvatures from 1 to 10 in equal factors; 600 / rate steps after 10 / rate.
                        (3) 500 walkers on U(x) = (x^2 - 1)^2 + %s x, all begun in the shallower well at x = 1; T = %s by Langevin dynamics at the rate %s, and by SGD with normal gradient noise of deviation %.0f \
                        at the rates 2 T / %.0f^2. After 60 / rate steps, the shares of 40 bins from -2 to 2 over 60 / rate more.
                        Each seed draws other samples and noise.\
                        """.formatted(
                                        Seeds.words(SampledBowl.RATES),
                                        DiabetesRegression.WORDS,
                                        BATCH,
                                        Seeds.words(BOWL_TEMPERATURES),
                                        LangevinBowl.RATE,
                                        TILT,
                                        Seeds.words(TEMPERATURES),
                                        WELL_RATE,
                                        DEVIATION,
                                        DEVIATION),
                        """
                        (1) The slope of SGD's temperature over its rate on logarithmic axes, at rates up to 0.1, is within 0.1 of 1 in both bowls, and the temperature is within 10 % of the closed form at every rate; \
                        (2) in Langevin dynamics variance times curvature is within 10 % of T in every ten neighbouring directions, for every T; (3) between two wells the shares are within 0.05 of Gibbs's law in \
                        total variation, for both rules and every T. All that in every seed: holds. At twice these tolerances: holds within limits. Else it does not hold here.\
                        """)
                .remark(
                        "A thermostat would bring every direction to one temperature. On real data SGD's noise is not alike in all directions, and their temperatures differ: by how much is among the numbers, and decides nothing. "
                                + "SGD with normal noise of constant size, in (3), is Langevin dynamics with T = eta C / 2 by definition: that part tries the rule and how small a rate is small enough.");
    }

    @Override
    public Class<Baths> measurement() {
        return Baths.class;
    }

    @Override
    public int seeds() {
        return 5;
    }

    @Override
    public Baths measure(Trial trial) {
        long seed = trial.seed();
        double share = trial.pick(1.0, 0.02);
        DiabetesRegression diabetes = new DiabetesRegression(seed, BATCH);
        trial.says("SGD in bowls");
        List<SampledBowl> sampled = List.of(
                SampledBowl.of(
                        "E (w - w_n)^2",
                        new NoisyQuadratic(),
                        new double[1],
                        2,
                        rate -> new double[] {rate / (1 - rate)},
                        seed,
                        share),
                SampledBowl.of(
                        "diabetes", diabetes.problem(), diabetes.minimum(), 1, diabetes::variances, seed, share));
        trial.says("Langevin dynamics in a bowl");
        List<LangevinBowl> bowls = IntStream.range(0, BOWL_TEMPERATURES.size())
                .mapToObj(i -> LangevinBowl.of(BOWL_TEMPERATURES.get(i), BOWL_TEMPERATURES.size() * seed + i, share))
                .toList();
        List<Wells> wells = new ArrayList<>();
        for (double temperature : TEMPERATURES) {
            trial.says("two wells at temperature " + temperature);
            RatedRule langevin = new RatedRule(new Langevin(temperature, seed), WELL_RATE);
            RatedRule sgd = new RatedRule(new Sgd(), 2 * temperature / (DEVIATION * DEVIATION));
            int walkers = trial.pick(500, 20);
            DoubleWell line = new DoubleWell(walkers, TILT);
            wells.add(new Wells("Langevin", temperature, shares(line, langevin, seed)));
            wells.add(new Wells("SGD", temperature, shares(new Noisy(line, DEVIATION), sgd, seed)));
        }
        return new Baths(sampled, bowls, wells);
    }

    private static List<Double> shares(Problem line, RatedRule rule, long seed) {
        int half = (int) Math.ceil(60 / rule.rate().orElseThrow().at(1));
        long[] counts = new long[LAW.bins()];
        new Descent(line, Collections.nCopies(line.dimension(), 1.0))
                .steps(2 * half)
                .seed(seed)
                .follow(rule, (step, w) -> {
                    if (step > half && step % EVERY == 0) {
                        for (double x : w) {
                            counts[LAW.bin(x)]++;
                        }
                    }
                });
        double all = Arrays.stream(counts).sum();
        return Arrays.stream(counts).mapToObj(count -> count / all).toList();
    }

    @Override
    public Verdict judge(List<Baths> measured) {
        double slope = worst(measured, Baths::slope);
        double sampled = worst(measured, Baths::sampledOff);
        double langevin = worst(measured, Baths::langevinOff);
        double distance = worst(measured, Baths::distance);
        String seen =
                "slopes of SGD's temperature over its rate are within %.3f of 1 and temperatures within %.1f %% of the closed form; Langevin dynamics is within %.1f %% of T / h, and both rules within %.3f of Gibbs's law"
                        .formatted(slope, 100 * sampled, 100 * langevin, distance);
        double most = Collections.max(List.of(slope / SLOPE, sampled / OFF, langevin / OFF, distance / DISTANCE));
        if (most <= 1) {
            return Verdict.holds("%s", seen);
        }
        return most <= LOOSER
                ? Verdict.withinLimits("nearly, but not as exactly as asked: %s", seen)
                : Verdict.notHere("%s", seen);
    }

    private static double worst(List<Baths> measured, ToDoubleFunction<Baths> number) {
        return measured.stream().mapToDouble(number).max().orElseThrow();
    }

    @Override
    public Exhibit exhibit(List<Baths> measured) {
        return new Exhibit(
                numbers(measured),
                List.of(SampledBowl.chart(measured.stream().map(Baths::sampled).toList()), histograms(measured)));
    }

    private static List<Quantity> numbers(List<Baths> measured) {
        List<Quantity> numbers = new ArrayList<>();
        for (int i = 0; i < measured.getFirst().sampled().size(); i++) {
            int bowl = i;
            String name = measured.getFirst().sampled().get(i).bowl();
            numbers.add(Quantity.of(
                    "slope of temperature over rate, " + name,
                    "",
                    measured,
                    one -> one.sampled().get(bowl).slope()));
            numbers.add(Quantity.of(
                    "farthest from the closed form, " + name,
                    "%",
                    measured,
                    one -> 100 * one.sampled().get(bowl).off()));
        }
        numbers.add(Quantity.of(
                "warmest over coldest direction, diabetes, rate " + SampledBowl.RATES.getFirst(),
                "",
                measured,
                one -> one.sampled().getLast().unevenness().getFirst()));
        numbers.add(
                Quantity.of("farthest of Langevin dynamics from T / h", "%", measured, one -> 100 * one.langevinOff()));
        for (int i = 0; i < measured.getFirst().wells().size(); i++) {
            int which = i;
            Wells wells = measured.getFirst().wells().get(i);
            numbers.add(Quantity.of(
                    "distance from Gibbs's law, %s, T = %s".formatted(wells.rule(), Numbers.text(wells.temperature())),
                    "",
                    measured,
                    one -> one.wells().get(which).distance()));
        }
        return numbers;
    }

    private static Chart histograms(List<Baths> measured) {
        List<Integer> bins = IntStream.range(0, LAW.bins()).boxed().toList();
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < TEMPERATURES.size(); i++) {
            double temperature = TEMPERATURES.get(i);
            String at = ", T = " + Numbers.text(temperature);
            List<Double> law = LAW.shares(temperature);
            lines.add(new Line(
                    "Gibbs" + at,
                    Curve.of(bins, LAW::middle, bin -> law.get(bin) / LAW.width()),
                    Line.Style.PLAIN,
                    Hue.of(i).css()));
            for (Wells wells : measured.getFirst().wells()) {
                if (wells.temperature() == temperature) {
                    Line.Style style = wells.rule().equals("SGD") ? Line.Style.SQUARES : Line.Style.SCATTER;
                    lines.add(new Line(
                            wells.rule() + at,
                            Curve.of(bins, LAW::middle, bin -> wells.shares().get(bin) / LAW.width()),
                            style,
                            Hue.of(i).css()));
                }
            }
        }
        return new Chart("Between two wells: density of x, first seed", "", "x", Chart.Fit.FROM_ZERO, lines);
    }
}
