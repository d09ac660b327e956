package org.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thalweg.optim.problem.LogisticRegression;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.Schedule;

class SagTest {
    private static final int SIZE = 131;
    private static final long[] EXAMPLES = {64, 64, 64, 17};

    private final Random random = new Random(5);
    private final float[] weights = new float[SIZE];
    private final float[] gradient = new float[SIZE];
    private final List<Parameter> parameters = List.of(Parameter.of("w", weights, gradient));

    private void draw() {
        for (int i = 0; i < SIZE; i++) {
            gradient[i] = (float) random.nextGaussian();
        }
    }

    private static Sag table(List<Parameter> parameters) {
        return new Sag(parameters, EXAMPLES, new Execution());
    }

    private static float[] mean(Sag table) {
        return table.parameters().getFirst().gradient().orElseThrow().toArray(ValueLayout.JAVA_FLOAT);
    }

    /** Algorithm 1 in double precision: the mean is added up from the table anew in each step. */
    @Test
    void follows_the_papers_loop_from_the_first_batch_on() {
        double[][] y = new double[EXAMPLES.length][SIZE];
        BitSet seen = new BitSet();
        double[] expected = new double[SIZE];
        try (Sag table = table(parameters);
                Optimizer optimizer = Optimizer.of(new Sgd(), step -> 0.1 / (1 + step), table.parameters())) {
            for (int step = 0; step < 300; step++) {
                draw();
                int batch = random.nextInt(EXAMPLES.length);
                Arrays.setAll(y[batch], i -> gradient[i]);
                seen.set(batch);
                double m = seen.stream().mapToLong(i -> EXAMPLES[i]).sum();
                for (int i = 0; i < SIZE; i++) {
                    int at = i;
                    double d = seen.stream()
                            .mapToDouble(b -> EXAMPLES[b] * y[b][at])
                            .sum();
                    expected[i] -= 0.1 / (1 + step) * d / m;
                }
                table.put(batch);
                optimizer.step();
                for (int i = 0; i < SIZE; i++) {
                    assertThat((double) weights[i]).isCloseTo(expected[i], within(1e-6));
                }
            }
        }
    }

    /**
     * With the same constant rate SAG's gradient falls by a constant factor each ten epochs until single precision ends it,
     * and SGD's stays where the mini-batches disagree.
     */
    @Test
    void converges_linearly_on_logistic_regression_where_sgd_stalls() {
        LogisticRegression problem = new LogisticRegression();
        double[] sag = norms(problem, true);
        double[] sgd = norms(problem, false);
        for (int i = 1; sag[i - 1] > 1e-6; i++) {
            assertThat(sag[i] / sag[i - 1])
                    .as("after %d0 epochs of %s", i, Arrays.toString(sag))
                    .isLessThan(0.4);
        }
        assertThat(sag[sag.length - 1]).isLessThan(2e-7);
        assertThat(Arrays.stream(sgd).min().orElseThrow()).isGreaterThan(1e-3);
    }

    /** The norm of the whole gradient before each ten epochs. */
    private static double[] norms(LogisticRegression problem, boolean averaged) {
        float[] w = problem.start();
        float[] g = new float[w.length];
        List<Parameter> parameters = List.of(Parameter.of("w", w, g));
        double[] norms = new double[15];
        Random random = new Random(1);
        try (Sag table = new Sag(parameters, LogisticRegression.examples(), new Execution());
                Optimizer optimizer =
                        Optimizer.of(new Sgd(), Schedule.constant(1), averaged ? table.parameters() : parameters)) {
            for (int i = 0; i < norms.length; i++) {
                norms[i] = LogisticRegression.gradientNorm(w);
                for (int step = 0; step < 10 * LogisticRegression.BATCHES; step++) {
                    int batch = random.nextInt(LogisticRegression.BATCHES);
                    problem.gradient(w, batch, g);
                    table.put(batch);
                    optimizer.step();
                }
            }
        }
        return norms;
    }

    @Test
    void any_rule_steps_with_the_mean() {
        float[] twin = weights.clone();
        float[] twinGradient = new float[SIZE];
        String rule = "clip-by-norm:max-norm=0.5 + momentum + weight-decay";
        try (Sag table = table(parameters);
                Optimizer optimizer = Optimizer.of(Rules.parse(rule), Schedule.constant(0.1), table.parameters());
                Optimizer other = Optimizer.of(
                        Rules.parse(rule), Schedule.constant(0.1), List.of(Parameter.of("w", twin, twinGradient)))) {
            for (int step = 0; step < 20; step++) {
                draw();
                table.put(step % EXAMPLES.length);
                System.arraycopy(mean(table), 0, twinGradient, 0, SIZE);
                optimizer.step();
                other.step();
            }
            assertThat(weights).isEqualTo(twin);
        }
    }

    @Test
    void goes_on_from_a_saved_state_with_the_same_bits_also_when_some_batches_were_never_seen() {
        try (Sag one = table(parameters);
                Sag other = table(parameters)) {
            draw();
            other.put(3);
            for (int batch : new int[] {2, 0, 2}) {
                draw();
                one.put(batch);
            }
            OptimizerState saved = one.state();
            assertThat(saved.steps()).isEqualTo(3);
            assertThat(saved.tensors().getOrDefault("w", Map.of())).containsOnlyKeys("mean", "batch-0", "batch-2");
            other.restore(saved);
            for (int batch : new int[] {3, 0, 1, 2, 3, 1}) {
                draw();
                one.put(batch);
                other.put(batch);
                assertThat(mean(other)).isEqualTo(mean(one));
            }
        }
    }

    @Test
    void a_batch_without_a_gradient_counts_as_zero_and_a_parameter_without_any_has_none() {
        boolean[] there = {true};
        Parameter some = Parameter.of(
                "some",
                MemorySegment.ofArray(new float[2]),
                () -> there[0] ? Optional.of(MemorySegment.ofArray(new float[] {4, 8})) : Optional.empty(),
                2);
        Parameter none = Parameter.of("none", MemorySegment.ofArray(new float[2]), Optional::empty, 2);
        try (Sag table = new Sag(List.of(some, none), 2)) {
            table.put(0);
            there[0] = false;
            table.put(1);
            assertThat(mean(table)).containsExactly(2, 4);
            assertThat(table.parameters().getLast().gradient()).isEmpty();
            assertThat(table.state().tensors()).containsOnlyKeys("some");
        }
    }

    @Test
    void says_what_it_takes_and_refuses_what_does_not_fit() {
        assertThat(Sag.bytes(parameters, 100)).isEqualTo(101 * 4 * SIZE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sag(parameters, Integer.MAX_VALUE))
                .withMessageMatching("a table of these mini-batches takes 1125.3 GB, and this machine has .* GB: "
                        + "take fewer and larger ones");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sag(parameters, 0))
                .withMessage("a table needs at least 1 mini-batch, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sag(parameters, new long[] {3, 0}, new Execution()))
                .withMessage("a mini-batch must have at least 1 example, not 0");
    }

    @Test
    void refuses_batches_gradients_and_states_of_others_and_is_then_as_before() {
        draw();
        try (Sag table = table(parameters);
                Sag larger = new Sag(parameters, 9);
                Optimizer momentum = Optimizer.of(new Momentum(), Schedule.constant(1), parameters)) {
            table.put(1);
            float[] before = mean(table);
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> table.put(4))
                    .withMessage("there is no mini-batch 4 in a table of 4");
            larger.put(8);
            for (OptimizerState foreign : List.of(larger.state(), momentum.state())) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> table.restore(foreign))
                        .withMessage("the saved table of parameter w is of another model or of other mini-batches");
            }
            assertThat(mean(table)).isEqualTo(before);
        }
    }
}
