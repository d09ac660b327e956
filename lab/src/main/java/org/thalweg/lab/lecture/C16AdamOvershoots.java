package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
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
import org.thalweg.lab.problem.LinearModel;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Table;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Swats;
import org.thalweg.optim.schedule.Schedule;

/** Near the minimum Adam at a constant rate overshoots; a falling rate or going over to SGD cures it. */
public final class C16AdamOvershoots implements Claim<C16AdamOvershoots.Floors> {
    private static final List<Double> RATES = Seeds.list(0.1, 0.03, 0.01, 0.003, 0.001);
    private static final double USUAL = 0.01;
    private static final int POINTS = 100;
    /** Tells the second half's batches from the first one's. */
    private static final long OTHER_BATCHES = 1_000_000;

    private static final double CURED = 1.0 / 3;

    /**
     * What one seed measures.
     *
     * @param steps at which gaps are told
     * @param untuned Adam at the constant rate 0.01
     * @param ways the others, each at the best of its rates
     * @param uphill the share of the last tenth of steps that leads uphill, of Adam at 0.01 with all examples in each step
     */
    public record Floors(List<Double> steps, Way untuned, List<Way> ways, double uphill) {
        Way way(String name) {
            return ways.stream()
                    .filter(way -> way.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        boolean stalls() {
            return untuned.floor() >= 0.5 * Seeds.mean(untuned.gaps(), 0.4, 0.5);
        }

        double share(String name) {
            return way(name).floor() / way(CONSTANT).floor();
        }
    }

    /**
     * A descent.
     *
     * @param rate that was best
     * @param gaps means of the loss above the least one, over equal parts of the steps
     */
    public record Way(String name, double rate, List<Double> gaps) {
        /** Over the last tenth. */
        double floor() {
            return Seeds.mean(gaps, 0.9, 1);
        }
    }

    private static final String CONSTANT = "Adam, constant rate";
    private static final String COSINE = "Adam, cosine";
    private static final String SWITCH = "Adam, then SGD with momentum";
    private static final String SWATS = "SWATS";
    private static final String MOMENTUM = "SGD with momentum, constant rate";

    @Override
    public Statement statement() {
        return new Statement(
                        "C16",
                        "Near the minimum Adam overshoots at a constant rate; decaying the rate or switching to SGD cures it",
                        List.of(
                                new Quote(
                                        "NTU CE7454",
                                        "“Adam may not converge well near the minimum. Near the minimum, the gradients have small magnitudes. So Adam scales the gradients up, which may lead to overshooting. Can be handled by decaying the learning rate or switching to SGD with momentum near the end.”")),
                        """
                step = rate * m / (sqrt(v) + epsilon): about as long as the rate, however small the gradient
                gap = loss - least loss\
                """,
                        """
                %s.
                Batches of 16, 4,000 steps from zero. Each way is tried at 5 rates, %s, and counts with that at which its mean gap over the last tenth of steps is smallest: \
                Adam at a constant rate; Adam with a cosine to 0; Adam at 0.01 for the first half, then SGD with momentum 0.9 at one of the rates; SWATS as published, \
                which chooses itself when to switch; and SGD with momentum at a constant rate.
                Each seed draws other examples and batches.\
                """.formatted(CancerRegression.WORDS, Seeds.words(RATES)),
                        """
                (1) Adam at the constant rate 0.01 stalls: its mean gap over the last tenth is at least half of that over the tenth before the middle. (2) Adam with the cosine \
                ends at a third or less of the gap of Adam at its best constant rate. (3) Adam with the switch to SGD does. Each %s: holds. (1) and one of (2) and (3): holds \
                within limits. Else it does not hold here.\
                """.formatted(Seeds.MOST))
                .remark(
                        "SWATS as published switches once the rate at which SGD would go as far as Adam has settled to within 1e-9; where it ends with Adam's own numbers it has not switched.");
    }

    @Override
    public Class<Floors> measurement() {
        return Floors.class;
    }

    @Override
    public int seeds() {
        return 10;
    }

    @Override
    public Floors measure(Trial trial) {
        int steps = trial.pick(4_000, 200);
        LinearModel problem = CancerRegression.of(trial.seed(), 16);
        Descent descent = new Descent(problem).steps(steps).seed(trial.seed());
        Descent first = descent.steps(steps / 2);
        Trajectory begun = first.run(new RatedRule(new Adam(), USUAL));
        Descent second = first.from(Arrays.stream(begun.end()).boxed().toList()).seed(trial.seed() + OTHER_BATCHES);
        double least = problem.least().orElseThrow();
        List<Way> ways = List.of(
                best(trial, CONSTANT, least, rate -> run(descent, new Adam(), Schedule.constant(rate))),
                best(trial, COSINE, least, rate -> run(descent, new Adam(), Schedule.cosine(rate, steps))),
                best(
                        trial,
                        SWITCH,
                        least,
                        rate -> DoubleStream.concat(
                                        Arrays.stream(begun.losses()).limit(steps / 2),
                                        Arrays.stream(run(second, new Momentum(), Schedule.constant(rate))))
                                .toArray()),
                best(trial, SWATS, least, rate -> run(descent, new Swats(), Schedule.constant(rate))),
                best(trial, MOMENTUM, least, rate -> run(descent, new Momentum(), Schedule.constant(rate))));
        Way untuned = way(CONSTANT, USUAL, run(descent, new Adam(), Schedule.constant(USUAL)), least);
        List<Double> at = IntStream.range(0, POINTS)
                .mapToObj(i -> (i + 0.5) * steps / POINTS)
                .toList();
        return new Floors(at, untuned, ways, uphill(CancerRegression.of(trial.seed(), 0), steps));
    }

    private static double[] run(Descent descent, Rule rule, Schedule rate) {
        Trajectory way = descent.run(new RatedRule(rule, Optional.of(rate)));
        return way.losses();
    }

    private static Way best(Trial trial, String name, double least, DoubleFunction<double[]> losses) {
        List<Way> tried = new ArrayList<>();
        for (double rate : RATES) {
            trial.says("%s, %s".formatted(name, rate));
            tried.add(way(name, rate, losses.apply(rate), least));
        }
        return tried.stream().min(Comparator.comparing(Way::floor)).orElseThrow();
    }

    private static Way way(String name, double rate, double[] losses, double least) {
        List<Double> gaps = IntStream.range(0, POINTS)
                .mapToObj(part -> Arrays.stream(losses, (int) ((long) part * losses.length / POINTS), (int)
                                        ((part + 1L) * losses.length / POINTS))
                                .average()
                                .orElseThrow()
                        - least)
                .toList();
        return new Way(name, rate, gaps);
    }

    private static double uphill(LinearModel whole, int steps) {
        double[] losses = run(new Descent(whole).steps(steps), new Adam(), Schedule.constant(USUAL));
        int from = (int) (0.9 * losses.length);
        return IntStream.range(from, losses.length)
                        .filter(i -> losses[i] > losses[i - 1])
                        .count()
                / (double) (losses.length - from);
    }

    @Override
    public Verdict judge(List<Floors> measured) {
        boolean stalls = Seeds.most(measured, Floors::stalls);
        boolean decay = Seeds.most(measured, one -> one.share(COSINE) <= CURED);
        boolean over = Seeds.most(measured, one -> one.share(SWITCH) <= CURED);
        String seen =
                "Adam at 0.01 stalls in %d of %d seeds; of the gap at Adam's best constant rate the cosine leaves %.3f (median; a third or less in %d seeds) and the switch to SGD %.3f (in %d)"
                        .formatted(
                                Seeds.count(measured, Floors::stalls),
                                measured.size(),
                                Seeds.median(measured, one -> one.share(COSINE)),
                                Seeds.count(measured, one -> one.share(COSINE) <= CURED),
                                Seeds.median(measured, one -> one.share(SWITCH)),
                                Seeds.count(measured, one -> one.share(SWITCH) <= CURED));
        if (!stalls || (!decay && !over)) {
            return Verdict.notHere(seen);
        }
        return decay && over
                ? Verdict.holds(seen)
                : Verdict.withinLimits("%s cures it: %s", decay ? "the decay alone" : "the switch alone", seen);
    }

    @Override
    public Exhibit exhibit(List<Floors> measured) {
        List<Double> steps = measured.getFirst().steps();
        List<String> names = List.of(CONSTANT, COSINE, SWITCH, SWATS, MOMENTUM);
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(
                "Adam, constant 0.01",
                Seeds.curve(steps, Seeds.means(measured, one -> one.untuned().gaps())),
                Line.Style.DASHED,
                Hue.INK.css()));
        List<Quantity> numbers = new ArrayList<>();
        numbers.add(Quantity.of(
                "gap over the last tenth: Adam, constant 0.01",
                "nats / 1,000",
                measured,
                one -> 1_000 * one.untuned().floor()));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            lines.add(new Line(
                    name,
                    Seeds.curve(
                            steps, Seeds.means(measured, one -> one.way(name).gaps())),
                    name.equals(SWATS) ? Line.Style.DASHED : Line.Style.PLAIN,
                    Hue.of(i).css()));
            numbers.add(Quantity.of(
                    name, "nats / 1,000", measured, one -> 1_000 * one.way(name).floor()));
            rows.add(List.of(
                    name,
                    Seeds.words(measured.stream()
                            .map(one -> one.way(name).rate())
                            .distinct()
                            .sorted()
                            .toList())));
        }
        numbers.add(Quantity.of(
                "all examples in each step, Adam, constant 0.01: last tenth of steps that leads uphill",
                "%",
                measured,
                one -> 100 * one.uphill()));
        return new Exhibit(
                numbers,
                List.of(new Chart(
                        "loss above the least, each at its best rate, mean of seeds",
                        "nats",
                        "step",
                        Chart.Fit.VALUES,
                        lines)),
                List.of(Page.section(
                        "Rates that were best in some seed", new Table(List.of("", "rates"), rows).element())));
    }
}
