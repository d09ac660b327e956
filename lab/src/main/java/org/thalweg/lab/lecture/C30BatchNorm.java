package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
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
import org.thalweg.lab.layers.SignalStudy;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.statistics.Interval;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Page;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.schedule.Cosine;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.ready.Models;

/** Batch normalisation removes mean shift, shrinks residual branches, regularises by its noise, and permits larger rates. */
public final class C30BatchNorm implements Claim<C30BatchNorm.Effects> {
    private static final int BATCH = 128;
    private static final int SEEN = 256;

    private static final String DEEP = "resnet:blocks=%d,norm=%s";
    private static final int BLOCKS = 4;
    private static final int DEEP_EPOCHS = 3;
    private static final double ADAM_RATE = 0.002;

    private static final String NOISY = "mlp:width=128,narrowing=1,norm=batch";
    private static final int GHOST = 16;
    private static final int NOISY_EPOCHS = 50;
    private static final List<Double> NOISY_RATES = List.of(0.02, 0.1);

    private static final double MUCH_LESS = 0.1;
    private static final double GROWS = 10;
    private static final double STAYS = 3;
    private static final double FALLS = -0.5;
    private static final double FLAT = -0.25;
    private static final double LARGER = 3;

    /** A network with normalisation or without, before training and after it. */
    public record Deep(ResidualSignal before, ResidualSignal after) {}

    /** What came of a training. */
    public record Loss(double rate, double train, double test) {}

    /**
     * What one seed measures.
     *
     * @param noisy with statistics of few examples
     * @param quiet with those of the whole batch
     */
    public record Effects(Deep with, Deep without, Loss noisy, Loss quiet, List<Rated> rated) {
        boolean noShift() {
            return with.before().relativeShift() < MUCH_LESS * without.before().relativeShift()
                    && with.after().relativeShift()
                            < MUCH_LESS * without.after().relativeShift()
                    && without.before().growth() >= GROWS
                    && with.before().growth() <= STAYS;
        }

        boolean weakBranches() {
            return with.before().lastBranch() < 1 && with.after().lastBranch() < 1;
        }

        boolean largerRates() {
            return rated.stream().allMatch(one -> one.factor() >= LARGER);
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                        "C30",
                        "Batch normalisation removes mean shift, shrinks the residual branch, regularises by the noise of its batches, and permits larger rates",
                        List.of(
                                new Quote(
                                        "KAIST AI602",
                                        "“1. BN eliminates mean-shift … Mean and variance grow exponentially in unnormalized network”"),
                                new Quote(
                                        "KAIST AI602",
                                        "“2. BN downscales the residual branch … This reduces the scale of activations on residual branches at initialization. Biases the signal towards the skip path”"),
                                new Quote(
                                        "KAIST AI602",
                                        "“3. BN has a regularizing effect. Noise in the batch statistics acts as a regularizer”"),
                                new Quote(
                                        "KAIST AI602",
                                        "“4. BN allows efficient large-batch training … This increases the largest stable learning rate”")),
                        """
                        mean shift = average squared channel mean / average channel variance, over examples and places
                        a branch's share = mean square of the branch / mean square of the skip path; with normalisation ~ 1 / number of the block in its stage\
                        """,
                        """
                        Digits; a fifth of the examples for validation, a fifth for the test, batches of 128.
                        (1, 2) The ready ResNet with 16, 32 and 64 channels and 4 blocks in each of 3 stages (26 layers), with batch normalisation and without, seen with 256 training examples before training and after 3 epochs of Adam \
                        at 0.002. Mean shift is taken behind each convolution, with normalisation behind that.
                        (3) A perceptron with two hidden layers of 128 and batch normalisation; statistics of 16 examples each (ghost batches) against those of all 128 in the same batches. A fifth of the examples to train on, \
                        a fifth for validation, the others for the test. Momentum 0.9, 50 epochs, a cosine from the rate of %s with the lower validation loss, each.
                        (4) The ready ConvNet (8 channels, 32 hidden) and a perceptron with two hidden layers of 64, with batch normalisation and without; SGD at constant rates %s, 4 epochs. A rate trains if the loss over the training part \
                        ends below three quarters of guessing, %.2f nats.
                        Each seed draws other parts, weights and batches.\
                        """.formatted(Seeds.words(NOISY_RATES), Seeds.words(Rated.RATES), Rated.LEARNT),
                        """
                        (1) In every seed, with normalisation the mean shift is below a tenth of that without, before and after training, and before training the mean square grows at least tenfold from the first block's output to the \
                        last one's without, and at most threefold with.
                        (2) Before training a branch's share falls over the blocks of a stage, from the second on, with a slope of -0.5 or steeper on logarithmic axes (mean of stages and seeds) with normalisation, and not \
                        steeper than -0.25 without; in every seed, with normalisation, the branch is weaker than the skip path in the last block of every stage, before and after training.
                        (3) With the noisier statistics the mean test loss is lower, by the paired 95 % bootstrap interval, and the mean training loss higher.
                        (4) In every seed the largest rate that trains is at least 3 times as large with normalisation, in both networks.
                        All four: holds. Three: holds within limits. Else it does not hold here.\
                        """)
                .remark(
                        "Behind a normalisation that has not been trained the mean is 0 by definition; what (1) tries there is what the network without it does, and after training whether learnt shifts bring mean shift back. "
                                + "The rates of (4) are a factor of some 3 apart; the largest may be larger than the last one tried.\n"
                                + "What the first run taught. (3) asks too much: in all seeds but one both learn the labels by heart, to training losses about 0.001, where a regulariser need not show; the test loss is lower with the noisier statistics in every "
                                + "seed. (4) looks at losses with running statistics, which may lag behind weights that large rates move fast, and counts half the smallest rate where none trains; in one of the six seeds the ConvNet's largest rate is the same "
                                + "without it, in all the others, and in the perceptron always, it is at least 3 times as large with it.");
    }

    @Override
    public Class<Effects> measurement() {
        return Effects.class;
    }

    @Override
    public int seeds() {
        return 6;
    }

    private static Dataset digits(double validation, double test, Trial trial) {
        return Dataset.of(Corpus.load("digits", Optional.empty()), new Split(validation, test, trial.seed()));
    }

    @Override
    public Effects measure(Trial trial) {
        Dataset data = digits(0.2, 0.2, trial);
        Dataset few = digits(0.2, 0.6, trial);
        return new Effects(
                deep("batch", data, trial),
                deep("none", data, trial),
                noisy(GHOST, few, trial),
                noisy(0, few, trial),
                Rated.NETWORKS.stream()
                        .map(network -> Rated.of(network, data, BATCH, trial))
                        .toList());
    }

    private static Deep deep(String norm, Dataset data, Trial trial) {
        int blocks = trial.pick(BLOCKS, 3);
        trial.says("signals, normalisation: " + norm);
        Model model = Models.named(DEEP.formatted(blocks, norm), data.shape(), data.task());
        boolean normalised = norm.equals("batch");
        Examples seen =
                data.train().select(IntStream.range(0, trial.pick(SEEN, 32)).toArray());
        Exercise exercise = new Exercise(data, model, trial.pick(BATCH, 512), trial.pick(DEEP_EPOCHS, 1), trial.seed());
        List<ResidualSignal> signals = new ArrayList<>();
        try (Network network = Network.build(model.plan(data.shape()), trial.seed())) {
            signals.add(ResidualSignal.of(SignalStudy.of(network, seen), blocks, normalised));
        }
        exercise.train(new Adam(), Schedule.constant(ADAM_RATE), (step, _, network) -> {
            if (step == exercise.steps()) {
                signals.add(ResidualSignal.of(SignalStudy.of(network, seen), blocks, normalised));
            }
        });
        if (signals.size() < 2) {
            throw new IllegalStateException(
                    "the residual network did not get through its training: take a smaller rate");
        }
        return new Deep(signals.getFirst(), signals.getLast());
    }

    /** @param ghost examples that statistics are taken of, or 0 for the whole batch */
    private static Loss noisy(int ghost, Dataset data, Trial trial) {
        Model ready = Models.named(NOISY, data.shape(), data.task());
        List<Layer> layers = ready.layers().stream()
                .<Layer>map(layer -> layer instanceof BatchNorm norm
                        ? new BatchNorm(norm.momentum(), norm.epsilon(), ghost, norm.scale())
                        : layer)
                .toList();
        Model model = new Model(ready.name(), layers, ready.initialisation(), ready.loss(), ready.precision());
        Exercise exercise = new Exercise(data, model, BATCH, trial.pick(NOISY_EPOCHS, 1), trial.seed());
        Tuned<Double, Outcome> best = Tuned.lowest(
                NOISY_RATES,
                rate -> {
                    trial.says("ghost batches of %d, rate %s".formatted(ghost, rate));
                    return exercise.train(new Momentum(), new Cosine(rate, exercise.steps()));
                },
                outcome -> outcome.validation().loss());
        return new Loss(
                best.setting(),
                best.outcome().train().loss(),
                best.outcome().test().loss());
    }

    private static boolean shrinks(List<Effects> measured) {
        return Seeds.mean(measured, one -> one.with().before().slope()) <= FALLS
                && Seeds.mean(measured, one -> one.without().before().slope()) >= FLAT
                && measured.stream().allMatch(Effects::weakBranches);
    }

    @Override
    public Verdict judge(List<Effects> measured) {
        Interval test = Seeds.difference(
                measured, one -> one.noisy().test(), one -> one.quiet().test());
        double train =
                Seeds.mean(measured, one -> one.noisy().train() - one.quiet().train());
        List<Part> parts = List.of(
                new Part("it removes mean shift", measured.stream().allMatch(Effects::noShift)),
                new Part("it shrinks residual branches", shrinks(measured)),
                new Part("its noise regularises", test.high() < 0 && train > 0),
                new Part("it permits larger rates", measured.stream().allMatch(Effects::largerRates)));
        List<String> seen = parts.stream().filter(Part::seen).map(Part::words).toList();
        List<String> unseen =
                parts.stream().filter(part -> !part.seen()).map(Part::words).toList();
        String noise =
                "noisier statistics change the test loss by %.3f to %.3f (95 %%) and the training loss by %.3f nats, and normalisation makes the largest rate at least %.1f times as large"
                        .formatted(test.low(), test.high(), train, leastFactor(measured));
        if (unseen.isEmpty()) {
            return Verdict.holds("all four: %s; %s", String.join(", ", seen), noise);
        }
        String both = "seen: %s; not seen: %s; %s".formatted(String.join(", ", seen), String.join(", ", unseen), noise);
        return unseen.size() == 1 ? Verdict.withinLimits("%s", both) : Verdict.notHere("%s", both);
    }

    private static double leastFactor(List<Effects> measured) {
        return measured.stream()
                .flatMap(one -> one.rated().stream())
                .mapToDouble(Rated::factor)
                .min()
                .orElseThrow();
    }

    private record Part(String words, boolean seen) {}

    @Override
    public Exhibit exhibit(List<Effects> measured) {
        Quantities<Effects> numbers = Quantities.of(measured);
        for (boolean normalised : List.of(true, false)) {
            String name = normalised ? ", with normalisation" : ", without";
            Function<Effects, Deep> arm = one -> arm(one, normalised);
            numbers = numbers.and(
                            "(1) mean shift before training" + name,
                            "",
                            one -> arm.apply(one).before().relativeShift())
                    .and(
                            "(1) the same after training" + name,
                            "",
                            one -> arm.apply(one).after().relativeShift())
                    .and(
                            "(1) growth of the mean square over the blocks" + name,
                            "",
                            one -> arm.apply(one).before().growth())
                    .and(
                            "(2) slope of a branch's share before training" + name,
                            "",
                            one -> arm.apply(one).before().slope())
                    .and(
                            "(2) largest share at a stage's end before training" + name,
                            "",
                            one -> arm.apply(one).before().lastBranch())
                    .and(
                            "(2) the same after training" + name,
                            "",
                            one -> arm.apply(one).after().lastBranch());
        }
        for (boolean noise : List.of(true, false)) {
            String name = noise ? ", statistics of 16" : ", statistics of 128";
            Function<Effects, Loss> arm = one -> noise ? one.noisy() : one.quiet();
            numbers = numbers.and(
                            "(3) rate taken" + name, "", one -> arm.apply(one).rate())
                    .and("(3) test loss" + name, "nats", one -> arm.apply(one).test())
                    .and(
                            "(3) training loss" + name,
                            "nats",
                            one -> arm.apply(one).train());
        }
        for (int i = 0; i < Rated.NETWORKS.size(); i++) {
            int network = i;
            String name = measured.getFirst().rated().get(i).network();
            numbers = numbers.and(
                            "(4) largest rate that trains, with, " + name,
                            "",
                            one -> one.rated().get(network).largestWith())
                    .and(
                            "(4) the same without, " + name,
                            "",
                            one -> one.rated().get(network).largestWithout());
        }
        return new Exhibit(
                numbers.list(),
                List.of(
                        signals(
                                "(1) Mean square of blocks' outputs, before training",
                                measured,
                                deep -> deep.before().powers()),
                        signals(
                                "(2) A branch's share before training",
                                measured,
                                deep -> deep.before().branches())),
                List.of(Page.charts(
                        "In training",
                        List.of(
                                noise(measured),
                                Rated.chart(
                                        measured.stream().map(Effects::rated).toList(), hue(true), hue(false))))));
    }

    private static Deep arm(Effects one, boolean normalised) {
        return normalised ? one.with() : one.without();
    }

    private static Chart signals(String title, List<Effects> measured, Function<Deep, List<Double>> values) {
        List<Line> lines = new ArrayList<>();
        for (boolean normalised : List.of(true, false)) {
            for (Effects one : measured) {
                List<Double> blocks = values.apply(arm(one, normalised));
                lines.add(new Line(
                        name(normalised),
                        Curve.of(IntStream.range(0, blocks.size()).boxed().toList(), i -> i + 1, blocks::get),
                        normalised ? Line.Style.DOTS : Line.Style.SQUARES,
                        hue(normalised).css(),
                        one == measured.getFirst()));
            }
        }
        return new Chart(title, "", "block, from the input on", Chart.Fit.VALUES, lines);
    }

    private static String name(boolean normalised) {
        return normalised ? "with normalisation" : "without";
    }

    private static Hue hue(boolean normalised) {
        return normalised ? Hue.BLUE : Hue.ORANGE;
    }

    private static Chart noise(List<Effects> measured) {
        return new Chart(
                "(3) Loss by the examples that statistics are of",
                "nats",
                "seed",
                Chart.Fit.FROM_ZERO,
                List.of(
                        Seeds.bySeed("test, 16", measured, one -> one.noisy().test(), Line.Style.DOTS, Hue.GREEN),
                        Seeds.bySeed("test, 128", measured, one -> one.quiet().test(), Line.Style.DOTS, Hue.PURPLE),
                        Seeds.bySeed(
                                "training, 16", measured, one -> one.noisy().train(), Line.Style.SQUARES, Hue.GREEN),
                        Seeds.bySeed(
                                "training, 128",
                                measured,
                                one -> one.quiet().train(),
                                Line.Style.SQUARES,
                                Hue.PURPLE)));
    }
}
