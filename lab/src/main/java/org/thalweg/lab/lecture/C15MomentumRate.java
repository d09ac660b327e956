package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exercise;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantities;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Table;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;

/** The length of momentum's average and the rate eta' that multiplies it can be tuned apart; with eta = eta' / N they cannot. */
public final class C15MomentumRate implements Claim<C15MomentumRate.Grid> {
    private static final List<Double> LENGTHS = Seeds.factors(2, 2, 6);
    private static final List<Double> RATES = Seeds.factors(1.0 / 16, 2, 10);
    private static final double GUESSING = Math.log(10);
    private static final double FLAT = 0.25;
    private static final double LOOSE = 0.5;

    /**
     * What one seed measures.
     *
     * @param lengths N, ascending in factors of 2
     * @param rates eta', ascending in factors of 2
     * @param losses over the training part at the end, for each N those by eta'; at most that of guessing
     */
    public record Grid(List<Double> lengths, List<Double> rates, List<List<Double>> losses) {
        private int best(int length) {
            List<Double> row = losses.get(length);
            return IntStream.range(0, row.size())
                    .boxed()
                    .min(Comparator.comparing(row::get))
                    .orElseThrow();
        }

        /** Log2 of the best eta' for that N: the lowest point of a parabola through the three lowest logarithms. */
        double bestRate(int length) {
            List<Double> row = losses.get(length);
            int at = best(length);
            double log = Math.log(rates.get(at)) / Math.log(2);
            if (at == 0 || at == row.size() - 1) {
                return log;
            }
            double left = Math.log(row.get(at - 1));
            double middle = Math.log(row.get(at));
            double right = Math.log(row.get(at + 1));
            double bend = left - 2 * middle + right;
            return bend > 0 ? log + 0.5 * (left - right) / bend : log;
        }

        /** By which power of N the best eta' grows. */
        double slope() {
            int count = lengths.size();
            double middle = (count - 1) / 2.0;
            double up = 0;
            double square = 0;
            for (int i = 0; i < count; i++) {
                up += (i - middle) * bestRate(i);
                square += (i - middle) * (i - middle);
            }
            return up / square;
        }

        /**
         * What tuning one after the other costs: first the rate at some N, then N at that rate; the loss above the grid's best, as a natural
         * logarithm, mean over where it begins.
         *
         * @param shift by how many places eta' moves when N doubles: 0 where eta' stays, 1 where eta does
         */
        double regret(int shift) {
            double least = losses.stream()
                    .flatMap(List::stream)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            double sum = 0;
            for (int from = 0; from < lengths.size(); from++) {
                double found = Double.POSITIVE_INFINITY;
                for (int to = 0; to < lengths.size(); to++) {
                    int at = best(from) + shift * (to - from);
                    if (at >= 0 && at < rates.size()) {
                        found = Math.min(found, losses.get(to).get(at));
                    }
                }
                sum += Math.log(found / least);
            }
            return sum / lengths.size();
        }

        /** What is lost by another N at the same rate, mean over all pairs of N. */
        double loss(int shift) {
            double sum = 0;
            int pairs = 0;
            for (int from = 0; from < lengths.size(); from++) {
                for (int to = 0; to < lengths.size(); to++) {
                    int at = best(from) + shift * (to - from);
                    if (at >= 0 && at < rates.size()) {
                        sum += Math.log(losses.get(to).get(at) / losses.get(to).get(best(to)));
                        pairs++;
                    }
                }
            }
            return sum / pairs;
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                "C15",
                "The length N of momentum's average and the rate eta' are nearly independent; N and eta = eta' / N are not",
                List.of(
                        new Quote(
                                "TTIC 31230",
                                "“My intuition: For the parameterization N and eta' defined by (2) it should be possible to optimize N and eta' largely independently. I would not expect this to be true for the N and eta defined by (1).”")),
                """
                m <- (1 - 1/N) m + g / N
                (1)  p <- p - N eta m        (2)  p <- p - eta' m\
                """,
                """
                Digits, a perceptron with 64 hidden units, batch 32, 10 epochs: 440 steps at a constant rate.
                A grid of N = 2, 4, ..., 64 and eta' = 1/16, 1/8, ..., 32; eta = eta' / N lies on the same grid. What counts is the loss over the training part at \
                the end, at most that of guessing, ln 10.
                The best eta' of an N is the lowest point of a parabola through the logarithms of the three lowest losses.
                Each seed draws other parts, weights and batches.\
                """,
                """
                The best eta' grows like N to a power whose mean over the seeds is between -0.25 and 0.25, so that the best eta goes with a power from -1.25 to -0.75; \
                and going over to another N at the same eta' costs less loss (mean logarithm over all pairs of N) than at the same eta %s: holds.
                The latter, and a power between -0.5 and 0.5: holds within limits. Else it does not hold here.\
                """.formatted(Seeds.MOST));
    }

    @Override
    public Class<Grid> measurement() {
        return Grid.class;
    }

    @Override
    public int seeds() {
        return 6;
    }

    @Override
    public Grid measure(Trial trial) {
        Dataset digits = Dataset.of(Corpus.load("digits"), new Split(trial.seed()));
        Exercise exercise = new Exercise(digits, Model.mlp(10, 64), 32, trial.pick(10, 1), trial.seed());
        List<Double> lengths = trial.pick(LENGTHS, LENGTHS.subList(0, 2));
        List<Double> rates = trial.pick(RATES, RATES.subList(1, 5));
        List<List<Double>> losses = new ArrayList<>();
        for (double length : lengths) {
            Momentum rule = new Momentum(1 - 1 / length, 0, Momentum.Form.AVERAGED);
            List<Double> row = new ArrayList<>();
            for (double rate : rates) {
                trial.says("N %.0f at eta' %s".formatted(length, rate));
                row.add(exercise.train(rule, Schedule.constant(rate)).trainLoss(GUESSING));
            }
            losses.add(row);
        }
        return new Grid(lengths, rates, losses);
    }

    @Override
    public Verdict judge(List<Grid> measured) {
        double slope = Seeds.mean(measured, Grid::slope);
        boolean cheaper = Seeds.most(measured, one -> one.loss(0) < one.loss(1));
        String seen =
                ("the best eta' goes with N to the power of %.2f, the best eta with %.2f; another N at the same eta' multiplies the loss by %.2f on average,"
                                + " at the same eta by %.2f")
                        .formatted(
                                slope,
                                slope - 1,
                                Math.exp(Seeds.mean(measured, one -> one.loss(0))),
                                Math.exp(Seeds.mean(measured, one -> one.loss(1))));
        if (cheaper && Math.abs(slope) <= FLAT) {
            return Verdict.holds(seen);
        }
        return cheaper && Math.abs(slope) <= LOOSE
                ? Verdict.withinLimits("eta' depends on N, but less than eta does: %s", seen)
                : Verdict.notHere(seen);
    }

    @Override
    public Exhibit exhibit(List<Grid> measured) {
        List<Double> lengths = measured.getFirst().lengths();
        List<Double> rates = measured.getFirst().rates();
        return new Exhibit(
                Quantities.of(measured)
                        .and("power of N with which the best eta' goes", "", Grid::slope)
                        .and(
                                "another N at the same eta': the loss grows by",
                                "nats of its logarithm",
                                one -> one.loss(0))
                        .and(
                                "another N at the same eta: the loss grows by",
                                "nats of its logarithm",
                                one -> one.loss(1))
                        .and(
                                "eta' first, then N: above the best of the grid",
                                "nats of its logarithm",
                                one -> one.regret(0))
                        .and(
                                "eta first, then N: above the best of the grid",
                                "nats of its logarithm",
                                one -> one.regret(1))
                        .list(),
                List.of(
                        chart(
                                "training loss at the end by eta', geometric mean of seeds",
                                "eta'",
                                measured,
                                (n, rate) -> rate),
                        chart("the same by eta = eta' / N", "eta", measured, (n, rate) -> rate / n)),
                List.of(Page.section("The grid: rows N, columns eta'", table(lengths, rates, measured))));
    }

    private interface Across {
        double of(double length, double rate);
    }

    private static Chart chart(String title, String across, List<Grid> measured, Across x) {
        Grid first = measured.getFirst();
        List<Line> lines = new ArrayList<>();
        for (int n = 0; n < first.lengths().size(); n++) {
            int row = n;
            double length = first.lengths().get(n);
            Curve curve = Curve.of(
                    IntStream.range(0, first.rates().size()).boxed().toList(),
                    i -> x.of(length, first.rates().get(i)),
                    i -> mean(measured, row, i));
            lines.add(new Line(
                    "N = %.0f".formatted(length),
                    curve,
                    Line.Style.DOTS,
                    Hue.of(n).css()));
        }
        return new Chart(title, "nats", across, true, Chart.Fit.VALUES, lines);
    }

    private static double mean(List<Grid> measured, int length, int rate) {
        return Math.exp(
                Seeds.mean(measured, one -> Math.log(one.losses().get(length).get(rate))));
    }

    private static Element table(List<Double> lengths, List<Double> rates, List<Grid> measured) {
        List<String> heads = new ArrayList<>(List.of("N"));
        rates.forEach(rate -> heads.add(Numbers.text(rate)));
        List<List<String>> rows = new ArrayList<>();
        for (int n = 0; n < lengths.size(); n++) {
            List<String> row = new ArrayList<>(List.of("%.0f".formatted(lengths.get(n))));
            for (int i = 0; i < rates.size(); i++) {
                row.add("%.4f".formatted(mean(measured, n, i)));
            }
            rows.add(row);
        }
        return new Table(heads, rows).element();
    }
}
