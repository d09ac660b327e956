package org.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.Schedule;

class AccumulatedGradientsTest {
    private static final int SIZE = 131;
    private static final int PARTS = 4;

    private final Random random = new Random(3);
    private final float[] weights = new float[SIZE];
    private final float[] gradient = new float[SIZE];
    private final Parameter parameter = Parameter.of("w", weights, gradient);

    /** Draws a gradient of norm about 11, in the scale given. */
    private void draw(double scale) {
        for (int i = 0; i < SIZE; i++) {
            gradient[i] = (float) (scale * random.nextGaussian());
        }
    }

    /**
     * One micro-batch's gradient is a hundred times the others': clipped before accumulation, it would count as they do, and
     * the step would point elsewhere.
     */
    @Test
    void clipping_comes_after_accumulation() {
        double[] mean = new double[SIZE];
        try (AccumulatedGradients accumulated = new AccumulatedGradients(List.of(parameter));
                Optimizer optimizer = Optimizer.of(
                        Rules.parse("clip-by-global-norm:max-norm=0.5,epsilon=0"),
                        Schedule.constant(1),
                        accumulated.parameters())) {
            for (int step = 0; step < 2; step++) {
                Arrays.fill(weights, 0);
                Arrays.fill(mean, 0);
                for (int part = 0; part < PARTS; part++) {
                    draw(part == 1 ? 100 : 1);
                    for (int i = 0; i < SIZE; i++) {
                        mean[i] += gradient[i] / (double) PARTS;
                    }
                    accumulated.add(1.0 / PARTS);
                }
                optimizer.step();
                accumulated.clear();
                double square = 0;
                for (double g : mean) {
                    square += g * g;
                }
                for (int i = 0; i < SIZE; i++) {
                    assertThat((double) weights[i]).isCloseTo(-0.5 * mean[i] / Math.sqrt(square), within(2e-7));
                }
            }
        }
    }

    @Test
    void unequal_parts_count_by_their_share() {
        try (AccumulatedGradients accumulated = new AccumulatedGradients(List.of(parameter));
                Optimizer optimizer = Optimizer.of(new Sgd(), Schedule.constant(1), accumulated.parameters())) {
            gradient[7] = 8;
            accumulated.add(0.75);
            gradient[7] = -4;
            accumulated.add(0.25);
            optimizer.step();
            assertThat(weights[7]).isEqualTo(-5);
        }
    }

    @Test
    void a_part_without_a_gradient_counts_as_zero_and_parts_without_any_as_none() {
        boolean[] there = {true};
        float[] other = {1, 1};
        float[] otherGradient = {2, 2};
        Parameter now = Parameter.of(
                "now",
                MemorySegment.ofArray(other),
                () -> there[0] ? Optional.of(MemorySegment.ofArray(otherGradient)) : Optional.empty(),
                2);
        try (AccumulatedGradients accumulated = new AccumulatedGradients(List.of(parameter, now))) {
            Parameter mean = accumulated.parameters().getLast();
            accumulated.add(0.5);
            there[0] = false;
            accumulated.add(0.5);
            assertThat(mean.gradient().orElseThrow().toArray(ValueLayout.JAVA_FLOAT))
                    .containsExactly(1, 1);
            accumulated.clear();
            accumulated.add(1);
            assertThat(mean.gradient()).isEmpty();
        }
    }

    @Test
    void a_share_out_of_range_is_refused() {
        try (AccumulatedGradients accumulated = new AccumulatedGradients(List.of(parameter))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> accumulated.add(2))
                    .withMessage("the share of a micro-batch must be from 0 to 1, not 2.0");
        }
    }
}
