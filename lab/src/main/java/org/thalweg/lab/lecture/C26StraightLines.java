package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantity;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Trial.Trained;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.landscape.Axis;
import org.thalweg.lab.landscape.Line;
import org.thalweg.lab.landscape.Place;
import org.thalweg.lab.landscape.Survey;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.svg.Chart;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.ready.Models;

/** From the start to a solution the loss falls; between two solutions it rises. */
public final class C26StraightLines implements Claim<C26StraightLines.Lines> {
    private static final List<String> MODELS = List.of("mlp", "convnet");
    private static final double RATE = 0.05;
    private static final int BATCH = 32;
    private static final int EPOCHS = 20;
    private static final int POINTS = 41;

    private static final double NO_RISE = 0.01;
    private static final double SMALL_RISE = 0.05;
    private static final double BARRIER = 0.1;

    /**
     * The loss along two lines of a model.
     *
     * @param t 0 at the one end of both, 1 at the other
     * @param fromStart training loss from the first weights to the last
     * @param between training loss from the last weights to those that another seed led to
     * @param rise how far the loss rises on the first line, as a share of its fall
     * @param barrier how far it rises on the second above the straight line between its ends, in nats
     */
    public record Along(
            String model, List<Double> t, List<Double> fromStart, List<Double> between, double rise, double barrier) {}

    /** What one seed measures: one for each model. */
    public record Lines(List<Along> models) {}

    @Override
    public Statement statement() {
        return new Statement(
                "C26",
                "The straight line from the start to a solution shows no barrier; between two solutions there is one",
                List.of(
                        new Quote(
                                "Ginsburg CS217",
                                "“Compute loss function along the line which connects initial point with solution … we never found evidence"
                                        + " that local minima or saddle points slowed the SGD trajectory” (Goodfellow, Vinyals and Saxe)"),
                        new Quote(
                                "Ginsburg CS217",
                                "“What if we connect two solutions? There is a small saddle between them…”")),
                "w(t) = (1 - t) w0 + t w1;   L(w(t)) for 0 <= t <= 1",
                """
                Digits, an MLP (256 and 128 hidden) and the ready ConvNet, momentum 0.9 at a rate of 0.05, batch 32, 20 epochs. The training loss at 41 \
                points from the first weights to the last, and from those to the last weights of another seed.\
                """,
                """
                Holds if for every seed and model the first line rises nowhere by more than 1 % of its fall, and the second one has a \
                barrier of at least 0.1 nats. Within limits if the first line's rise is at most 5 % of its fall.\
                """);
    }

    @Override
    public Class<Lines> measurement() {
        return Lines.class;
    }

    @Override
    public int seeds() {
        return 5;
    }

    @Override
    public Lines measure(Trial trial) {
        Dataset data = Dataset.of(Corpus.load("digits"), new Split(1));
        return new Lines(MODELS.stream().map(name -> lines(name, data, trial)).toList());
    }

    private static Along lines(String name, Dataset data, Trial trial) {
        Model model = name.equals("mlp")
                ? Model.mlp(data.task().outputs(), 256, 128)
                : Models.named(name, data.shape(), data.task());
        Trained one = trained(model, data, trial, trial.seed());
        Trained other = trained(model, data, trial, trial.seed() + 1_000);
        Axis axis = Axis.alongLine(trial.pick(POINTS, 9));
        Survey survey = new Survey(trial.folder().resolve("lines-" + name));
        try (Network network = one.network(data.shape());
                Network first = one.untrained(data.shape());
                Network elsewhere = other.network(data.shape());
                MeanLoss loss = new MeanLoss(network, model.loss(data.task()), data.train())) {
            Place place = new Place(network);
            float[] end = place.read();
            trial.says("losses along two lines");
            Line fromStart = Line.between(new Place(first).read(), end, axis, loss, Map.of("line", 1), survey);
            Line between = Line.between(end, place.of(elsewhere.weights()), axis, loss, Map.of("line", 2), survey);
            List<Double> falling = losses(fromStart);
            return new Along(
                    name,
                    axis.values(),
                    falling,
                    losses(between),
                    fromStart.rise() / (at(axis, falling, 0) - at(axis, falling, 1)),
                    between.barrier());
        }
    }

    private static Trained trained(Model model, Dataset data, Trial trial, long seed) {
        return trial.train(
                new TrainingConfig(model, new Momentum(), Schedule.constant(RATE), trial.pick(EPOCHS, 2), BATCH, seed),
                data);
    }

    private static List<Double> losses(Line line) {
        return line.scores().stream().map(score -> score.loss()).toList();
    }

    private static double at(Axis axis, List<Double> losses, double t) {
        int nearest = IntStream.range(0, losses.size())
                .boxed()
                .min((a, b) -> Double.compare(Math.abs(axis.at(a) - t), Math.abs(axis.at(b) - t)))
                .orElseThrow();
        return losses.get(nearest);
    }

    @Override
    public Verdict judge(List<Lines> measured) {
        List<Along> all =
                measured.stream().flatMap(one -> one.models().stream()).toList();
        double rise = all.stream().mapToDouble(Along::rise).max().orElseThrow();
        double barrier = all.stream().mapToDouble(Along::barrier).min().orElseThrow();
        String seen =
                "from the start the loss rises by at most %.2f %% of its fall; between two solutions by at least %.2f nats"
                        .formatted(100 * rise, barrier);
        if (rise > SMALL_RISE || barrier < BARRIER) {
            return Verdict.notHere("%s", seen);
        }
        return rise > NO_RISE ? Verdict.withinLimits("a small rise: %s", seen) : Verdict.holds("%s", seen);
    }

    @Override
    public Exhibit exhibit(List<Lines> measured) {
        List<Quantity> numbers = new ArrayList<>();
        List<org.thalweg.lab.svg.Line> fromStart = new ArrayList<>();
        List<org.thalweg.lab.svg.Line> between = new ArrayList<>();
        for (int i = 0; i < MODELS.size(); i++) {
            int which = i;
            String name = MODELS.get(i);
            numbers.add(Quantity.of(
                    "rise from the start, share of the fall, " + name,
                    "",
                    measured,
                    one -> one.models().get(which).rise()));
            numbers.add(Quantity.of(
                    "barrier between two solutions, " + name,
                    "nats",
                    measured,
                    one -> one.models().get(which).barrier()));
            for (Lines one : measured) {
                Along lines = one.models().get(i);
                boolean first = one == measured.getFirst();
                fromStart.add(line(name, lines, lines.fromStart(), i, first));
                between.add(line(name, lines, lines.between(), i, first));
            }
        }
        return new Exhibit(
                numbers,
                List.of(
                        new Chart(
                                "loss from the start (0) to the solution (1)",
                                "nats",
                                "t",
                                Chart.Fit.FROM_ZERO,
                                fromStart),
                        new Chart("loss between two solutions (0, 1)", "nats", "t", Chart.Fit.FROM_ZERO, between)));
    }

    private static org.thalweg.lab.svg.Line line(
            String name, Along lines, List<Double> losses, int colour, boolean listed) {
        Curve curve = Curve.of(IntStream.range(0, losses.size()).boxed().toList(), lines.t()::get, losses::get);
        return new org.thalweg.lab.svg.Line(
                name,
                curve,
                org.thalweg.lab.svg.Line.Style.PLAIN,
                Hue.of(colour).css(),
                listed);
    }
}
