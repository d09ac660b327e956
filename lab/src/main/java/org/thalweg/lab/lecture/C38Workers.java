package org.thalweg.lab.lecture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Crew;
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
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.SavedRun;
import org.thalweg.train.Sharing;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.ready.Models;

/** Several synchronous workers do what one does with a batch as large as theirs together. */
public final class C38Workers implements Claim<C38Workers.Distances> {
    private static final List<Integer> WORKERS = List.of(2, 4);
    private static final int BATCH = 64;
    private static final double RATE = 0.02;
    private static final int EPOCHS = 2;
    private static final double ROUNDING = 1e-4;
    private static final double SEEN = 0.01;

    /**
     * How far from one worker's weights a training ends, over how far those went.
     *
     * @param workers how many
     * @param plain a perceptron
     * @param own a residual network whose batch normalisation takes statistics of each worker's piece
     * @param whole the same with statistics of the whole batch
     * @param piece a perceptron of one worker alone whose batch is only as large as a piece
     */
    public record Distance(int workers, double plain, double own, double whole, double piece) {}

    /** What one seed measures: one for each number of workers. */
    public record Distances(List<Distance> each) {
        double most(ToDoubleFunction<Distance> number) {
            return each.stream().mapToDouble(number).max().orElseThrow();
        }

        double least(ToDoubleFunction<Distance> number) {
            return each.stream().mapToDouble(number).min().orElseThrow();
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                        "C38",
                        "M synchronous workers with batches of B equal one worker with a batch of M B",
                        List.of(
                                new Quote(
                                        "NTU CE7454",
                                        "“Multiple processes (total number = M) use RNGs sharing the same seed when shuffling the dataset. Based on its process id, a"
                                                + " process uses one batch of size B every M batches. The gradients from M processes are averaged and the model is"
                                                + " updated once (synchronization). Equivalent to a global batch size of MB”"),
                                new Quote(
                                        "Ginsburg CS217",
                                        "“Ultra-fast training = Large Scale Data-parallel Synchronous SGD”")),
                        """
                1/M sum_m (1/B sum_{i in B_m} grad l_i(w)) = 1/(M B) sum_i grad l_i(w);   distance = |w_M - w_1| / |w_1 - w_start|\
                """,
                        """
                Digits, momentum 0.9 at a rate of 0.02, 2 epochs in batches of 64 for all workers together: one worker, and 2 and 4 that sum their gradients \
                over the loopback. A perceptron with 64 hidden units, whose loss is a mean over examples; and the ready residual network, in which batch normalisation \
                makes examples depend on each other: with statistics of each worker's own piece, and with those of the whole batch. Beside them a single worker \
                with batches of 32 and 16, which is what M workers are not. All weights in float32. Each seed draws other parts, weights and batches.\
                """,
                        """
                The perceptron's distance is at most 1e-4, what sums in another order leave of float32, for all numbers of workers and seeds, and that of \
                the single worker with a piece at least 0.01: with the residual network's at most 1e-4 as well where statistics are of each worker's piece: holds. \
                With the perceptron's alone: holds within limits, and the distances with each worker's and with all workers' statistics are told. Else it does not hold here.\
                """)
                .remark(
                        "With statistics of the whole batch the residual network should end where one worker does, but for rounding. Rounding grows in"
                                + " it, probably since a ReLU's derivative jumps where its input changes its sign: with group normalisation, which knows nothing"
                                + " of a batch, 2 workers were seen 5e-7 of the way off after one epoch and 4 workers 4e-3. The ready ConvNet with batch"
                                + " normalisation over the whole batch stayed within 6e-7 over two epochs (one seed, outside of the criterion).");
    }

    @Override
    public Class<Distances> measurement() {
        return Distances.class;
    }

    @Override
    public int seeds() {
        return 3;
    }

    @Override
    public Distances measure(Trial trial) {
        Dataset data = Dataset.of(Corpus.load("digits"), new Split(trial.seed()));
        Model perceptron = Model.mlp(data.task().outputs(), 64);
        TrainingConfig plain = config(perceptron, BATCH, trial);
        Ends alone = new Ends(plain, data, trial);
        Optional<Ends> residual = trial.pick(true, false)
                ? Optional.of(new Ends(
                        config(Models.named("resnet:channels=8", data.shape(), data.task()), BATCH, trial),
                        data,
                        trial))
                : Optional.empty();
        List<Distance> each = new ArrayList<>();
        for (int workers : trial.pick(WORKERS, List.of(2))) {
            each.add(new Distance(
                    workers,
                    alone.distance(workers, plain),
                    residual.map(it -> it.distance(workers, it.config())).orElse(0.0),
                    residual.map(it -> it.distance(workers, it.config().with(Sharing.PLAIN.with(Sharing.Norms.SYNC))))
                            .orElse(0.0),
                    alone.distance(1, config(perceptron, BATCH / workers, trial))));
        }
        return new Distances(each);
    }

    private static TrainingConfig config(Model model, int batch, Trial trial) {
        return new TrainingConfig(
                model, new Momentum(), Schedule.constant(RATE), trial.pick(EPOCHS, 1), batch, trial.seed());
    }

    /** Where one worker's training begins and ends. */
    private static final class Ends {
        private final TrainingConfig config;
        private final Dataset data;
        private final Trial trial;
        private final float[] start;
        private final float[] end;

        Ends(TrainingConfig config, Dataset data, Trial trial) {
            this.config = config;
            this.data = data;
            this.trial = trial;
            try (Network untrained = Network.build(config.model().plan(data.shape()), config.seed())) {
                start = Exercise.weights(untrained);
            }
            end = trained(1, config);
        }

        TrainingConfig config() {
            return config;
        }

        double distance(int workers, TrainingConfig other) {
            return length(trained(workers, other), end) / length(end, start);
        }

        private float[] trained(int workers, TrainingConfig wanted) {
            trial.says("%s, %d workers, batch %d".formatted(wanted.model().name(), workers, wanted.batch()));
            Path run = new Crew(workers).train(wanted, data, trial.folder(), trial.watcher());
            try (Network network = SavedRun.read(run).network(run, data.shape())) {
                return Exercise.weights(network);
            }
        }

        private static double length(float[] a, float[] b) {
            double squares = 0;
            for (int i = 0; i < a.length; i++) {
                squares += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
            }
            return Math.sqrt(squares);
        }
    }

    @Override
    public Verdict judge(List<Distances> measured) {
        double plain = most(measured, Distance::plain);
        double own = most(measured, Distance::own);
        double piece = measured.stream()
                .mapToDouble(one -> one.least(Distance::piece))
                .min()
                .orElseThrow();
        String seen =
                "the perceptron's distance is at most %.1e, and at least %.2f with a piece alone; the residual network's is at most %.1e with statistics of each worker's piece and %.1e with those of the whole batch"
                        .formatted(plain, piece, own, most(measured, Distance::whole));
        if (!(plain <= ROUNDING && piece >= SEEN)) {
            return Verdict.notHere("%s", seen);
        }
        return own <= ROUNDING
                ? Verdict.holds("%s", seen)
                : Verdict.withinLimits("where examples do not depend on each other: %s", seen);
    }

    private static double most(List<Distances> measured, ToDoubleFunction<Distance> number) {
        return measured.stream().mapToDouble(one -> one.most(number)).max().orElseThrow();
    }

    @Override
    public Exhibit exhibit(List<Distances> measured) {
        List<Quantity> numbers = new ArrayList<>();
        for (int i = 0; i < measured.getFirst().each().size(); i++) {
            int which = i;
            String workers =
                    ", %d workers".formatted(measured.getFirst().each().get(i).workers());
            add(numbers, "perceptron" + workers, measured, which, Distance::plain);
            add(numbers, "residual network, own statistics" + workers, measured, which, Distance::own);
            add(numbers, "residual network, statistics of all" + workers, measured, which, Distance::whole);
            add(numbers, "one worker with a piece" + workers, measured, which, Distance::piece);
        }
        return new Exhibit(
                numbers,
                List.of(new Chart(
                        "greatest distance from one worker's weights, as a share of the way",
                        "",
                        "seed",
                        Chart.Fit.VALUES,
                        List.of(
                                Seeds.bySeed(
                                        "perceptron",
                                        measured,
                                        one -> one.most(Distance::plain),
                                        Line.Style.DOTS,
                                        Hue.BLUE),
                                Seeds.bySeed(
                                        "residual network, own statistics",
                                        measured,
                                        one -> one.most(Distance::own),
                                        Line.Style.SQUARES,
                                        Hue.ORANGE),
                                Seeds.bySeed(
                                        "residual network, statistics of all",
                                        measured,
                                        one -> one.most(Distance::whole),
                                        Line.Style.SQUARES,
                                        Hue.GREEN),
                                Seeds.bySeed(
                                        "one worker with a piece",
                                        measured,
                                        one -> one.most(Distance::piece),
                                        Line.Style.DOTS,
                                        Hue.INK)))));
    }

    private static void add(
            List<Quantity> numbers,
            String name,
            List<Distances> measured,
            int which,
            ToDoubleFunction<Distance> distance) {
        numbers.add(Quantity.of(
                name,
                "of the way",
                measured,
                one -> distance.applyAsDouble(one.each().get(which))));
    }
}
