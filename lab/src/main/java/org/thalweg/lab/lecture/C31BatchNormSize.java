package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.List;
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
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.schedule.Cosine;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.ready.Models;

/** Batch normalisation fails with small batches, where group and layer normalisation do not, and wins with large ones. */
public final class C31BatchNormSize implements Claim<C31BatchNormSize.Norms> {
    private static final List<String> NORMS = List.of("batch", "group", "layer", "instance");
    private static final List<String> OTHERS = List.of("group", "layer");
    private static final List<Double> BATCHES = List.of(2.0, 8.0, 64.0);
    private static final List<Double> RATES = List.of(0.02, 0.1);
    private static final int RATE_OF = 64;
    private static final int EPOCHS = 6;

    /**
     * One normalisation.
     *
     * @param errors shares of the test examples, for each batch size
     * @param rates that were taken, for a batch of 64
     */
    public record Norm(String name, List<Double> errors, List<Double> rates) {}

    /** What one seed measures. */
    public record Norms(List<Double> batches, List<Norm> norms) {
        double error(String name, int batch) {
            return norms.stream()
                    .filter(norm -> norm.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .errors()
                    .get(batch);
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                "C31",
                "Batch normalisation fails at small batches, where group and layer normalisation do not; at large ones it wins",
                List.of(
                        new Quote("KAIST AI602", "of batch normalisation: “1. Sensitive to batch size”"),
                        new Quote("KAIST AI602", "of layer normalisation: “(+) Works well for small-batch training”"),
                        new Quote(
                                "KAIST AI602",
                                "of group normalisation: “(+) Works well for small-batch training … (-) Worse than BN in large-batch training”")),
                "y = gamma (x - mean) / deviation + beta, both over: examples and places (batch); channels and places (layer); a group of channels and places (group); places (instance)",
                """
                Digits; a fifth of the examples for validation, a fifth for the test. The ready ConvNet with 8 and 16 channels and 32 hidden units, momentum 0.9, 6 epochs, \
                batches of 2, 8 and 64. The rate falls along a cosine from r B / 64 for batches of B, in proportion as Wu and He have it, with r the one of 0.02 and 0.1 that has the lowest \
                validation error, for each normalisation and batch size. Each seed draws other parts, weights and batches.\
                """,
                """
                (1) In batches of 2 batch normalisation's mean test error is above that of group and that of layer normalisation; (2) in batches of 64 it is \
                below both: each paired 95 % bootstrap interval is on its side of 0. Both: holds. The first alone: holds within limits. Else it does not hold here.\
                """);
    }

    @Override
    public Class<Norms> measurement() {
        return Norms.class;
    }

    @Override
    public int seeds() {
        return 6;
    }

    @Override
    public Norms measure(Trial trial) {
        Dataset data = Dataset.of(Corpus.load("digits"), new Split(0.2, 0.2, trial.seed()));
        List<Double> batches = trial.pick(BATCHES, List.of(32.0, 64.0));
        List<Norm> norms = new ArrayList<>();
        for (String name : NORMS) {
            List<Double> errors = new ArrayList<>();
            List<Double> rates = new ArrayList<>();
            for (double batch : batches) {
                Tuned<Double, Outcome> best = best(name, (int) batch, data, trial);
                errors.add(best.outcome().testError());
                rates.add(best.setting());
            }
            norms.add(new Norm(name, errors, rates));
        }
        return new Norms(batches, norms);
    }

    private static Tuned<Double, Outcome> best(String norm, int batch, Dataset data, Trial trial) {
        Exercise exercise = new Exercise(
                data,
                Models.named("convnet:channels=8,hidden=32,norm=" + norm, data.shape(), data.task()),
                batch,
                trial.pick(EPOCHS, 1),
                trial.seed());
        return Tuned.lowest(
                trial.pick(RATES, List.of(0.1)),
                rate -> {
                    trial.says("%s normalisation, batch %d, rate %s".formatted(norm, batch, rate));
                    return exercise.train(new Momentum(), new Cosine(rate * batch / RATE_OF, exercise.steps()));
                },
                Outcome::validationError);
    }

    /** How far batch normalisation's error is above another one's. */
    private static Interval above(List<Norms> measured, String other, int batch) {
        return Seeds.difference(measured, one -> one.error("batch", batch), one -> one.error(other, batch));
    }

    @Override
    public Verdict judge(List<Norms> measured) {
        int large = measured.getFirst().batches().size() - 1;
        List<String> parts = new ArrayList<>();
        boolean fails = true;
        boolean wins = true;
        for (String other : OTHERS) {
            Interval small = above(measured, other, 0);
            Interval last = above(measured, other, large);
            fails &= small.low() > 0;
            wins &= last.high() < 0;
            parts.add(
                    "%.2f to %.2f percentage points above %s normalisation's in the smallest batches, %.2f to %.2f in the largest"
                            .formatted(
                                    100 * small.low(), 100 * small.high(), other, 100 * last.low(), 100 * last.high()));
        }
        String seen = "batch normalisation's test error is (95 %%) %s".formatted(String.join("; ", parts));
        if (!fails) {
            return Verdict.notHere("%s", seen);
        }
        return wins ? Verdict.holds("%s", seen) : Verdict.withinLimits("it fails, but is not seen to win: %s", seen);
    }

    @Override
    public Exhibit exhibit(List<Norms> measured) {
        List<Quantity> numbers = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        List<Double> batches = measured.getFirst().batches();
        for (int i = 0; i < NORMS.size(); i++) {
            String name = NORMS.get(i);
            int which = i;
            for (int b = 0; b < batches.size(); b++) {
                int batch = b;
                numbers.add(Quantity.of(
                        "test error, %s normalisation, batch %.0f".formatted(name, batches.get(b)),
                        "%",
                        measured,
                        one -> 100 * one.error(name, batch)));
            }
            List<Double> means = Seeds.means(
                    measured,
                    one -> one.norms().get(which).errors().stream()
                            .map(error -> 100 * error)
                            .toList());
            lines.add(new Line(
                    name,
                    Seeds.curve(batches, means),
                    Line.Style.DOTS,
                    Hue.of(i).css()));
        }
        return new Exhibit(
                numbers,
                List.of(new Chart(
                        "test error by normalisation, mean of seeds",
                        "%",
                        "batch size",
                        true,
                        Chart.Fit.VALUES,
                        lines)));
    }
}
