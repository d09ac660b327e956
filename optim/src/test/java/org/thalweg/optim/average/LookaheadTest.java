package org.thalweg.optim.average;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.OptimizerState;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;

class LookaheadTest {
    private static final double RATE = 0.05;
    private static final double BETA = 0.9;
    private static final int STEPS = 43;

    private final float[] weights = {3, -2, 0.5f, 7, 1e-3f};
    private final float[] gradient = new float[weights.length];
    private final List<Parameter> parameters = List.of(Parameter.of("w", weights, gradient));

    /** The gradient of a quadratic whose curvature differs from weight to weight. */
    private static double slope(int i, double w) {
        return (1 + 0.7 * i) * (w - 1);
    }

    private void step(Optimizer optimizer, SlowWeights slow) {
        for (int i = 0; i < weights.length; i++) {
            gradient[i] = (float) slope(i, weights[i]);
        }
        optimizer.step();
        slow.update();
    }

    /** Algorithm 1 with momentum inside, in double precision. */
    private double[] paper(int every, double share) {
        double[] fast = new double[weights.length];
        double[] slow = new double[weights.length];
        double[] velocity = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            fast[i] = weights[i];
            slow[i] = weights[i];
            for (int t = 1; t <= STEPS; t++) {
                velocity[i] = BETA * velocity[i] + slope(i, fast[i]);
                fast[i] -= RATE * velocity[i];
                if (t % every == 0) {
                    slow[i] += share * (fast[i] - slow[i]);
                    fast[i] = slow[i];
                }
            }
        }
        return fast;
    }

    @ParameterizedTest
    @CsvSource({"5, 0.5", "1, 0.3", "6, 1", "10, 0.8", "50, 0.5"})
    void goes_where_the_paper_says(int every, double share) {
        double[] expected = paper(every, share);
        Rule rule = new Momentum(BETA);
        try (Optimizer optimizer = Optimizer.of(rule, Schedule.constant(RATE), parameters);
                SlowWeights slow = new SlowWeights(new Lookahead(every, share), parameters)) {
            for (int t = 0; t < STEPS; t++) {
                step(optimizer, slow);
            }
        }
        for (int i = 0; i < weights.length; i++) {
            assertThat((double) weights[i]).isCloseTo(expected[i], within(2e-6 * Math.max(1, Math.abs(expected[i]))));
        }
    }

    @Test
    void restored_in_the_middle_of_a_cycle_it_goes_on_with_the_same_bits() {
        try (Optimizer optimizer = Optimizer.of(new Momentum(BETA), Schedule.constant(RATE), parameters);
                SlowWeights slow = new SlowWeights(new Lookahead(), parameters)) {
            for (int t = 0; t < 13; t++) {
                step(optimizer, slow);
            }
            float[] at13 = weights.clone();
            OptimizerState ofRule = optimizer.state();
            OptimizerState ofSlow = slow.state();
            assertThat(ofSlow.steps()).isEqualTo(13);
            for (int t = 13; t < STEPS; t++) {
                step(optimizer, slow);
            }
            float[] straight = weights.clone();
            System.arraycopy(at13, 0, weights, 0, weights.length);
            try (Optimizer second = Optimizer.of(new Momentum(BETA), Schedule.constant(RATE), parameters);
                    SlowWeights restored = new SlowWeights(new Lookahead(), parameters)) {
                second.restore(ofRule);
                restored.restore(ofSlow);
                for (int t = 13; t < STEPS; t++) {
                    step(second, restored);
                }
            }
            assertThat(weights).isEqualTo(straight);
        }
    }

    @Test
    void refuses_what_is_out_of_range() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Lookahead(0, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lookahead(5, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lookahead(5, 1.1));
    }
}
