package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exercise;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantity;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;

/** Small batches make more of the same examples. */
public final class C23SmallBatches implements Claim<C23SmallBatches.Epoch> {
    private static final List<Double> BATCHES = Seeds.factors(1, 4, 6);
    private static final List<Double> RATES = Seeds.factors(1.0 / 128, 2, 10);
    private static final double GUESSING = Math.log(10);

    /**
     * What one seed measures.
     *
     * @param batches sizes, ascending
     * @param losses over the training part after one epoch, for each size at its best rate
     * @param rates those rates
     */
    public record Epoch(List<Double> batches, List<Double> losses, List<Double> rates) {
        boolean risesTo(int size) {
            return losses.get(size - 1) < losses.get(size);
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                "C23",
                "Small batches use the data better per epoch",
                List.of(
                        new Quote(
                                "NTU CE7454",
                                "“With a large B, we use stale gradients computed at an old w.” “We must use a smaller learning rate (sub-linear scaling of η).” “In practice, setting B = 1 often leads to very effective optimization.”")),
                """
                w <- w - (rate / B) (sum of the gradients of B examples), once for each B examples\
                """,
                """
                Digits, a perceptron with 64 hidden units, plain SGD at a constant rate, one epoch: each of the 1,437 training examples once, but for those that do not fill a \
                last batch. Batches of 1, 4, 16, 64, 256 and 1,024, each at the same ten rates, %s.
                What counts is the loss over the training part after the epoch at the best rate. Each seed draws other parts, weights and batches.\
                """.formatted(Seeds.words(RATES)),
                """
                From each batch size to the next the loss rises %s: holds. It is lower with batches of 1 than of 64, and of 64 than of 1,024: holds within limits. \
                Else it does not hold here.\
                """.formatted(Seeds.MOST));
    }

    @Override
    public Class<Epoch> measurement() {
        return Epoch.class;
    }

    @Override
    public int seeds() {
        return 10;
    }

    @Override
    public Epoch measure(Trial trial) {
        Dataset digits = Dataset.of(Corpus.load("digits"), new Split(trial.seed()));
        List<Tuned<Double, Double>> best = new ArrayList<>();
        for (double batch : BATCHES) {
            Exercise exercise = new Exercise(digits, Model.mlp(10, 64), (int) batch, 1, trial.seed());
            best.add(Tuned.lowest(
                    trial.pick(RATES, RATES.subList(3, 5)),
                    rate -> {
                        trial.says("batches of %.0f at %s".formatted(batch, rate));
                        return exercise.train(new Sgd(), Schedule.constant(rate))
                                .trainLoss(GUESSING);
                    },
                    Double::doubleValue));
        }
        return new Epoch(
                BATCHES,
                best.stream().map(Tuned::outcome).toList(),
                best.stream().map(Tuned::setting).toList());
    }

    @Override
    public Verdict judge(List<Epoch> measured) {
        List<Double> batches = measured.getFirst().batches();
        int sizes = batches.size();
        String seen = "loss after an epoch, mean of seeds: "
                + String.join(
                        ", ",
                        IntStream.range(0, sizes)
                                .mapToObj(i -> "%.3f with batches of %.0f"
                                        .formatted(
                                                Seeds.mean(
                                                        measured,
                                                        one -> one.losses().get(i)),
                                                batches.get(i)))
                                .toList());
        boolean all = IntStream.range(1, sizes).allMatch(size -> Seeds.most(measured, one -> one.risesTo(size)));
        if (all) {
            return Verdict.holds(seen);
        }
        int middle = sizes / 2;
        boolean most = Seeds.most(
                measured,
                one -> one.losses().getFirst() < one.losses().get(middle)
                        && one.losses().get(middle) < one.losses().getLast());
        return most ? Verdict.withinLimits("but not from each size to the next: %s", seen) : Verdict.notHere(seen);
    }

    @Override
    public Exhibit exhibit(List<Epoch> measured) {
        List<Double> batches = measured.getFirst().batches();
        List<Quantity> numbers = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            int size = i;
            numbers.add(Quantity.of(
                    "loss after an epoch, batches of %.0f".formatted(batches.get(i)),
                    "nats",
                    measured,
                    one -> one.losses().get(size)));
        }
        for (int i = 0; i < batches.size(); i++) {
            int size = i;
            numbers.add(Quantity.of(
                    "best rate, batches of %.0f".formatted(batches.get(i)),
                    "",
                    measured,
                    one -> one.rates().get(size)));
        }
        List<Double> first = Seeds.means(measured, Epoch::rates);
        List<Double> linear = batches.stream()
                .map(batch -> first.getFirst() * batch)
                .filter(rate -> rate <= RATES.getLast())
                .toList();
        return new Exhibit(
                numbers,
                List.of(
                        new Chart(
                                "training loss after one epoch, at the best rate",
                                "nats",
                                "batch size",
                                true,
                                Chart.Fit.VALUES,
                                lines(measured)),
                        new Chart(
                                "best rate, mean of seeds",
                                "",
                                "batch size",
                                true,
                                Chart.Fit.VALUES,
                                List.of(
                                        new Line(
                                                "best rate",
                                                Seeds.curve(batches, first),
                                                Line.Style.DOTS,
                                                Hue.BLUE.css()),
                                        new Line(
                                                "in proportion to the batch",
                                                Seeds.curve(batches, linear),
                                                Line.Style.DASHED,
                                                Hue.ORANGE.css())))));
    }

    private static List<Line> lines(List<Epoch> measured) {
        return IntStream.range(0, measured.size())
                .mapToObj(i -> new Line(
                        "one seed",
                        Seeds.curve(measured.get(i).batches(), measured.get(i).losses()),
                        Line.Style.DOTS,
                        Hue.BLUE.css(),
                        i == 0))
                .toList();
    }
}
