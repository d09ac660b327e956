package org.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.Schedule;

class LossScalerTest {
    private static final Rule RULE = Rules.parse("clip-by-global-norm:max-norm=0.5 + adamw");
    private static final Schedule RATE = Schedule.constant(0.01);

    private final float[] weights = new float[37];
    private final float[] gradient = new float[37];
    private final List<Parameter> parameters = List.of(Parameter.of("w", weights, gradient));

    /** The gradient of a step, multiplied by the scale as a scaled loss's is. */
    private void draw(long step, double scale) {
        Random random = new Random(step);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (float) ((float) random.nextGaussian() * scale);
        }
    }

    /** Powers of two change no bit, and the clipping sees the gradient itself; with another scale it would not. */
    @Test
    void the_steps_are_those_of_the_loss_itself() {
        try (Optimizer optimizer = Optimizer.of(LossScaler.unscaled(RULE), RATE, parameters)) {
            LossScaler scaler = new LossScaler(new LossScaling(0x1p10, 2, 0.5, 5), optimizer, parameters);
            for (int step = 0; step < 20; step++) {
                assertThat(scaler.scale()).isEqualTo(0x1p10 * (1 << (step / 5)));
                draw(step, scaler.scale());
                assertThat(scaler.step()).isTrue();
            }
        }
        float[] scaled = weights.clone();
        Arrays.fill(weights, 0);
        try (Optimizer optimizer = Optimizer.of(RULE, RATE, parameters)) {
            for (int step = 0; step < 20; step++) {
                draw(step, 1);
                optimizer.step();
            }
        }
        assertThat(scaled).isEqualTo(weights);
    }

    @Test
    void backs_off_where_a_gradient_overflows_and_counts_anew() {
        try (Optimizer optimizer = Optimizer.of(LossScaler.unscaled(new Sgd()), RATE, parameters)) {
            LossScaler scaler = new LossScaler(new LossScaling(8, 4, 0.5, 3), optimizer, parameters);
            draw(1, 8);
            scaler.step();
            scaler.step();
            float[] before = weights.clone();
            gradient[3] = Float.POSITIVE_INFINITY;
            assertThat(scaler.step()).isFalse();
            assertThat(weights).isEqualTo(before);
            assertThat(optimizer.steps()).isEqualTo(2);
            assertThat(scaler.skipped()).isEqualTo(1);
            assertThat(scaler.state()).isEqualTo(new LossScaler.State(4, 0));
            draw(2, 4);
            scaler.step();
            scaler.step();
            assertThat(scaler.scale()).isEqualTo(4);
            scaler.step();
            assertThat(scaler.state()).isEqualTo(new LossScaler.State(16, 0));
        }
    }

    @Test
    void a_constant_scale_stays() {
        try (Optimizer optimizer = Optimizer.of(LossScaler.unscaled(new Sgd()), RATE, parameters)) {
            LossScaler scaler = new LossScaler(new LossScaling(1000), optimizer, parameters);
            scaler.step();
            gradient[3] = Float.NaN;
            scaler.step();
            assertThat(scaler.scale()).isEqualTo(1000);
        }
    }

    @Test
    void a_restored_scaler_goes_on_as_the_saved_one() {
        try (Optimizer optimizer = Optimizer.of(LossScaler.unscaled(new Sgd()), RATE, parameters)) {
            LossScaling scaling = new LossScaling(8, 2, 0.5, 3);
            LossScaler scaler = new LossScaler(scaling, optimizer, parameters);
            scaler.step();
            scaler.step();
            LossScaler other = new LossScaler(scaling, optimizer, parameters);
            other.restore(scaler.state());
            other.step();
            assertThat(other.scale()).isEqualTo(16);
        }
    }

    @Test
    void an_optimizer_that_does_not_unscale_is_refused() {
        try (Optimizer optimizer = Optimizer.of(new Sgd(), RATE, parameters)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new LossScaler(new LossScaling(), optimizer, parameters))
                    .withMessageContaining("loss_scale");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new LossScaling(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new LossScaling(1, 0.5, 0.5, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LossScaling(1, 2, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LossScaling(1, 2, 0.5, 0));
    }
}
