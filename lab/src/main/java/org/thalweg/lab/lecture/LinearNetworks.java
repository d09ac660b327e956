package org.thalweg.lab.lecture;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.curvature.Lanczos;
import org.thalweg.train.curvature.LossSurface.Slope;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.data.MemoryExamples;
import org.thalweg.train.data.Shape;
import org.thalweg.train.loss.Square;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.layer.Linear;

/** Networks of two linear layers without biases, and where descents of one with more weights than examples end. */
public final class LinearNetworks {
    private static final int INPUTS = 40;
    private static final int HIDDEN = 20;
    private static final int EXAMPLES = 20;
    private static final double TRAINED = 1e-6;
    private static final int MOST_STEPS = 20_000;
    /** The largest eigenvalue of the inputs' second moments is about (1 + sqrt(40 / 20))^2; the loss has twice that. */
    private static final double INPUT_CURVATURE = 12;

    private final double[] truth;
    private final double[][] inputs;
    private final double[] answers;
    private final SplittableRandom random;

    /**
     * Where a descent ended.
     *
     * @param scale of the weights at the start, over the root of the fan-in
     * @param sharpness the largest eigenvalue of the training loss's Hessian
     * @param testLoss mean squared error on new inputs, exactly
     */
    public record End(double scale, double trainLoss, double sharpness, double testLoss) {}

    /** Draws a linear function of length 1, and examples of it. */
    LinearNetworks(SplittableRandom random) {
        this.random = random;
        double[] direction = normal(INPUTS, 1);
        double length = Math.sqrt(dot(direction, direction));
        truth = Arrays.stream(direction).map(x -> x / length).toArray();
        inputs = IntStream.range(0, EXAMPLES).mapToObj(i -> normal(INPUTS, 1)).toArray(double[][]::new);
        answers = Arrays.stream(inputs).mapToDouble(x -> dot(truth, x)).toArray();
    }

    /** A network with one output. */
    static Network build(int inputs, int hidden) {
        Model model = new Model("deep-linear", List.of(new Linear(hidden, false), new Linear(1, false)));
        return Network.build(model.plan(Shape.vector(inputs)), 1);
    }

    /** Its mean squared error. */
    static MeanLoss loss(Network network, double[][] inputs, double[] answers) {
        MemorySegment memory = MemoryExamples.floats((long) inputs.length * inputs[0].length);
        for (int i = 0; i < inputs.length; i++) {
            for (int j = 0; j < inputs[i].length; j++) {
                memory.setAtIndex(ValueLayout.JAVA_FLOAT, (long) i * inputs[i].length + j, (float) inputs[i][j]);
            }
        }
        return new MeanLoss(
                network,
                new Square(),
                MemoryExamples.numbers(Shape.vector(inputs[0].length), memory, Seeds.list(answers)));
    }

    /** Ends of descents, some from each size of start. */
    List<End> ends(List<Double> scales, int draws, Trial trial) {
        List<End> ends = new ArrayList<>();
        try (Network network = build(INPUTS, HIDDEN);
                MeanLoss loss = loss(network, inputs, answers)) {
            for (double scale : scales) {
                trial.says("the wide network from starts of size " + scale);
                for (int draw = 0; draw < draws; draw++) {
                    ends.add(end(loss, scale, trial.pick(MOST_STEPS, 200)));
                }
            }
        }
        return ends;
    }

    private End end(MeanLoss loss, double scale, int steps) {
        double[] first = normal(INPUTS * HIDDEN, scale / Math.sqrt(INPUTS));
        double[] second = normal(HIDDEN, scale / Math.sqrt(HIDDEN));
        double[] w = IntStream.range(0, loss.size())
                .mapToDouble(i -> i < first.length ? first[i] : second[i - first.length])
                .toArray();
        double rate = 0.5 / (INPUT_CURVATURE * (2 + 4 * scale * scale));
        Slope slope = loss.slope(w);
        for (int step = 0; step < steps && slope.loss() > TRAINED; step++) {
            for (int i = 0; i < w.length; i++) {
                w[i] -= rate * slope.gradient()[i];
            }
            slope = loss.slope(w);
        }
        double sharpness = new Lanczos(1).of(loss.hessian()).values().getFirst().value();
        return new End(scale, slope.loss(), sharpness, testLoss(w));
    }

    /** Inputs are independent and of variance 1: the squared distance of the two linear functions. */
    private double testLoss(double[] w) {
        double sum = 0;
        for (int input = 0; input < INPUTS; input++) {
            double product = 0;
            for (int hidden = 0; hidden < HIDDEN; hidden++) {
                product += w[INPUTS * HIDDEN + hidden] * w[hidden * INPUTS + input];
            }
            sum += (product - truth[input]) * (product - truth[input]);
        }
        return sum;
    }

    private double[] normal(int count, double deviation) {
        return IntStream.range(0, count)
                .mapToDouble(i -> deviation * random.nextGaussian())
                .toArray();
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
