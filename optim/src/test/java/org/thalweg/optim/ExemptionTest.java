package org.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.rule.AveragedSgd;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;

class ExemptionTest {
    private static Parameter parameter(String name, long... shape) {
        int size = 1;
        for (long extent : shape) {
            size *= (int) extent;
        }
        float[] value = new float[size];
        float[] gradient = new float[size];
        for (int i = 0; i < size; i++) {
            value[i] = 1 + i;
            gradient[i] = 0.5f - i;
        }
        return Parameter.of(name, value, gradient, shape);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conv1.bias",
                "layers.3.attention.bias",
                "bias",
                "norm1.weight",
                "encoder/LayerNorm/gamma",
                "bn2.weight",
                "block.ln_1.weight",
                "ln1.weight",
                "batch_norm.scale"
            })
    void biases_and_norms_are_known_by_name(String name) {
        assertThat(Exemption.applies(parameter(name, 2, 3))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"conv1.weight", "linear.weight", "unbiased.weight", "lnx.weight", "w", "bnb.weight", "biases2"})
    void other_matrices_are_weights(String name) {
        assertThat(Exemption.applies(parameter(name, 2, 3))).isFalse();
    }

    @Test
    void vectors_and_scalars_are_exempt_whatever_their_name() {
        assertThat(Exemption.applies(parameter("gain", 4))).isTrue();
        assertThat(Exemption.applies(parameter("temperature"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "adamw, adam",
        "lamb, adam:epsilon=1e-6",
        "lars, momentum:form=rate-inside",
        "weight-decay, sgd",
        "l2 + trust-ratio, sgd",
        "clip-by-global-norm + l2:decay=0.1 + nesterov + weight-decay, clip-by-global-norm + nesterov",
        "larc + momentum, momentum",
        "sgdw, momentum",
        "'adan:beta1=0.9,decay=0.1', adan:beta1=0.9",
        "'novo-grad:decay=0.1', novo-grad",
        "'schedule-free-adamw:decay=0.1', schedule-free-adamw",
        "rms-prop, rms-prop"
    })
    void decay_and_trust_ratio_are_left_out(String rule, String exempted) {
        assertThat(Exemption.exempted(Rules.parse(rule))).isEqualTo(Rules.parse(exempted));
    }

    static List<Rule> ready() {
        return Rules.ready();
    }

    /** Whatever a rule does to weights of its own accord, where there is no gradient it must not depend on their size. */
    @ParameterizedTest
    @MethodSource("ready")
    void what_is_exempt_is_not_drawn_to_zero(Rule rule) {
        float[] large = {1, 1, 1, 1};
        float[] none = new float[4];
        Rule exempted = Exemption.exempted(rule);
        for (float[] weights : List.of(large, none)) {
            Parameter bias = Parameter.of("bias", weights, new float[4]);
            List<ParameterGroup> groups = List.of(new ParameterGroup("exempt", exempted, List.of(bias)));
            steps(groups, 20, Schedule.constant(0.5));
        }
        for (int i = 0; i < 4; i++) {
            assertThat(large[i] - none[i]).isCloseTo(1, within(1e-6f));
        }
    }

    /** Its lambda also lets the rate fall, which biases are not to be exempt from. */
    @Test
    void averaged_sgd_goes_without_decay_at_the_same_rate() {
        double lambda = 0.3;
        float[] p = {2};
        double expected = 2;
        try (Optimizer optimizer = Optimizer.of(
                Exemption.exempted(new AveragedSgd(lambda, 0.75, 1e6)),
                Schedule.constant(0.5),
                List.of(Parameter.of("bias", p, new float[] {1})))) {
            for (int t = 1; t <= 10; t++) {
                optimizer.step();
                expected -= 0.5 / Math.pow(1 + lambda * 0.5 * (t - 1), 0.75);
                assertThat((double) p[0]).isCloseTo(expected, within(1e-6));
            }
        }
    }

    @Test
    void each_group_steps_with_its_own_rule() {
        List<Parameter> parameters = List.of(parameter("w", 2, 3), parameter("w.bias", 2));
        List<Parameter> alone = List.of(parameter("w", 2, 3));
        List<Parameter> bias = List.of(parameter("w.bias", 2));
        Rule rule = new AdamW(0.9, 0.999, 1e-8, 0.3);
        steps(Exemption.groups(rule, parameters));
        steps(List.of(new ParameterGroup("alone", rule, alone)));
        steps(List.of(new ParameterGroup("bias", new Adam(), bias)));
        assertThat(parameters.getFirst().value().mismatch(alone.getFirst().value()))
                .isEqualTo(-1);
        assertThat(parameters.getLast().value().mismatch(bias.getFirst().value()))
                .isEqualTo(-1);
    }

    @Test
    void a_decay_that_is_scheduled_does_not_reach_the_exempt() {
        List<Parameter> parameters = List.of(parameter("w", 2, 3), parameter("w.bias", 2));
        List<Parameter> bias = List.of(parameter("w.bias", 2));
        try (Optimizer optimizer = Optimizer.of(Exemption.groups(new AdamW(), parameters), Schedule.constant(0.1))) {
            optimizer.schedule("decay", Schedule.constant(5));
            optimizer.step();
        }
        try (Optimizer plain = Optimizer.of(new Adam(), Schedule.constant(0.1), bias)) {
            plain.step();
        }
        assertThat(parameters.getLast().value().mismatch(bias.getFirst().value()))
                .isEqualTo(-1);
    }

    /** Both groups' gradients have one norm: sqrt(0.25 + 0.25 + 2.25 + 6.25 + 12.25 + 20.25 + 0.25 + 0.25). */
    @Test
    void the_global_norm_runs_over_weights_and_exempt_together() {
        List<Parameter> parameters = List.of(parameter("w", 2, 3), parameter("w.bias", 2));
        Rule rule = Rules.parse("clip-by-global-norm:max-norm=0.1,epsilon=0 + weight-decay:decay=0");
        try (Optimizer optimizer = Optimizer.of(Exemption.groups(rule, parameters), Schedule.constant(1))) {
            optimizer.step();
        }
        double norm = Math.sqrt(42);
        assertThat((double) parameters.getLast().value().get(ValueLayout.JAVA_FLOAT, 0))
                .isCloseTo(1 - 0.5 * 0.1 / norm, within(1e-7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"l2 + clip-by-global-norm", "adamw + clip-by-global-norm"})
    void a_norm_over_what_only_weights_have_is_refused(String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Exemption.groups(Rules.parse(rule), List.of(parameter("w", 2, 3))))
                .withMessageEndingWith("put the clipping first");
    }

    @Test
    void a_group_without_parameters_is_left_out() {
        assertThat(Exemption.groups(new AdamW(), List.of(parameter("w", 2, 3)))).hasSize(1);
        assertThat(Exemption.groups(new AdamW(), List.of(parameter("b", 3)))).hasSize(1);
    }

    /** Multipliers belong to the groups and not to the state, so a resumed optimizer has those it is made with. */
    @Test
    void group_multipliers_are_kept_across_resume() {
        List<Parameter> straight = List.of(parameter("w", 2, 3), parameter("w.bias", 2));
        List<Parameter> resumed = List.of(parameter("w", 2, 3), parameter("w.bias", 2));
        Schedule rate = Schedule.cosine(0.1, 9);
        try (Optimizer optimizer = Optimizer.of(multiplied(straight), rate)) {
            for (int i = 0; i < 9; i++) {
                optimizer.step();
            }
        }
        OptimizerState saved;
        try (Optimizer optimizer = Optimizer.of(multiplied(resumed), rate)) {
            for (int i = 0; i < 4; i++) {
                optimizer.step();
            }
            saved = optimizer.state();
        }
        try (Optimizer optimizer = Optimizer.of(multiplied(resumed), rate)) {
            optimizer.restore(saved);
            for (int i = 4; i < 9; i++) {
                optimizer.step();
            }
        }
        for (int i = 0; i < 2; i++) {
            assertThat(resumed.get(i).value().mismatch(straight.get(i).value())).isEqualTo(-1);
        }
        List<Parameter> single = List.of(parameter("w", 2, 3), parameter("w.bias", 2));
        steps(Exemption.groups(new AdamW(), single), 9, rate);
        assertThat(single.getLast().value().mismatch(straight.getLast().value()))
                .isNotEqualTo(-1);
    }

    private static List<ParameterGroup> multiplied(List<Parameter> parameters) {
        return Exemption.groups(new AdamW(), parameters).stream()
                .map(group -> new ParameterGroup(
                        group.name(), group.rule(), group.name().equals("weights") ? 1 : 2.5, group.parameters()))
                .toList();
    }

    private static void steps(List<ParameterGroup> groups) {
        steps(groups, 5, Schedule.constant(0.1));
    }

    private static void steps(List<ParameterGroup> groups, int count, Schedule rate) {
        try (Optimizer optimizer = Optimizer.of(groups, rate)) {
            for (int i = 0; i < count; i++) {
                optimizer.step();
            }
        }
    }
}
