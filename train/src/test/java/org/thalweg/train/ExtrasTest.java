package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.average.Ema;
import org.thalweg.optim.average.Lookahead;
import org.thalweg.optim.average.PolyakAverage;
import org.thalweg.optim.average.Swa;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.optim.sharpness.Asam;
import org.thalweg.optim.sharpness.Sam;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.run.Safetensors;

class ExtrasTest {
    private static final Model MLP = Model.mlp(10, 16);
    private static final Model NORMALISED =
            new Model("normalised", List.of(new Linear(12), new BatchNorm(), new Relu(), new Linear(10)));

    private static Dataset digits;

    @TempDir
    Path runs;

    @BeforeAll
    static void load() {
        digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0, 0.2, 1));
    }

    /** A network, its optimizer and batches; the network's weights after a few steps. */
    private static float[] after(int steps, Model model, Rule rule, int batch, Extras extras) {
        try (Network network = Network.build(model.plan(digits.shape()), 4);
                Optimizer optimizer = Optimizer.of(extras.groups(rule, network.parameters()), Schedule.constant(0.1));
                Batches batches = new Batches(digits.train(), batch);
                TrainingStep step = new TrainingStep(network, optimizer, new CrossEntropy(), extras)) {
            var iterator = batches.shuffled(1, 1).iterator();
            for (int i = 0; i < steps; i++) {
                step.run(iterator.next());
            }
            return weights(network);
        }
    }

    private static float[] weights(Network network) {
        List<float[]> all = network.parameters().stream()
                .map(p -> p.value().toArray(ValueLayout.JAVA_FLOAT))
                .toList();
        float[] joined =
                new float[all.stream().mapToInt(values -> values.length).sum()];
        int at = 0;
        for (float[] values : all) {
            System.arraycopy(values, 0, joined, at, values.length);
            at += values.length;
        }
        return joined;
    }

    /** The clip is far below each part's norm: clipped part by part, the parts would count by direction alone. */
    @Test
    void a_batch_in_parts_makes_the_step_of_the_whole_batch_also_when_clipped() {
        Rule rule = Rules.parse("clip-by-global-norm:max-norm=0.01 + momentum");
        for (int parts : new int[] {2, 3, 7}) {
            float[] whole = after(5, MLP, rule, 33, Extras.NONE);
            float[] inParts = after(5, MLP, rule, 33, Extras.NONE.withParts(parts));
            assertThat(distance(whole, inParts)).isLessThan(1e-6);
        }
        assertThat(distance(after(5, MLP, rule, 33, Extras.NONE), after(0, MLP, rule, 33, Extras.NONE)))
                .isGreaterThan(1e-3);
    }

    private static double distance(float[] one, float[] other) {
        double square = 0;
        for (int i = 0; i < one.length; i++) {
            square += Math.pow((double) one[i] - other[i], 2);
        }
        return Math.sqrt(square);
    }

    @Test
    void parts_that_the_batch_does_not_have_are_refused() {
        assertRefused(config(MLP, 1).with(Extras.NONE.withParts(33)), "a batch of 32 examples cannot go through in 33");
        assertRefused(config(NORMALISED, 1).with(Extras.NONE.withParts(32)), "pieces of it, of 2 or more");
        assertThatIllegalArgumentException().isThrownBy(() -> Extras.NONE.withParts(0));
        TrainingConfig clipped =
                new TrainingConfig(MLP, Rules.parse("adamw + clip-by-global-norm"), Schedule.constant(0.01), 1, 32, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> clipped.with(Extras.NONE.withExempt(true)));
        assertThat(runs).isEmptyDirectory();
    }

    private void assertRefused(TrainingConfig config, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Training.run(config, digits, runs, TrainingListener.NONE))
                .withMessageContaining(message);
    }

    private static TrainingConfig config(Model model, int epochs) {
        return new TrainingConfig(model, new AdamW(), Schedule.constant(0.01), epochs, 32, 1);
    }

    /** One step of SAM with SGD by hand: gradient, up, gradient, back, down. */
    @Test
    void sam_descends_by_the_gradient_from_the_height() {
        float[] sam = after(1, MLP, new Sgd(), 64, Extras.NONE.withSharpness(new Sam(0.5)));
        float[] plain = after(1, MLP, new Sgd(), 64, Extras.NONE);
        try (Network network = Network.build(MLP.plan(digits.shape()), 4);
                Batches batches = new Batches(digits.train(), 64)) {
            Batch batch = batches.shuffled(1, 1).iterator().next();
            BatchGradient gradient = new BatchGradient(
                    network, new CrossEntropy(), Accumulation.WHOLE, new GradientExchange.Alone(network));
            float[] start = weights(network);
            gradient.take(batch);
            float[] slope = gradients(network);
            double norm = distance(slope, new float[slope.length]);
            set(network, start, slope, 0.5 / norm);
            gradient.take(batch);
            float[] high = gradients(network);
            set(network, start, high, -0.1);
            float[] expected = weights(network);
            assertThat(distance(sam, expected)).isLessThan(1e-6);
            assertThat(distance(sam, plain)).isGreaterThan(1e-3);
        }
    }

    private static float[] gradients(Network network) {
        float[] all = weights(network);
        int at = 0;
        for (Parameter parameter : network.parameters()) {
            float[] values = parameter.gradient().orElseThrow().toArray(ValueLayout.JAVA_FLOAT);
            System.arraycopy(values, 0, all, at, values.length);
            at += values.length;
        }
        return all;
    }

    /** Sets the weights to {@code start + factor * direction}. */
    private static void set(Network network, float[] start, float[] direction, double factor) {
        int at = 0;
        for (Parameter parameter : network.parameters()) {
            for (long i = 0; i < parameter.size(); i++, at++) {
                parameter.value().setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (start[at] + factor * direction[at]));
            }
        }
    }

    @Test
    void the_way_up_leaves_no_trace_in_the_running_statistics() {
        List<float[]> means = new ArrayList<>();
        for (Extras extras : List.of(Extras.NONE, Extras.NONE.withSharpness(new Asam()))) {
            try (Network network = Network.build(NORMALISED.plan(digits.shape()), 4);
                    Optimizer optimizer = Optimizer.of(new Sgd(), Schedule.constant(0), network.parameters());
                    Batches batches = new Batches(digits.train(), 32);
                    TrainingStep step = new TrainingStep(network, optimizer, new CrossEntropy(), extras)) {
                step.run(batches.inOrder().iterator().next());
                means.add(statistics(network, "running_mean"));
            }
        }
        assertThat(means.getLast()).isEqualTo(means.getFirst());
    }

    private static float[] statistics(Network network, String which) {
        return Objects.requireNonNull(network.weights().get("norm1." + which))
                .data()
                .toArray(ValueLayout.JAVA_FLOAT);
    }

    /** With averaged weights, batch normalisation's statistics are the means over all batches at those weights. */
    @Test
    void statistics_are_taken_again_for_the_average_and_come_back() {
        try (Network network = Network.build(NORMALISED.plan(digits.shape()), 4);
                Optimizer optimizer = Optimizer.of(new Sgd(), Schedule.constant(0.5), network.parameters());
                Batches batches = new Batches(digits.train(), 100);
                TrainingStep step = new TrainingStep(
                        network, optimizer, new CrossEntropy(), Extras.NONE.withAverage(new Swa(3, 2)))) {
            for (Batch batch : batches.shuffled(1, 1)) {
                step.run(batch);
            }
            float[] weights = weights(network);
            float[] mean = statistics(network, "running_mean");
            float[] variance = statistics(network, "running_var");
            try (var _ = step.swapInAverage(batches.inOrder())) {
                assertThat(distance(weights(network), weights)).isGreaterThan(1e-3);
                double[][] expected = plainStatistics(network, 100);
                for (int unit = 0; unit < 12; unit++) {
                    assertThat((double) statistics(network, "running_mean")[unit])
                            .isCloseTo(expected[0][unit], within(1e-5));
                    assertThat((double) statistics(network, "running_var")[unit])
                            .isCloseTo(expected[1][unit], within(1e-5 * expected[1][unit]));
                }
                assertThat(distance(statistics(network, "running_mean"), mean)).isGreaterThan(0.01);
            }
            assertThat(weights(network)).isEqualTo(weights);
            assertThat(statistics(network, "running_mean")).isEqualTo(mean);
            assertThat(statistics(network, "running_var")).isEqualTo(variance);
            step.run(batches.inOrder().iterator().next());
            float[] later = statistics(network, "running_mean");
            assertThat(distance(later, mean)).isPositive();
        }
    }

    /** Means over batches of each unit's mean and unbiased variance after the first layer, in double precision. */
    private static double[][] plainStatistics(Network network, int size) {
        float[] w = network.parameters().get(0).value().toArray(ValueLayout.JAVA_FLOAT);
        float[] b = network.parameters().get(1).value().toArray(ValueLayout.JAVA_FLOAT);
        var examples = digits.train();
        int count = examples.count();
        int batches = (count + size - 1) / size;
        double[][] statistics = new double[2][12];
        float[] pixels = new float[64];
        for (int unit = 0; unit < 12; unit++) {
            for (int batch = 0; batch < batches; batch++) {
                int from = batch * size;
                int to = Math.min(count, from + size);
                double sum = 0;
                double square = 0;
                for (int example = from; example < to; example++) {
                    examples.input(example, MemorySegment.ofArray(pixels));
                    double x = b[unit];
                    for (int i = 0; i < 64; i++) {
                        x += (double) w[unit * 64 + i] * pixels[i];
                    }
                    sum += x;
                    square += x * x;
                }
                int n = to - from;
                statistics[0][unit] += sum / n / batches;
                statistics[1][unit] += (square - sum * sum / n) / (n - 1) / batches;
            }
        }
        return statistics;
    }

    /** What is saved is what was scored: the average, with its own statistics. */
    @Test
    void a_run_scores_and_saves_its_average() throws IOException {
        TrainingConfig config = config(NORMALISED, 3).with(Extras.NONE.withAverage(new Ema(0.98)));
        TrainingResult averaged = Training.run(config, digits, runs, TrainingListener.NONE);
        TrainingResult plain = Training.run(config(NORMALISED, 3), digits, runs, TrainingListener.NONE);
        assertThat(averaged.testLoss()).isNotEqualTo(plain.testLoss());
        assertThat(averaged.trainLoss()).isEqualTo(plain.trainLoss());
        try (Network network = Network.build(NORMALISED.plan(digits.shape()), 99);
                Evaluation evaluation = new Evaluation(network, digits.test())) {
            network.load(Safetensors.read(averaged.run().resolve("weights.safetensors")));
            Score score = evaluation.score();
            assertThat(new Score(score.loss(), score.accuracy()))
                    .isEqualTo(new Score(averaged.testLoss(), averaged.testAccuracy()));
        }
        assertThat(Files.readString(averaged.run().resolve("config.json"))).contains("ema:0.98,corrected");
    }

    @Test
    void everything_together_learns_the_digits_and_repeats_to_the_bit() throws IOException {
        Extras all = Extras.NONE
                .withAverage(new PolyakAverage(45))
                .withLookahead(new Lookahead())
                .withSharpness(new Sam())
                .withParts(2)
                .withExempt(true)
                .withOnNonFinite(OnNonFinite.SKIP);
        TrainingResult first = Training.run(config(NORMALISED, 3).with(all), digits, runs, TrainingListener.NONE);
        TrainingResult second = Training.run(config(NORMALISED, 3).with(all), digits, runs, TrainingListener.NONE);
        assertThat(first.testAccuracy()).isGreaterThan(0.85);
        assertThat(Files.mismatch(
                        first.run().resolve("weights.safetensors"), second.run().resolve("weights.safetensors")))
                .isEqualTo(-1);
        assertThat(first.skippedSteps()).isZero();
    }

    @Test
    void lookahead_starts_the_rule_again_from_the_slow_weights() {
        float[] ahead = after(5, MLP, new Sgd(), 32, Extras.NONE.withLookahead(new Lookahead(5, 0.25)));
        float[] start = after(0, MLP, new Sgd(), 32, Extras.NONE);
        float[] plain = after(5, MLP, new Sgd(), 32, Extras.NONE);
        for (int i = 0; i < start.length; i++) {
            assertThat(ahead[i]).isCloseTo(start[i] + 0.25f * (plain[i] - start[i]), within(1e-6f));
        }
    }

    @Test
    void exemption_reaches_biases_and_normalisation_alone() {
        try (Network network = Network.build(NORMALISED.plan(digits.shape()), 4)) {
            var groups = Extras.NONE.withExempt(true).groups(new AdamW(), network.parameters());
            assertThat(groups).hasSize(2);
            assertThat(groups.getFirst().parameters().stream().map(Parameter::name))
                    .containsExactly("linear1.weight", "linear2.weight");
            assertThat(groups.getLast().parameters().stream().map(Parameter::name))
                    .containsExactly("linear1.bias", "norm1.weight", "norm1.bias", "linear2.bias");
        }
    }

    /** A weight so large that the loss overflows; then the right one again. */
    @Test
    void a_step_that_is_not_finite_is_skipped_and_counted_and_changes_nothing() {
        Extras extras = Extras.NONE
                .withOnNonFinite(OnNonFinite.SKIP)
                .withAverage(new Ema())
                .withSharpness(new Sam());
        try (Network network = Network.build(MLP.plan(digits.shape()), 4);
                Optimizer optimizer = Optimizer.of(new AdamW(), Schedule.constant(0.1), network.parameters());
                Batches batches = new Batches(digits.train(), 32);
                TrainingStep step = new TrainingStep(network, optimizer, new CrossEntropy(), extras)) {
            Batch batch = batches.inOrder().iterator().next();
            assertThat(step.run(batch)).isPresent();
            var weight = network.parameters().getFirst().value();
            float right = weight.getAtIndex(ValueLayout.JAVA_FLOAT, 20);
            weight.setAtIndex(ValueLayout.JAVA_FLOAT, 20, Float.POSITIVE_INFINITY);
            float[] before = weights(network);
            Map<String, Map<String, float[]>> state = optimizer.state().tensors();
            assertThat(step.run(batch)).isEmpty();
            assertThat(weights(network)).isEqualTo(before);
            assertThat(optimizer.state().tensors()).usingRecursiveComparison().isEqualTo(state);
            assertThat(optimizer.steps()).isEqualTo(1);
            assertThat(step.skipped()).isEqualTo(1);
            weight.setAtIndex(ValueLayout.JAVA_FLOAT, 20, right);
            assertThat(step.run(batch)).isPresent();
            assertThat(optimizer.steps()).isEqualTo(2);
        }
    }

    @Test
    void a_run_that_only_skips_ends() {
        TrainingConfig config = new TrainingConfig(MLP, new Sgd(), Schedule.constant(1e30), 3, 32, 1)
                .with(Extras.NONE.withOnNonFinite(OnNonFinite.SKIP));
        List<Long> steps = new ArrayList<>();
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> Training.run(config, digits, runs, new TrainingListener() {
                    @Override
                    public void stepped(StepMetrics metrics) {
                        steps.add(metrics.step());
                    }
                }));
        assertThat(steps).containsExactly(1L);
    }
}
