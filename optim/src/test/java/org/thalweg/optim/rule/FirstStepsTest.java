package org.thalweg.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.schedule.Schedule;

/** What is easily got wrong in a rule's first steps, at a switch, or where there is nothing to divide by. */
class FirstStepsTest {
    /** A few weights that a rule is led along by given gradients. */
    private static final class Path implements AutoCloseable {
        private final float[] value;
        private final float[] gradient;
        private final Optimizer optimizer;

        Path(Rule rule, Schedule rate, float... start) {
            value = start.clone();
            gradient = new float[start.length];
            optimizer = Optimizer.of(rule, rate, List.of(Parameter.of("p", value, gradient)));
        }

        float[] step(float... gradients) {
            System.arraycopy(gradients, 0, gradient, 0, gradients.length);
            optimizer.step();
            return value.clone();
        }

        double scalar(String name) {
            return Objects.requireNonNull(
                    optimizer.state().scalars().getOrDefault("p", Map.of()).get(name));
        }

        float[] state(String name) {
            return Objects.requireNonNull(
                    optimizer.state().tensors().getOrDefault("p", Map.of()).get(name));
        }

        @Override
        public void close() {
            optimizer.close();
        }
    }

    static List<Rule> rules() {
        return Rules.ready();
    }

    static List<Rule> rulesWithoutNoise() {
        return rules().stream()
                .filter(rule -> rule.program().noises().isEmpty())
                .toList();
    }

    /** Most of all AdaMax, whose paper divides by zero then; decay alone may move the weights. */
    @ParameterizedTest
    @MethodSource("rulesWithoutNoise")
    void nothingButZeroGradientsKeepWeightsFinite(Rule rule) {
        try (Path path = new Path(rule, Schedule.constant(0.1), 1, 0, -2)) {
            for (int i = 0; i < 20; i++) {
                path.step(0, 0, 0);
            }
            float[] after = path.step(0, 0, 0);
            assertThat(after[0]).isBetween(0f, 1f);
            assertThat(after[1]).isZero();
            assertThat(after[2]).isBetween(-2f, 0f);
        }
    }

    /** Also a warm-up that starts from zero. */
    @ParameterizedTest
    @MethodSource("rules")
    void aFirstRateOfZeroMovesNothingAndHarmsNothing(Rule rule) {
        try (Path path = new Path(rule, step -> 0.01 * step, 1, 0.5f, -2)) {
            assertThat(path.step(1, -1, 0.5f)).containsExactly(1, 0.5f, -2);
            for (int i = 0; i < 12; i++) {
                for (float weight : path.step(1, -1, 0.5f)) {
                    assertThat(weight).isFinite().isBetween(-10f, 10f);
                }
            }
        }
    }

    /** A ratio of norms would hold them there for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"trust-ratio", "lamb", "lars", "larc", "larc:mode=scale", "trust-ratio:lower=0.5"})
    void zeroWeightsLeaveZero(String rule) {
        try (Path path = new Path(Rules.parse(rule), Schedule.constant(0.1), 0, 0)) {
            float[] after = path.step(1, -1);
            assertThat(after[0]).isNegative();
            assertThat(after[1]).isPositive().isEqualTo(-after[0]);
        }
    }

    /** As long as it is plain momentum, ten times the gradient is ten times the step; Adam would make it the same. */
    @Test
    void radamIsMomentumForItsFirstFiveSteps() {
        try (Path path = new Path(new RAdam(), Schedule.constant(0.01), 0, 0)) {
            for (int step = 1; step <= 5; step++) {
                float[] value = path.step(1, 10);
                assertThat(value[0]).isCloseTo(-0.01f * step, within(1e-7f));
                assertThat(value[1]).isCloseTo(-0.1f * step, within(1e-6f));
            }
            float[] before = path.value.clone();
            float[] after = path.step(1, 10);
            assertThat(after[1] - before[1]).isCloseTo(after[0] - before[0], within(1e-6f));
        }
    }

    /** Corrected first, the maximum would remember the first, largest estimate for ever. */
    @Test
    void amsGradTakesTheMaximumBeforeTheCorrection() {
        try (Path path = new Path(new AmsGrad(0, 0.9, 0), Schedule.constant(1), 0)) {
            path.step(1);
            float before = path.value[0];
            float after = path.step(0.1f)[0];
            double largest = Math.max(0.1, 0.9 * 0.1 + 0.1 * 0.01);
            assertThat(before - after).isCloseTo((float) (0.1 / Math.sqrt(largest / (1 - 0.81))), within(1e-6f));
        }
    }

    @Test
    void progressOptimalOnlyGathersForKSteps() {
        try (Path path = new Path(new ProgressOptimal(3, 16, 1e-12, 0.01), Schedule.constant(1), 1)) {
            assertThat(path.step(1)).containsExactly(1);
            assertThat(path.step(-2)).containsExactly(1);
            assertThat(path.step(3)).containsExactly(1);
            assertThat(path.step(1)[0]).isLessThan(1);
        }
    }

    /** After a step of gradients that all agree there is no noise, and the rate is the derivation's 1/(2L). */
    @Test
    void progressOptimalNeverGoesFasterThanItsBound() {
        try (Path path = new Path(new ProgressOptimal(1, 16, 1e-12, 0.01), Schedule.constant(1), 0)) {
            float before = 0;
            for (int step = 1; step <= 10; step++) {
                float after = path.step(1)[0];
                assertThat(before - after).isCloseTo(step == 1 ? 0 : 0.16f, within(1e-6f));
                before = after;
            }
        }
    }

    @Test
    void theAverageOfScheduleFreeRulesIsFoundFromParameterAndBase() {
        double beta = 0.9;
        double rate = 0.1;
        double z = 2;
        double x = 2;
        try (Path path = new Path(new ScheduleFreeSgd(beta), Schedule.constant(rate), 2)) {
            for (int t = 1; t <= 20; t++) {
                float gradient = 1f / t;
                float p = path.step(gradient)[0];
                z -= rate * gradient;
                x += (z - x) / t;
                assertThat(path.state("base")[0]).isCloseTo((float) z, within(1e-5f));
                assertThat(p + (p - path.state("base")[0]) * (1 - beta) / beta).isCloseTo(x, within(1e-5));
            }
        }
    }

    /** A constant gradient has a projected rate of Adam's rate at once: after the second step it has settled. */
    @Test
    void swatsSwitchesWhenTheProjectedRateHasSettledAndThenFollowsTheSchedule() {
        double rate = 0.01;
        Rule swats = new Swats(0.5, 0.999, 1e-9, 1e-6);
        try (Path path = new Path(swats, step -> step < 6 ? rate : rate / 2, 0)) {
            path.step(2);
            assertThat(path.scalar("sgd_rate")).isZero();
            float before = path.step(2)[0];
            assertThat(before).isCloseTo((float) (-2 * rate), within(1e-6f));
            double share = path.scalar("sgd_rate");
            assertThat(share).isCloseTo(0.5, within(1e-6)); // rate |d|^2 / (d g) with d = 1 and g = 2, over rate
            double velocity = 0;
            for (int step = 2; step < 9; step++) {
                velocity = 0.5 * velocity + 2;
                double now = step < 6 ? rate : rate / 2;
                float after = path.step(2)[0];
                assertThat((double) (before - after)).isCloseTo(0.5 * share * now * velocity, within(1e-7));
                before = after;
            }
        }
    }
}
