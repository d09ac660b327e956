package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantity;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.layers.LayersStudy;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Node;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Table;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.ready.Models;

/** At the start, gradients are not equally large beside the weights of every layer. */
public final class C21GradientRatios implements Claim<C21GradientRatios.Ratios> {
    private static final List<String> MODELS = List.of("mlp", "convnet", "resnet");
    private static final int EXAMPLES = 1_024;

    private static final double TWO_ORDERS = 100;
    private static final double ONE_ORDER = 10;

    /**
     * A network before its first step.
     *
     * @param tensors names of weights and biases, from the input on; those whose value is 0 at the start are left out
     * @param ratios Euclidean norm of the value over that of the gradient, for each
     */
    public record Start(String model, List<String> tensors, List<Double> ratios) {
        double factor() {
            return ratios.stream().mapToDouble(Double::doubleValue).max().orElseThrow()
                    / ratios.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        }
    }

    /** What one seed measures. */
    public record Ratios(List<Start> networks) {}

    @Override
    public Statement statement() {
        return new Statement(
                "C21",
                "The ratios of weights to gradients differ by orders of magnitude between layers at the start",
                List.of(
                        new Quote(
                                "NTU CE7454",
                                "“Gradient magnitudes differ at different network locations. Thus, optimization happens at different"
                                        + " rates.” Table 2: from 5.76 (conv1.w) to 1345 (fc6.w) in AlexNet-BN"),
                        new Quote(
                                "Ginsburg CS217",
                                "gradient-weight ratios of different layers, AlexNet, 16k batch, first epoch"),
                        new Quote(
                                "KAIST AI602",
                                "“For LB training, weight-gradient ratio appears differently across layers!”")),
                "|w| / |dL/dw| of every weight and bias tensor, Euclidean norms",
                """
                An MLP (256 and 128 hidden), the ready ConvNet and the ready ResNet with batch normalisation, as they are before the first step, on \
                digits; the gradient of the mean loss over 1,024 training examples. Tensors that begin at 0 have no ratio.\
                """,
                """
                Holds if in every network and for every seed the largest ratio is at least 100 times the smallest; within limits if \
                it is at least 10 times.\
                """);
    }

    @Override
    public Class<Ratios> measurement() {
        return Ratios.class;
    }

    @Override
    public int seeds() {
        return 5;
    }

    @Override
    public Ratios measure(Trial trial) {
        Engine.start();
        Dataset data = Dataset.of(Corpus.load("digits"), new Split(trial.seed()));
        int[] rows = IntStream.range(0, trial.pick(EXAMPLES, 64)).toArray();
        List<Start> networks = new ArrayList<>();
        for (String name : MODELS) {
            trial.says(name);
            Model model = name.equals("mlp")
                    ? Model.mlp(data.task().outputs(), 256, 128)
                    : Models.named(name, data.shape(), data.task());
            try (Network network = Network.build(model.plan(data.shape()), trial.seed())) {
                networks.add(start(
                        name,
                        LayersStudy.statistics(
                                        network,
                                        model.loss(data.task()),
                                        data.train().select(rows),
                                        trial.seed())
                                .ratios()));
            }
        }
        return new Ratios(networks);
    }

    /** @param gradients over weights */
    private static Start start(String name, SequencedMap<String, Double> gradients) {
        Start start = new Start(name, new ArrayList<>(), new ArrayList<>());
        gradients.forEach((tensor, ratio) -> {
            if (Double.isFinite(ratio) && ratio > 0) {
                start.tensors().add(tensor);
                start.ratios().add(1 / ratio);
            }
        });
        return start;
    }

    @Override
    public Verdict judge(List<Ratios> measured) {
        Start least = measured.stream()
                .flatMap(one -> one.networks().stream())
                .min((a, b) -> Double.compare(a.factor(), b.factor()))
                .orElseThrow();
        String seen = "the largest ratio is at least %s times the smallest, seen in %s"
                .formatted(Numbers.text(least.factor()), least.model());
        if (least.factor() >= TWO_ORDERS) {
            return Verdict.holds("%s", seen);
        }
        return least.factor() >= ONE_ORDER
                ? Verdict.withinLimits("one order of magnitude, not several: %s", seen)
                : Verdict.notHere("%s", seen);
    }

    @Override
    public Exhibit exhibit(List<Ratios> measured) {
        List<Quantity> numbers = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        List<Node> tables = new ArrayList<>();
        for (int i = 0; i < MODELS.size(); i++) {
            int which = i;
            String name = MODELS.get(i);
            numbers.add(Quantity.of(
                    "largest ratio over the smallest, " + name,
                    "",
                    measured,
                    one -> one.networks().get(which).factor()));
            for (Ratios one : measured) {
                List<Double> ratios = one.networks().get(i).ratios();
                Curve curve = Curve.of(
                        IntStream.range(0, ratios.size()).boxed().toList(),
                        place -> place / (double) (ratios.size() - 1),
                        ratios::get);
                lines.add(new Line(name, curve, Line.Style.DOTS, Hue.of(i).css(), one == measured.getFirst()));
            }
            tables.add(table(measured.getFirst().networks().get(i)));
        }
        Chart chart = new Chart(
                "|w| / |dL/dw| of every tensor before the first step",
                "",
                "place in the network, from input (0) to output (1)",
                Chart.Fit.VALUES,
                lines);
        Element all = Page.section(
                "Every tensor, first seed", Element.of("div", tables).classed("grid2"));
        return new Exhibit(numbers, List.of(chart), List.of(all));
    }

    private static Element table(Start network) {
        return new Table(
                        List.of(network.model(), "|w| / |dL/dw|"),
                        IntStream.range(0, network.tensors().size())
                                .mapToObj(i -> List.of(
                                        network.tensors().get(i),
                                        Numbers.text(network.ratios().get(i))))
                                .toList())
                .element();
    }
}
