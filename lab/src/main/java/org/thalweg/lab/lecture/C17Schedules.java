package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exercise;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantity;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.descent.Descent;
import org.thalweg.lab.descent.RatedRule;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.problem.LinearModel;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Table;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.ReduceOnPlateau;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;

/** A constant rate stalls, and a falling one converges. */
public final class C17Schedules implements Claim<C17Schedules.Ends> {
    private static final List<Double> CONVEX_RATES = Seeds.factors(0.5, 0.5, 5);
    private static final List<Double> NETWORK_RATES = Seeds.factors(1.6, 0.5, 5);
    private static final double GUESSING = Math.log(10);
    private static final int PATIENCE_SHARE = 20;
    private static final int POINTS = 100;
    private static final double OVERFLOWED = 1e30;
    private static final String ABOVE = "nats / 1,000 above the least";

    /** How the rate falls; the first does not. */
    enum Fall {
        CONSTANT("constant"),
        EXPONENTIAL("exponential"),
        STEP("step"),
        COSINE("cosine"),
        PLATEAU("plateau");

        private final String words;

        Fall(String words) {
            this.words = words;
        }

        Schedule from(double rate, long steps, ReduceOnPlateau plateau) {
            return switch (this) {
                case CONSTANT -> Schedule.constant(rate);
                case EXPONENTIAL -> Schedule.exponential(rate, Math.pow(0.001, 1.0 / steps));
                case STEP -> Schedule.tenths(rate, steps);
                case COSINE -> Schedule.cosine(rate, steps);
                case PLATEAU -> plateau;
            };
        }
    }

    /**
     * What one seed measures.
     *
     * @param convex by schedule, the loss above the least at the end of logistic regression, mean over the last tenth of steps, at the best rate
     * @param network by schedule, the loss of the perceptron over the training part at the end, at the best rate
     * @param convexRates those best rates
     * @param steps at which the courses are told
     * @param courses by schedule, the loss above the least of logistic regression at the best rate, means over equal parts of the steps
     * @param halfway of the constant rate, the mean over the tenth of the steps before the middle
     */
    public record Ends(
            List<Double> convex,
            List<Double> network,
            List<Double> convexRates,
            List<Double> networkRates,
            List<Double> steps,
            List<List<Double>> courses,
            double halfway) {
        boolean stalls() {
            return convex.getFirst() >= 0.5 * halfway;
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                        "C17",
                        "A constant rate stalls and a falling one converges: cosine, step, exponential and plateau compared",
                        List.of(
                                new Quote(
                                        "KAIST AI602",
                                        "“Constant learning rate often prevents convergence → needs decay!”"),
                                new Quote(
                                        "NTU CE7454",
                                        "“Typically, we gradually decrease η during the optimization. Commonly used learning rate schedules: Exponential, Step, Cosine, Plateau”")),
                        """
                exponential: rate 0.001^(t/T)                step: a tenth from T/2 on, a hundredth from 3T/4 on
                cosine: rate (1 + cos(pi t/T)) / 2           plateau: a tenth whenever the loss over all examples gets no better\
                """,
                        """
                Convex: %s; SGD with batches of 16 for T = 3,000 steps from zero, rates %s; plateau: no better by a ten thousandth in 150 steps.
                Network: digits, a perceptron with 16 hidden units, SGD with batches of 16 for 8 epochs, T = 712 steps, rates %s; plateau: no better by a twentieth in an epoch.
                Each schedule is tried at the same 5 rates, from which it starts, and counts with the one that ends best: by the mean gap over the last tenth of steps, or \
                by the loss over the training part.
                Each seed draws other examples, weights and batches.\
                """.formatted(CancerRegression.WORDS, Seeds.words(CONVEX_RATES), Seeds.words(NETWORK_RATES)),
                        """
                On the convex problem the best constant rate makes no progress in the second half: its mean gap over the last tenth of steps is at least half of that over \
                the tenth before the middle; and each of the 4 falling schedules ends lower than it in both settings. Each %s: holds. A stall, and at least 4 of these 8: holds \
                within limits. Else it does not hold here.\
                """.formatted(Seeds.MOST))
                .remark("""
                        The first half of the criterion turned out to ask for too much: the best of several constant rates is just that one at which the noise stops \
                        progress no sooner than at the end, so that what shows the stall is how much lower falling rates end, not a halt of the best constant one.
                        The network nearly fits its training data, where the noise of the gradients shrinks with the loss: there a constant rate may go on without a decay.\
                        """);
    }

    @Override
    public Class<Ends> measurement() {
        return Ends.class;
    }

    @Override
    public int seeds() {
        return 10;
    }

    @Override
    public Ends measure(Trial trial) {
        LinearModel problem = CancerRegression.of(trial.seed(), 16);
        Descent descent = new Descent(problem).steps(trial.pick(3_000, 200)).seed(trial.seed());
        Dataset digits = Dataset.of(Corpus.load("digits"), new Split(trial.seed()));
        Exercise exercise = new Exercise(digits, Model.mlp(10, 16), 16, trial.pick(8, 1), trial.seed());
        List<Tuned<Double, Double>> convex = new ArrayList<>();
        List<Tuned<Double, Double>> network = new ArrayList<>();
        List<List<Double>> courses = new ArrayList<>();
        for (Fall fall : Fall.values()) {
            trial.says("logistic regression, " + fall.words);
            convex.add(Tuned.lowest(
                    CONVEX_RATES, rate -> Seeds.mean(gaps(descent, fall, rate), 0.9, 1), Double::doubleValue));
            courses.add(gaps(descent, fall, convex.getLast().setting()));
            network.add(Tuned.lowest(
                    trial.pick(NETWORK_RATES, NETWORK_RATES.subList(1, 3)),
                    rate -> {
                        trial.says("perceptron, %s from %s".formatted(fall.words, rate));
                        return loss(exercise, fall, rate);
                    },
                    Double::doubleValue));
        }
        return new Ends(
                convex.stream().map(Tuned::outcome).toList(),
                network.stream().map(Tuned::outcome).toList(),
                convex.stream().map(Tuned::setting).toList(),
                network.stream().map(Tuned::setting).toList(),
                IntStream.range(0, POINTS)
                        .mapToObj(i -> (i + 0.5) * descent.steps() / POINTS)
                        .toList(),
                courses,
                Seeds.mean(courses.getFirst(), 0.4, 0.5));
    }

    /** The loss above the least one, means over equal parts of the steps; very large past an overflow. */
    private static List<Double> gaps(Descent descent, Fall fall, double rate) {
        int patience = descent.steps() / PATIENCE_SHARE;
        Schedule schedule =
                fall.from(rate, descent.steps(), new ReduceOnPlateau(Schedule.constant(rate), 0.1, patience, 1e-4));
        double least = descent.problem().least().orElseThrow();
        double[] losses =
                descent.run(new RatedRule(new Sgd(), Optional.of(schedule))).losses();
        return IntStream.range(0, POINTS)
                .mapToObj(part -> Arrays.stream(
                                losses,
                                Math.min(losses.length, part * (descent.steps() + 1) / POINTS),
                                Math.min(losses.length, (part + 1) * (descent.steps() + 1) / POINTS))
                        .map(loss -> loss - least)
                        .average()
                        .orElse(OVERFLOWED))
                .toList();
    }

    private static double loss(Exercise exercise, Fall fall, double rate) {
        Schedule schedule =
                fall.from(rate, exercise.steps(), new ReduceOnPlateau(Schedule.constant(rate), 0.1, 0, 0.05));
        return exercise.train(new Sgd(), schedule).trainLoss(GUESSING);
    }

    private static List<String> falling(List<Ends> measured, boolean convex) {
        return Arrays.stream(Fall.values())
                .skip(1)
                .filter(fall -> Seeds.most(measured, one -> {
                    List<Double> ends = convex ? one.convex() : one.network();
                    return ends.get(fall.ordinal()) < ends.getFirst();
                }))
                .map(fall -> fall.words)
                .toList();
    }

    @Override
    public Verdict judge(List<Ends> measured) {
        List<String> convex = falling(measured, true);
        List<String> network = falling(measured, false);
        String seen =
                "the best constant rate stalls in %d of %d seeds on the convex problem; lower than it end there: %s; for the network: %s"
                        .formatted(Seeds.count(measured, Ends::stalls), measured.size(), named(convex), named(network));
        int better = convex.size() + network.size();
        if (!Seeds.most(measured, Ends::stalls) || better < 4) {
            return Verdict.notHere(seen);
        }
        return better == 8 ? Verdict.holds(seen) : Verdict.withinLimits(seen);
    }

    private static String named(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    @Override
    public Exhibit exhibit(List<Ends> measured) {
        List<Quantity> numbers = new ArrayList<>();
        numbers.add(Quantity.of("convex, constant, before the middle", ABOVE, measured, one -> 1_000 * one.halfway()));
        for (Fall fall : Fall.values()) {
            numbers.add(Quantity.of(
                    "convex, " + fall.words,
                    ABOVE,
                    measured,
                    one -> 1_000 * one.convex().get(fall.ordinal())));
        }
        for (Fall fall : Fall.values()) {
            numbers.add(Quantity.of(
                    "network, " + fall.words,
                    "nats",
                    measured,
                    one -> one.network().get(fall.ordinal())));
        }
        return new Exhibit(
                numbers,
                List.of(courses(measured), bySeed(measured)),
                List.of(Page.section(
                        "Best first rates, by seed", rates(measured).element())));
    }

    private static Chart courses(List<Ends> measured) {
        List<Double> steps = measured.getFirst().steps();
        List<Line> lines = Arrays.stream(Fall.values())
                .map(fall -> new Line(
                        fall.words,
                        Seeds.curve(
                                steps,
                                Seeds.means(measured, one -> one.courses().get(fall.ordinal()))),
                        fall == Fall.CONSTANT ? Line.Style.DASHED : Line.Style.PLAIN,
                        hue(fall).css()))
                .toList();
        return new Chart(
                "logistic regression: loss above the least, mean of seeds", "nats", "step", Chart.Fit.VALUES, lines);
    }

    private static Chart bySeed(List<Ends> measured) {
        List<Line> lines = Arrays.stream(Fall.values())
                .map(fall -> Seeds.bySeed(
                        fall.words,
                        measured,
                        one -> one.network().get(fall.ordinal()),
                        fall == Fall.CONSTANT ? Line.Style.SQUARES : Line.Style.DOTS,
                        hue(fall)))
                .toList();
        return new Chart("perceptron: training loss at the end", "nats", "seed", Chart.Fit.FROM_ZERO, lines);
    }

    private static Hue hue(Fall fall) {
        return fall == Fall.CONSTANT ? Hue.INK : Hue.of(fall.ordinal() - 1);
    }

    private static Table rates(List<Ends> measured) {
        List<List<String>> rows = Arrays.stream(Fall.values())
                .map(fall -> List.of(
                        fall.words,
                        Seeds.words(measured.stream()
                                .map(one -> one.convexRates().get(fall.ordinal()))
                                .toList()),
                        Seeds.words(measured.stream()
                                .map(one -> one.networkRates().get(fall.ordinal()))
                                .toList())))
                .toList();
        return new Table(List.of("", "convex", "network"), rows);
    }
}
