package org.thalweg.optim.sharpness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.schedule.Schedule;

class AscentTest {
    private static final int SIZE = 45;

    private final float[][] weights = new float[2][SIZE];
    private final float[][] gradients = new float[2][SIZE];
    private final List<Parameter> parameters =
            List.of(Parameter.of("a", weights[0], gradients[0], 5, 9), Parameter.of("b", weights[1], gradients[1]));

    @BeforeEach
    void draw() {
        Random random = new Random(11);
        for (int tensor = 0; tensor < 2; tensor++) {
            for (int i = 0; i < SIZE; i++) {
                weights[tensor][i] = (float) random.nextGaussian();
                gradients[tensor][i] = (float) random.nextGaussian();
            }
        }
    }

    /** The paper's highest place, in double precision; SAM is the case of T = 1. */
    private static double[][] highest(float[][] w, float[][] g, double rho, boolean adaptive, double eta) {
        double square = 0;
        for (int tensor = 0; tensor < w.length; tensor++) {
            for (int i = 0; i < w[tensor].length; i++) {
                double scaled = scale(w[tensor][i], adaptive, eta) * g[tensor][i];
                square += scaled * scaled;
            }
        }
        double[][] place = new double[w.length][SIZE];
        for (int tensor = 0; tensor < w.length; tensor++) {
            for (int i = 0; i < w[tensor].length; i++) {
                double t = scale(w[tensor][i], adaptive, eta);
                place[tensor][i] = w[tensor][i] + rho * t * t * g[tensor][i] / Math.sqrt(square);
            }
        }
        return place;
    }

    private static double scale(double w, boolean adaptive, double eta) {
        return adaptive ? Math.abs(w) + eta : 1;
    }

    @ParameterizedTest
    @CsvSource({"0.05, 0.05, false, 0", "sam:2, 2, false, 0", "asam, 0.5, true, 0.01", "'asam:1.5,0.2', 1.5, true, 0.2"
    })
    void climbs_to_the_highest_place_and_comes_back_to_the_last_bit(
            String text, double rho, boolean adaptive, double eta) {
        float[][] before = {weights[0].clone(), weights[1].clone()};
        double[][] expected = highest(weights, gradients, rho, adaptive, eta);
        try (Ascent ascent = new Ascent(Sharpness.parse(text), parameters)) {
            try (var _ = ascent.climb()) {
                for (int tensor = 0; tensor < 2; tensor++) {
                    for (int i = 0; i < SIZE; i++) {
                        assertThat((double) weights[tensor][i]).isCloseTo(expected[tensor][i], within(5e-7));
                    }
                }
            }
        }
        assertThat(weights).isDeepEqualTo(before);
    }

    @Test
    void a_gradient_of_zero_moves_nothing() {
        Arrays.fill(gradients[0], 0);
        Arrays.fill(gradients[1], 0);
        float[][] before = {weights[0].clone(), weights[1].clone()};
        try (Ascent ascent = new Ascent(new Sam(), parameters);
                var _ = ascent.climb()) {
            assertThat(weights).isDeepEqualTo(before);
        }
    }

    /** Twenty steps of SAM over momentum on {@code sum c w^4 / 4}, whose gradient differs on the height. */
    @Test
    void a_run_with_two_gradients_a_step_follows_the_papers_algorithm() {
        double[][] w = new double[2][SIZE];
        double[][] velocity = new double[2][SIZE];
        for (int tensor = 0; tensor < 2; tensor++) {
            for (int i = 0; i < SIZE; i++) {
                w[tensor][i] = weights[tensor][i];
            }
        }
        try (Ascent ascent = new Ascent(new Sam(0.3), parameters);
                Optimizer optimizer = Optimizer.of(new Momentum(), Schedule.constant(0.02), parameters)) {
            for (int step = 0; step < 20; step++) {
                slopes();
                try (var _ = ascent.climb()) {
                    slopes();
                }
                optimizer.step();
                paperStep(w, velocity);
            }
        }
        for (int tensor = 0; tensor < 2; tensor++) {
            for (int i = 0; i < SIZE; i++) {
                assertThat((double) weights[tensor][i]).isCloseTo(w[tensor][i], within(3e-6));
            }
        }
    }

    private void slopes() {
        for (int tensor = 0; tensor < 2; tensor++) {
            for (int i = 0; i < SIZE; i++) {
                gradients[tensor][i] = (float) slope(i, weights[tensor][i]);
            }
        }
    }

    private static double slope(int i, double w) {
        return (1 + i % 3) * w * w * w;
    }

    private static void paperStep(double[][] w, double[][] velocity) {
        double square = 0;
        for (double[] tensor : w) {
            for (int i = 0; i < SIZE; i++) {
                square += slope(i, tensor[i]) * slope(i, tensor[i]);
            }
        }
        for (int tensor = 0; tensor < w.length; tensor++) {
            for (int i = 0; i < SIZE; i++) {
                double height = w[tensor][i] + 0.3 * slope(i, w[tensor][i]) / Math.sqrt(square);
                velocity[tensor][i] = 0.9 * velocity[tensor][i] + slope(i, height);
                w[tensor][i] -= 0.02 * velocity[tensor][i];
            }
        }
    }

    @Test
    void refuses_to_climb_twice_and_what_is_out_of_range() {
        try (Ascent ascent = new Ascent(new Sam(), parameters);
                var _ = ascent.climb()) {
            assertThatIllegalStateException().isThrownBy(ascent::climb);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Sam(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Asam(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Asam(1, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sharpness.parse("sma"))
                .withMessageContaining("there is no neighbourhood \"sma\"");
    }

    @Test
    void text_reads_back() {
        for (Sharpness sharpness : List.of(new Sam(0.2), new Asam(0.7, 0.1))) {
            assertThat(Sharpness.parse(Sharpness.format(sharpness))).isEqualTo(sharpness);
        }
    }
}
