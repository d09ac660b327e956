package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.RAdam;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;

/** Warm-up stabilises large batches and Adam; RAdam does without. */
public final class C18WarmUp implements Claim<C18WarmUp.Survival> {
    private static final double GUESSING = Math.log(10);
    private static final List<Double> ADAM_RATES = Seeds.list(0.001, 0.003, 0.01, 0.03, 0.1, 0.3);
    private static final List<Double> MOMENTUM_RATES = Seeds.list(0.05, 0.1, 0.2, 0.4, 0.8, 1.6);
    private static final int WARM_UP_SHARE = 5;
    private static final double AS_GOOD = 0.05;

    /** How it is trained. */
    enum Way {
        MOMENTUM("momentum, batch 512", new Momentum(), false),
        MOMENTUM_WARM("momentum, batch 512, warm-up", new Momentum(), true),
        ADAM("Adam", new Adam(), false),
        ADAM_WARM("Adam, warm-up", new Adam(), true),
        RADAM("RAdam", new RAdam(), false);

        private final String words;
        private final Rule rule;
        private final boolean warm;

        Way(String words, Rule rule, boolean warm) {
            this.words = words;
            this.rule = rule;
            this.warm = warm;
        }

        boolean large() {
            return rule instanceof Momentum;
        }

        List<Double> rates() {
            return large() ? MOMENTUM_RATES : ADAM_RATES;
        }

        Schedule schedule(double rate, long steps) {
            long up = warm ? steps / WARM_UP_SHARE : 0;
            return warm ? Schedule.cosine(rate, steps - up).warmUp(up) : Schedule.cosine(rate, steps);
        }
    }

    /**
     * What one seed measures.
     *
     * @param losses over the training part at the end, for each way by its rates, at most that of guessing
     */
    public record Survival(List<List<Double>> losses) {
        /** The mean over the rates. */
        double mean(Way way) {
            return Seeds.mean(losses.get(way.ordinal()), Double::doubleValue);
        }

        /** Rates at which less than half of the loss of guessing is left. */
        double survived(Way way) {
            return Seeds.count(losses.get(way.ordinal()), loss -> loss < GUESSING / 2);
        }

        double best(Way way) {
            return losses.get(way.ordinal()).stream()
                    .mapToDouble(loss -> loss)
                    .min()
                    .orElseThrow();
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                        "C18",
                        "Warm-up stabilises large batches and Adam; RAdam needs none",
                        List.of(
                                new Quote(
                                        "KAIST AI602",
                                        "“Adaptive optimizers like Adam suffer from large variance in the early training phase. Large batch training with momentum SGD also has similar issues. Warm-up heuristic is used to stabilize training”"),
                                new Quote(
                                        "KAIST AI602",
                                        "“RAdam enjoys the benefits of warm-up, but no need to search for scheduling”")),
                        """
                warm-up: the rate grows in equal steps over the first fifth of the run, then falls by a cosine; without: the cosine alone
                survives: the loss over the training part ends below half of that of guessing, ln 10 / 2\
                """,
                        """
                Digits, a perceptron with four hidden layers of 64.
                Large batch: 512 of the 1,437 training examples, momentum 0.9, 30 epochs: 60 steps, at the rates %s.
                Adam and RAdam: batch 64, 10 epochs: 220 steps, at the rates %s.
                Every way is tried at all six of its rates. What counts is the mean over the rates of the loss over the training part at the end, at most that of guessing: it is \
                small where many rates work, and work well. Each seed draws other parts, weights and batches.\
                """.formatted(Seeds.words(MOMENTUM_RATES), Seeds.words(ADAM_RATES)),
                        """
                (1) With momentum and the large batch that mean is lower with warm-up than without. (2) So it is with Adam. (3) RAdam without warm-up has a lower one than Adam \
                without, and on average over the seeds at most 0.05 more than Adam with warm-up. Each %s: holds. One or two of them: holds within limits. None: it does not \
                hold here.\
                """.formatted(Seeds.MOST))
                .remark(
                        "RAdam's first steps are those of momentum, without the root of the squares, so that its useful rates are higher than Adam's; a mean over the same rates tells that it bears the large ones. The lecture's cases are transformers and ImageNet, which this network is far from.");
    }

    @Override
    public Class<Survival> measurement() {
        return Survival.class;
    }

    @Override
    public int seeds() {
        return 10;
    }

    @Override
    public Survival measure(Trial trial) {
        Dataset digits = Dataset.of(Corpus.load("digits"), new Split(trial.seed()));
        Model model = Model.mlp(10, 64, 64, 64, 64);
        Exercise large = new Exercise(digits, model, 512, trial.pick(30, 3), trial.seed());
        Exercise usual = new Exercise(digits, model, 64, trial.pick(10, 1), trial.seed());
        List<List<Double>> losses = new ArrayList<>();
        for (Way way : Way.values()) {
            Exercise exercise = way.large() ? large : usual;
            List<Double> row = new ArrayList<>();
            for (double rate : way.rates()) {
                trial.says("%s at %s".formatted(way.words, rate));
                row.add(exercise.train(way.rule, way.schedule(rate, exercise.steps()))
                        .trainLoss(GUESSING));
            }
            losses.add(row);
        }
        return new Survival(losses);
    }

    private static boolean lower(List<Survival> measured, Way one, Way other) {
        return Seeds.most(measured, seed -> seed.mean(one) < seed.mean(other));
    }

    @Override
    public Verdict judge(List<Survival> measured) {
        boolean momentum = lower(measured, Way.MOMENTUM_WARM, Way.MOMENTUM);
        boolean adam = lower(measured, Way.ADAM_WARM, Way.ADAM);
        boolean radam = lower(measured, Way.RADAM, Way.ADAM)
                && Seeds.mean(measured, one -> one.mean(Way.RADAM) - one.mean(Way.ADAM_WARM)) <= AS_GOOD;
        String seen = String.join(
                "; ",
                Arrays.stream(Way.values())
                        .map(way -> "%s: mean loss %.3f, %.1f of 6 rates survive"
                                .formatted(
                                        way.words,
                                        Seeds.mean(measured, one -> one.mean(way)),
                                        Seeds.mean(measured, one -> one.survived(way))))
                        .toList());
        if (momentum && adam && radam) {
            return Verdict.holds(seen);
        }
        List<String> parts = new ArrayList<>();
        if (momentum) {
            parts.add("for momentum with the large batch");
        }
        if (adam) {
            parts.add("for Adam");
        }
        if (radam) {
            parts.add("for RAdam");
        }
        return parts.isEmpty()
                ? Verdict.notHere(seen)
                : Verdict.withinLimits("%s alone: %s", String.join(" and ", parts), seen);
    }

    @Override
    public Exhibit exhibit(List<Survival> measured) {
        List<Quantity> numbers = new ArrayList<>();
        for (Way way : Way.values()) {
            numbers.add(Quantity.of(way.words + ": mean loss over the rates", "nats", measured, one -> one.mean(way)));
            numbers.add(Quantity.of(way.words + ": rates that survive", "of 6", measured, one -> one.survived(way)));
            numbers.add(Quantity.of(way.words + ": loss at the best rate", "nats", measured, one -> one.best(way)));
        }
        return new Exhibit(
                numbers,
                List.of(
                        chart("momentum, batch 512: training loss at the end, mean of seeds", measured, true),
                        chart("Adam and RAdam, batch 64: training loss at the end, mean of seeds", measured, false)));
    }

    private static Chart chart(String title, List<Survival> measured, boolean large) {
        List<Line> lines = Arrays.stream(Way.values())
                .filter(way -> way.large() == large)
                .map(way -> new Line(
                        way.words,
                        Seeds.curve(
                                way.rates(),
                                Seeds.means(measured, one -> one.losses().get(way.ordinal()))),
                        way.warm ? Line.Style.DOTS : Line.Style.SQUARES,
                        (way.warm ? Hue.BLUE : way == Way.RADAM ? Hue.GREEN : Hue.ORANGE).css()))
                .toList();
        return new Chart(title, "nats", "rate", true, Chart.Fit.FROM_ZERO, lines);
    }
}
