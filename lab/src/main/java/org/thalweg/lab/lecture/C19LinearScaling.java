package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exercise.Outcome;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantity;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;

/** A rate that grows as the batch, with warm-up, keeps the accuracy up to a batch size, and then fails. */
public final class C19LinearScaling implements Claim<C19LinearScaling.Errors> {
    private static final List<Integer> BATCHES = List.of(64, 128, 256, 512, 1024, 2048, 4096, 8192);
    private static final int AT_LEAST = 256;
    /** Errors in percentage points above the smallest batches' that the closer chart shows. */
    private static final double CLOSE = 6;

    /** What becomes of the rate. */
    enum Way {
        LINEAR("in proportion to the batch", 1),
        ROOT("to its square root", 0.5),
        SAME("the same rate", 0);

        private final String words;
        private final double power;

        Way(String words, double power) {
            this.words = words;
            this.power = power;
        }

        double rate(double smallest, double batch) {
            return smallest * Math.pow(batch / BatchAxis.SMALLEST, power);
        }

        List<Double> errors(Errors of) {
            return of.errors().get(ordinal());
        }
    }

    /**
     * What one seed measures.
     *
     * @param data its name
     * @param batches sizes, ascending
     * @param rate of the smallest batches
     * @param errors shares of the test examples, for each way by its batch sizes; the first ones are of the same training
     */
    public record Errors(String data, List<Double> batches, double rate, List<List<Double>> errors) {
        /** How far the error is above that of the smallest batches. */
        double above(Way way, int size) {
            return way.errors(this).get(size) - way.errors(this).getFirst();
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                        "C19",
                        "A rate that grows as the batch, with warm-up, keeps the accuracy up to a batch size, then fails",
                        List.of(
                                new Quote(
                                        "KAIST AI602",
                                        "“learning rate must scale linearly with batch size” “Scales up to 8096 batch size (ImageNet, ResNet-50)” (Goyal'18)"),
                                new Quote(
                                        "NTU CE7454",
                                        "“Linear growth of learning rate from 0 to η_max in the first few epochs. η_max grows proportionally with batch size. … This technique allows batch size up to 8,000 for image recognition” “Too large a batch size: Could create problems for optimization.”"),
                                new Quote("Ginsburg CS217", "“1. LR ~ k * B   2. LR ~ k * sqrt(B)”")),
                        """
                rate(B) = r (B / 64): linear;   r sqrt(B / 64): root;   r: the same\
                """,
                        """
                %s
                Batches of 64, 128, 256, ..., 8,192, which is all of the training part: 2,560 to 20 steps. The three rates with momentum 0.9 and the same warm-up each, and nothing \
                tuned but r.\
                """.formatted(BatchAxis.SETUP),
                        """
                %s
                (1) Linear scaling reaches at least batches of 256, four times the smallest, and with the largest batches its test error is more than 1 percentage point above that \
                of the smallest %s. (2) It reaches farther than the same rate and than scaling by the root. Both: holds. The first alone: holds within limits. Else it does not \
                hold here.\
                """.formatted(BatchAxis.KEPT, Seeds.MOST))
                .remark(
                        "The lectures' figures are of ImageNet, whose 1.3 million examples make 156 steps an epoch with batches of 8,192; here that is the whole training part. How far a way reaches depends on the network, the data and the epochs; that there is an end is what can be compared."
                                + " What the first full run taught: r is among the largest rates that the smallest batches bear, and small differences on the validation part decide"
                                + " whether it is 0.02 or 0.08; with 0.08 the linear rule ends at guessing from batches of 512 on, with 0.02 and 0.04 it goes on a little farther.")
                .takingLong();
    }

    @Override
    public Class<Errors> measurement() {
        return Errors.class;
    }

    @Override
    public int seeds() {
        return 6;
    }

    @Override
    public Errors measure(Trial trial) {
        BatchAxis axis = BatchAxis.of(trial);
        Tuned<Double, Outcome> smallest = axis.smallest(trial);
        List<Integer> batches = axis.within(trial.pick(BATCHES, List.of(BatchAxis.SMALLEST, AT_LEAST)));
        List<List<Double>> errors = new ArrayList<>();
        for (Way way : Way.values()) {
            List<Double> row = new ArrayList<>(List.of(smallest.outcome().testError()));
            for (int batch : batches.subList(1, batches.size())) {
                row.add(axis.momentum(trial, batch, way.rate(smallest.setting(), batch))
                        .testError());
            }
            errors.add(row);
        }
        return new Errors(
                axis.data().name(), batches.stream().map(Integer::doubleValue).toList(), smallest.setting(), errors);
    }

    private static double reach(List<Errors> measured, Way way) {
        return BatchAxis.reach(
                measured,
                measured.getFirst().batches(),
                way::errors,
                one -> way.errors(one).getFirst());
    }

    @Override
    public Verdict judge(List<Errors> measured) {
        int largest = measured.getFirst().batches().size() - 1;
        double linear = reach(measured, Way.LINEAR);
        double root = reach(measured, Way.ROOT);
        double same = reach(measured, Way.SAME);
        boolean fails = Seeds.most(measured, one -> one.above(Way.LINEAR, largest) > BatchAxis.MARGIN);
        String seen =
                "on %s the linear rule reaches batches of %,.0f, the root %,.0f, the same rate %,.0f; with batches of %,.0f the linear rule makes %.1f %% errors, with 64 %.1f %%"
                        .formatted(
                                measured.getFirst().data(),
                                linear,
                                root,
                                same,
                                measured.getFirst().batches().get(largest),
                                error(measured, Way.LINEAR, largest),
                                error(measured, Way.LINEAR, 0));
        if (linear < AT_LEAST || !fails) {
            return Verdict.notHere("%s", seen);
        }
        return linear > Math.max(root, same)
                ? Verdict.holds("%s", seen)
                : Verdict.withinLimits("it keeps the accuracy and then fails, but does not reach farthest: %s", seen);
    }

    /** The mean, in per cent. */
    private static double error(List<Errors> measured, Way way, int size) {
        return 100 * Seeds.mean(measured, one -> way.errors(one).get(size));
    }

    @Override
    public Exhibit exhibit(List<Errors> measured) {
        List<Double> batches = measured.getFirst().batches();
        List<Quantity> numbers = new ArrayList<>();
        numbers.add(Quantity.of("rate for batches of 64", "", measured, Errors::rate));
        for (Way way : Way.values()) {
            for (int i = way == Way.LINEAR ? 0 : 1; i < batches.size(); i++) {
                int size = i;
                numbers.add(Quantity.of(
                        "test error, %s, batches of %,.0f".formatted(way.words, batches.get(i)),
                        "%",
                        measured,
                        one -> 100 * way.errors(one).get(size)));
            }
        }
        return new Exhibit(
                numbers,
                List.of(
                        chart("test error: each seed, and their mean", measured, Double.POSITIVE_INFINITY),
                        chart(
                                "the same, as far as it is near that of 64",
                                measured,
                                error(measured, Way.LINEAR, 0) + CLOSE)));
    }

    private static Chart chart(String title, List<Errors> measured, double most) {
        List<Line> lines = new ArrayList<>();
        for (Way way : Way.values()) {
            Line.Style style = way == Way.LINEAR ? Line.Style.DOTS : Line.Style.SQUARES;
            lines.add(line(way, measured, most, style, true));
            measured.forEach(one -> lines.add(line(way, List.of(one), most, Line.Style.SCATTER, false)));
        }
        return new Chart(title, "%", "batch size", true, Chart.Fit.VALUES, lines);
    }

    /** The mean of some seeds by batch size, where it is not above the most. */
    private static Line line(Way way, List<Errors> of, double most, Line.Style style, boolean listed) {
        List<Double> batches = of.getFirst().batches();
        List<Integer> shown = IntStream.range(0, batches.size())
                .filter(size -> error(of, way, size) <= most)
                .boxed()
                .toList();
        Curve curve = Curve.of(shown, batches::get, size -> error(of, way, size));
        return new Line(way.words, curve, style, Hue.of(way.ordinal()).css(), listed);
    }
}
