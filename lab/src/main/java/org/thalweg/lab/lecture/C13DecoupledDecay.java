package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exercise;
import org.thalweg.lab.claim.Exercise.Outcome;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantities;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Table;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.L2;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.rule.WeightDecay;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;

/** An L2 penalty and decoupled weight decay are one for plain SGD alone, and Adam does better with the latter. */
public final class C13DecoupledDecay implements Claim<C13DecoupledDecay.Decays> {
    private static final double DECAY = 0.01;
    private static final double SAME = 1e-4;
    private static final double DIFFERENT = 1e-2;
    private static final List<Double> LOOKS = Seeds.list(1, 2, 5, 10, 20, 50, 100, 200);

    private static final List<Double> RATES = Seeds.list(0.001, 0.003, 0.01);
    private static final List<Double> PENALTIES = Seeds.list(1e-4, 1e-3, 1e-2, 1e-1);
    private static final List<Double> DECAYS = Seeds.list(0.01, 0.1, 1, 10);

    /**
     * What one seed measures.
     *
     * @param steps after which weights were compared
     * @param sgd how far apart the weights are, as a share of the way from the start, for plain SGD
     * @param penalised Adam with the penalty that does best on the validation part
     * @param decoupled Adam with the decoupled decay that does best there
     */
    public record Decays(
            List<Double> steps,
            List<Double> sgd,
            List<Double> momentum,
            List<Double> adam,
            Tuned penalised,
            Tuned decoupled) {
        double gain() {
            return penalised.testError() - decoupled.testError();
        }
    }

    /** The best of several trainings, in shares of wrong answers. */
    public record Tuned(double rate, double decay, double validationError, double testError) {}

    @Override
    public Statement statement() {
        return new Statement(
                        "C13",
                        "An L2 penalty and decoupled weight decay coincide for SGD, not for momentum or Adam; AdamW generalises better",
                        List.of(
                                new Quote(
                                        "KAIST AI602",
                                        "“This equivalence does not hold for momentum/adaptive methods! (check)”"),
                                new Quote(
                                        "KAIST AI602",
                                        "“[Loshchilov'19] proposes decoupling weight decay from optimization steps. The proposed AdamW outperforms Adam”")),
                        """
                        L2:         g = gradient + decay p;   p <- p - rate step(g)
                        decoupled:  p <- p - rate (step(gradient) + decay p)\
                        """,
                        """
                        Step by step: digits, a perceptron with 64 hidden units, batch 32, decay 0.01, for 200 steps from the same weights with the \
                        same batches; SGD at rate 0.1, momentum 0.9 at 0.02, Adam at 0.003.
                        Generalisation: 359 of the digits for training, 719 each for validation and test; the same network, 30 epochs, batch 32, cosine. Adam \
                        with each kind is given 12 trainings, %s times %s (L2) or %s (decoupled); that with the fewest errors on the validation part counts.
                        Each seed draws other parts, weights and batches.\
                        """.formatted(Seeds.words(RATES), Seeds.words(PENALTIES), Seeds.words(DECAYS)),
                        """
                        In every seed the weights of both ways are apart by at most 0.0001 of the way gone for SGD, after each of the steps looked at, and by at \
                        least 0.01 after the last one for momentum and for Adam; and with the decoupled decay Adam makes fewer test errors %s: holds.
                        The first without the second: holds within limits. Else it does not hold here.\
                        """.formatted(Seeds.MOST))
                .remark(
                        "A slip of the slide: its penalty is lambda |theta|^2, whose gradient is 2 lambda theta, as it says for SGD; its line for momentum has lambda theta. For SGD both ways are one and the same update, and are compiled to the same kernel.");
    }

    @Override
    public Class<Decays> measurement() {
        return Decays.class;
    }

    @Override
    public int seeds() {
        return 10;
    }

    @Override
    public Decays measure(Trial trial) {
        Corpus digits = Corpus.load("digits");
        Model model = Model.mlp(10, 64);
        Exercise steps = new Exercise(Dataset.of(digits, new Split(trial.seed())), model, 32, 5, trial.seed());
        Exercise small = new Exercise(
                Dataset.of(digits, new Split(0.4, 0.4, trial.seed())), model, 32, trial.pick(30, 2), trial.seed());
        trial.says("step by step");
        return new Decays(
                LOOKS,
                apart(steps, new Sgd(), 0.1),
                apart(steps, new Momentum(), 0.02),
                apart(steps, new Adam(), 0.003),
                best(trial, small, "an L2 penalty", PENALTIES, decay -> new L2(decay).then(new Adam())),
                best(trial, small, "decoupled decay", DECAYS, decay -> new Adam().then(new WeightDecay(decay))));
    }

    private static List<Double> apart(Exercise exercise, Rule rule, double rate) {
        List<float[]> penalised = weights(exercise, new L2(DECAY).then(rule), rate);
        List<float[]> decoupled = weights(exercise, rule.then(new WeightDecay(DECAY)), rate);
        List<float[]> start = weights(exercise, new Sgd(), 0);
        List<Double> apart = new ArrayList<>();
        for (int i = 0; i < penalised.size(); i++) {
            float[] end = decoupled.get(i);
            apart.add(distance(penalised.get(i), end) / distance(start.get(i), end));
        }
        return apart;
    }

    private static List<float[]> weights(Exercise exercise, Rule rule, double rate) {
        List<float[]> weights = new ArrayList<>();
        exercise.train(rule, Schedule.constant(rate), (step, loss, network) -> {
            if (LOOKS.contains((double) step)) {
                weights.add(Exercise.weights(network));
            }
        });
        return weights;
    }

    private static double distance(float[] from, float[] to) {
        double sum = 0;
        for (int i = 0; i < from.length; i++) {
            sum += ((double) from[i] - to[i]) * ((double) from[i] - to[i]);
        }
        return Math.sqrt(sum);
    }

    private interface Kind {
        Rule with(double decay);
    }

    private static Tuned best(Trial trial, Exercise exercise, String name, List<Double> decays, Kind kind) {
        List<Tuned> tried = new ArrayList<>();
        for (double rate : trial.pick(RATES, RATES.subList(1, 2))) {
            for (double decay : decays) {
                trial.says("Adam with %s of %s at rate %s".formatted(name, decay, rate));
                Outcome outcome = exercise.train(kind.with(decay), Schedule.cosine(rate, exercise.steps()));
                tried.add(new Tuned(rate, decay, outcome.validationError(), outcome.testError()));
            }
        }
        return tried.stream().min(Comparator.comparing(Tuned::validationError)).orElseThrow();
    }

    @Override
    public Verdict judge(List<Decays> measured) {
        double sgd = measured.stream()
                .flatMap(one -> one.sgd().stream())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        double others = measured.stream()
                .mapToDouble(
                        one -> Math.min(one.momentum().getLast(), one.adam().getLast()))
                .min()
                .orElseThrow();
        String seen =
                "both ways are apart by %s of the way gone at most for SGD, and by %.2f at least for momentum and Adam"
                        .formatted(Numbers.text(sgd), others);
        if (sgd > SAME || others < DIFFERENT) {
            return Verdict.notHere(seen);
        }
        String errors =
                "AdamW makes fewer test errors than Adam with L2 in %d of %d seeds, %.2f %% against %.2f %% on average"
                        .formatted(
                                Seeds.count(measured, one -> one.gain() > 0),
                                measured.size(),
                                100
                                        * Seeds.mean(
                                                measured, one -> one.decoupled().testError()),
                                100
                                        * Seeds.mean(
                                                measured, one -> one.penalised().testError()));
        return Seeds.most(measured, one -> one.gain() > 0)
                ? Verdict.holds("%s; %s", seen, errors)
                : Verdict.withinLimits("as for the equivalence: %s; but %s", seen, errors);
    }

    @Override
    public Exhibit exhibit(List<Decays> measured) {
        List<Double> steps = measured.getFirst().steps();
        Chart apart = new Chart(
                "how far apart L2 and decoupled decay are, mean of seeds",
                "of the way from the start",
                "steps",
                true,
                Chart.Fit.VALUES,
                List.of(
                        new Line(
                                "SGD",
                                Seeds.curve(steps, Seeds.means(measured, Decays::sgd)),
                                Line.Style.DOTS,
                                Hue.BLUE.css()),
                        new Line(
                                "momentum",
                                Seeds.curve(steps, Seeds.means(measured, Decays::momentum)),
                                Line.Style.DOTS,
                                Hue.GREEN.css()),
                        new Line(
                                "Adam",
                                Seeds.curve(steps, Seeds.means(measured, Decays::adam)),
                                Line.Style.SQUARES,
                                Hue.ORANGE.css())));
        Chart errors = new Chart(
                "test errors, tuned",
                "%",
                "seed",
                Chart.Fit.FROM_ZERO,
                List.of(
                        Seeds.bySeed(
                                "Adam with L2",
                                measured,
                                one -> 100 * one.penalised().testError(),
                                Line.Style.SQUARES,
                                Hue.ORANGE),
                        Seeds.bySeed(
                                "AdamW",
                                measured,
                                one -> 100 * one.decoupled().testError(),
                                Line.Style.DOTS,
                                Hue.BLUE)));
        return new Exhibit(
                Quantities.of(measured)
                        .and(
                                "apart after the last step: SGD",
                                "",
                                one -> one.sgd().getLast())
                        .and("momentum", "", one -> one.momentum().getLast())
                        .and("Adam", "", one -> one.adam().getLast())
                        .and(
                                "test errors, Adam with L2",
                                "%",
                                one -> 100 * one.penalised().testError())
                        .and(
                                "test errors, AdamW",
                                "%",
                                one -> 100 * one.decoupled().testError())
                        .list(),
                List.of(apart, errors),
                List.of(Page.section("What was best on the validation part", chosen(measured))));
    }

    private static Element chosen(List<Decays> measured) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            Tuned l2 = measured.get(i).penalised();
            Tuned decoupled = measured.get(i).decoupled();
            rows.add(List.of(
                    String.valueOf(i + 1),
                    "%s / %s".formatted(Numbers.text(l2.rate()), Numbers.text(l2.decay())),
                    "%s / %s".formatted(Numbers.text(decoupled.rate()), Numbers.text(decoupled.decay()))));
        }
        return new Table(List.of("seed", "L2: rate / decay", "decoupled: rate / decay"), rows).element();
    }
}
