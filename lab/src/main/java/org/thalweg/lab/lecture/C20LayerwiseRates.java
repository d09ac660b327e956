package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exercise;
import org.thalweg.lab.claim.Exercise.Outcome;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantity;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.statistics.Interval;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Table;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.L2;
import org.thalweg.optim.rule.Lamb;
import org.thalweg.optim.rule.Lars;
import org.thalweg.optim.rule.Nesterov;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.WeightDecay;

/** LARS and LAMB keep the accuracy with larger batches than linear scaling; tuned with the same care, so do Nesterov and Adam. */
public final class C20LayerwiseRates implements Claim<C20LayerwiseRates.Errors> {
    private static final List<Integer> BATCHES = List.of(512, 1024, 2048, 4096, 8192);
    private static final int TRIED = 6;
    private static final String LINEAR = "linear scaling";

    /** What is tuned for each batch size, in the order of Nado's pairs. */
    enum Way {
        LARS("LARS", new Lars(0.9, 5e-4, 1, 0), 0.002),
        NESTEROV("Nesterov", new L2(5e-4).then(new Nesterov()), 0.01),
        LAMB("LAMB", new Lamb(), 0.002),
        ADAM("Adam", new Adam().then(new WeightDecay(0.01)), 0.0003);

        private final String words;
        private final Rule rule;
        private final List<Double> rates;

        Way(String words, Rule rule, double lowest) {
            this.words = words;
            this.rule = rule;
            this.rates = Seeds.factors(lowest, 3, TRIED);
        }

        Series in(Errors measured) {
            return measured.tuned().get(ordinal());
        }
    }

    /**
     * A way's errors.
     *
     * @param rates that were taken, for each batch size
     * @param errors shares of the test examples
     */
    public record Series(List<Double> rates, List<Double> errors) {}

    /**
     * What one seed measures.
     *
     * @param data its name
     * @param batches sizes, ascending
     * @param smallest error of momentum with batches of 64
     * @param linear momentum at the rate of the smallest batches, scaled
     * @param tuned each {@link Way}
     */
    public record Errors(String data, List<Double> batches, double smallest, Series linear, List<Series> tuned) {}

    @Override
    public Statement statement() {
        return new Statement(
                        "C20",
                        "LARS and LAMB extend the range of batch sizes; Nesterov and Adam, tuned with the same care, do as well",
                        List.of(
                                new Quote(
                                        "KAIST AI602",
                                        "of LAMB: “No loss in test performance”; “A recent paper [Nado'21] questions the effectiveness of LARS & LAMB. Good performance more due to subtle implementation details … Nesterov works just as well with similar modifications”; “Whether layer-wise adaptive learning rate really is useful is an open question”"),
                                new Quote("NTU CE7454", "of LARS: “Scales batch size to 32K for ResNet-50.”"),
                                new Quote("Ginsburg CS217", "“Using LARC we trained RN-50 with batch upto 64K”")),
                        """
                layer-wise: each tensor's step is scaled to the tensor's norm: w <- w - rate (|w| / |u|) u, with u the gradient (LARS) or Adam's direction (LAMB)\
                """,
                        """
                %s
                Batches of 512, 1,024, ..., 8,192, which is all of the training part: 320 to 20 steps. Linear scaling: momentum at r B / 64. LARS (momentum 0.9, decay 5e-4, \
                coefficient 1 as in NTU's formula, so that exempt biases go at rates that suit them), Nesterov (0.9, L2 5e-4), LAMB and Adam with decoupled \
                decay (0.01 each): the same warm-up and cosine, biases exempt from decay and layer-wise rates, and for each batch size six rates, of which the one with the fewest validation errors is taken: %s.\
                """.formatted(BatchAxis.SETUP, rates()),
                        """
                %s
                (1) LARS and LAMB both reach farther than linear scaling. (2) With every batch size Nesterov's mean test error is not above LARS's, and Adam's not above LAMB's, by more than \
                1 percentage point: so the upper ends of the 95 %% intervals (Student's, paired by seed) say. Both: holds. One of them: holds within limits, and which is told. Else it \
                does not hold here.\
                """.formatted(BatchAxis.KEPT))
                .remark(
                        "Linear scaling is tuned with batches of 64 alone, the others for each batch size: what they gain over it may be due to that. The second part compares what is tuned alike.")
                .takingLong();
    }

    private static String rates() {
        return String.join(
                "; ",
                Arrays.stream(Way.values())
                        .map(way -> "%s %s".formatted(way.words, Seeds.words(way.rates)))
                        .toList());
    }

    @Override
    public Class<Errors> measurement() {
        return Errors.class;
    }

    @Override
    public int seeds() {
        return 5;
    }

    @Override
    public Errors measure(Trial trial) {
        BatchAxis axis = BatchAxis.of(trial);
        Tuned<Double, Outcome> smallest = axis.smallest(trial);
        List<Integer> batches = axis.within(trial.pick(BATCHES, BATCHES.subList(0, 2)));
        List<Double> scaled = batches.stream()
                .map(batch -> smallest.setting() * batch / BatchAxis.SMALLEST)
                .toList();
        List<Double> errors = IntStream.range(0, batches.size())
                .mapToObj(
                        i -> axis.momentum(trial, batches.get(i), scaled.get(i)).testError())
                .toList();
        return new Errors(
                axis.data().name(),
                batches.stream().map(Integer::doubleValue).toList(),
                smallest.outcome().testError(),
                new Series(scaled, errors),
                Arrays.stream(Way.values())
                        .map(way -> series(way, axis, batches, trial))
                        .toList());
    }

    private static Series series(Way way, BatchAxis axis, List<Integer> batches, Trial trial) {
        List<Tuned<Double, Outcome>> tuned = batches.stream()
                .map(batch -> tuned(way, axis.exercise(batch), trial))
                .toList();
        return new Series(
                tuned.stream().map(Tuned::setting).toList(),
                tuned.stream().map(one -> one.outcome().testError()).toList());
    }

    private static Tuned<Double, Outcome> tuned(Way way, Exercise exercise, Trial trial) {
        return BatchAxis.best(trial.pick(way.rates, way.rates.subList(2, 3)), rate -> {
            trial.says("%s, batch %,d at a rate of %.4g".formatted(way.words, exercise.batch(), rate));
            return exercise.trainExempting(way.rule, BatchAxis.schedule(rate, exercise.steps()));
        });
    }

    private static double reach(List<Errors> measured, Function<Errors, Series> way) {
        return BatchAxis.reach(
                measured, measured.getFirst().batches(), one -> way.apply(one).errors(), Errors::smallest);
    }

    /** How far a plain way's error is above a layer-wise one's. */
    private static Interval above(List<Errors> measured, Way plain, Way layerWise, int size) {
        return Seeds.student(
                measured,
                one -> plain.in(one).errors().get(size),
                one -> layerWise.in(one).errors().get(size));
    }

    /** The largest upper end over the batch sizes. */
    private static double most(List<Errors> measured, Way plain, Way layerWise) {
        return IntStream.range(0, measured.getFirst().batches().size())
                .mapToDouble(size -> above(measured, plain, layerWise, size).high())
                .max()
                .orElseThrow();
    }

    @Override
    public Verdict judge(List<Errors> measured) {
        double linear = reach(measured, Errors::linear);
        double nesterov = most(measured, Way.NESTEROV, Way.LARS);
        double adam = most(measured, Way.ADAM, Way.LAMB);
        boolean extend = reach(measured, Way.LARS::in) > linear && reach(measured, Way.LAMB::in) > linear;
        boolean asWell = nesterov <= BatchAxis.MARGIN && adam <= BatchAxis.MARGIN;
        String seen =
                "on %s linear scaling reaches batches of %,.0f, %s; Nesterov is at most %.1f percentage points above LARS with any size, and Adam %.1f above LAMB (95 %%)"
                        .formatted(
                                measured.getFirst().data(),
                                linear,
                                String.join(
                                        ", ",
                                        Arrays.stream(Way.values())
                                                .map(way -> "%s %,.0f".formatted(way.words, reach(measured, way::in)))
                                                .toList()),
                                100 * nesterov,
                                100 * adam);
        if (extend && asWell) {
            return Verdict.holds("%s", seen);
        }
        if (extend) {
            return Verdict.withinLimits("LARS and LAMB reach farther, but the others do not do as well: %s", seen);
        }
        return asWell
                ? Verdict.withinLimits("the others do as well, but LARS and LAMB do not both reach farther: %s", seen)
                : Verdict.notHere("%s", seen);
    }

    @Override
    public Exhibit exhibit(List<Errors> measured) {
        List<Double> batches = measured.getFirst().batches();
        List<Quantity> numbers = new ArrayList<>();
        numbers.add(Quantity.of("test error, momentum, batches of 64", "%", measured, one -> 100 * one.smallest()));
        add(numbers, LINEAR, measured, Errors::linear);
        List<Line> lines = new ArrayList<>();
        lines.add(line(LINEAR, measured, Errors::linear, Line.Style.DASHED, Hue.INK));
        for (Way way : Way.values()) {
            add(numbers, way.words, measured, way::in);
            boolean layerWise = way == Way.LARS || way == Way.LAMB;
            lines.add(line(
                    way.words,
                    measured,
                    way::in,
                    layerWise ? Line.Style.DOTS : Line.Style.SQUARES,
                    Hue.of(way.ordinal())));
        }
        return new Exhibit(
                numbers,
                List.of(
                        new Chart("test error, mean of seeds", "%", "batch size", true, Chart.Fit.VALUES, lines),
                        new Chart(
                                "the same without linear scaling",
                                "%",
                                "batch size",
                                true,
                                Chart.Fit.VALUES,
                                lines.subList(1, lines.size()))),
                List.of(Page.section("Rates that were taken, by seed", rates(measured, batches))));
    }

    private static Element rates(List<Errors> measured, List<Double> batches) {
        List<String> heads = new ArrayList<>(List.of(""));
        batches.forEach(batch -> heads.add("%,.0f".formatted(batch)));
        List<List<String>> rows = new ArrayList<>();
        for (Way way : Way.values()) {
            List<String> row = new ArrayList<>(List.of(way.words));
            for (int i = 0; i < batches.size(); i++) {
                int size = i;
                row.add(Seeds.words(measured.stream()
                        .map(one -> way.in(one).rates().get(size))
                        .toList()));
            }
            rows.add(row);
        }
        return Element.of("div", new Table(heads, rows).element()).classed("scroll");
    }

    private static void add(List<Quantity> numbers, String name, List<Errors> measured, Function<Errors, Series> way) {
        List<Double> batches = measured.getFirst().batches();
        for (int i = 0; i < batches.size(); i++) {
            int size = i;
            numbers.add(Quantity.of(
                    "test error, %s, batches of %,.0f".formatted(name, batches.get(i)),
                    "%",
                    measured,
                    one -> 100 * way.apply(one).errors().get(size)));
        }
    }

    private static Line line(
            String name, List<Errors> measured, Function<Errors, Series> way, Line.Style style, Hue hue) {
        List<Double> means = Seeds.means(
                measured,
                one -> way.apply(one).errors().stream()
                        .map(error -> 100 * error)
                        .toList());
        return new Line(name, Seeds.curve(measured.getFirst().batches(), means), style, hue.css());
    }
}
