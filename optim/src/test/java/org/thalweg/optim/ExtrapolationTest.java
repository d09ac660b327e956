package org.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.optim.problem.LogisticRegression;
import org.thalweg.optim.problem.Problem;
import org.thalweg.optim.problem.Quadratic;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.Nesterov;
import org.thalweg.optim.schedule.Schedule;

class ExtrapolationTest {
    private static final double BETA = 0.9;
    private static final Momentum HEAVY_BALL = new Momentum(BETA, 0, Momentum.Form.RATE_INSIDE);
    private static final Schedule CHANGING = Schedule.cosine(0.3, 100).warmUp(10);

    private final Problem problem = new LogisticRegression();
    private final float[] p = problem.start();
    private final float[] g = new float[p.length];
    private final List<Parameter> parameters = List.of(Parameter.of("p", p, g));

    /** Takes the gradient ahead, steps, and gives where it was taken. */
    private float[] step(Extrapolation extrapolation, Optimizer optimizer) {
        float[] point;
        try (var _ = extrapolation.ahead()) {
            point = p.clone();
            problem.gradient(p, Math.toIntExact(optimizer.steps()), g);
        }
        optimizer.step();
        return point;
    }

    /** The CMU lecture's loop, which keeps the last weights and no velocity, in double precision. */
    @Test
    void follows_the_lectures_loop_under_a_changing_rate() {
        Problem quadratic = new Quadratic();
        float[] w = quadratic.start();
        float[] gradient = new float[w.length];
        double[] now = new double[w.length];
        double[] last = new double[w.length];
        for (int i = 0; i < w.length; i++) {
            now[i] = last[i] = w[i];
        }
        List<Parameter> weights = List.of(Parameter.of("w", w, gradient));
        try (Extrapolation extrapolation = new Extrapolation(BETA, weights);
                Optimizer optimizer = Optimizer.of(HEAVY_BALL, CHANGING, weights)) {
            for (int step = 0; step < 100; step++) {
                for (int i = 0; i < w.length; i++) {
                    double y = now[i] + BETA * (now[i] - last[i]);
                    last[i] = now[i];
                    now[i] = y - CHANGING.at(step) * (0.3 + 0.7 * i / w.length) * y;
                }
                try (var _ = extrapolation.ahead()) {
                    quadratic.gradient(w, step, gradient);
                }
                optimizer.step();
                for (int i = 0; i < w.length; i++) {
                    assertThat((double) w[i]).isCloseTo(now[i], within(2e-6));
                }
            }
        }
    }

    @Test
    void the_points_ahead_are_where_the_rule_nesterov_goes() {
        float[] q = problem.start();
        float[] gq = new float[q.length];
        try (Extrapolation extrapolation = new Extrapolation(BETA, parameters);
                Optimizer ahead = Optimizer.of(HEAVY_BALL, Schedule.constant(0.3), parameters);
                Optimizer rule =
                        Optimizer.of(new Nesterov(BETA), Schedule.constant(0.3), List.of(Parameter.of("q", q, gq)))) {
            for (int step = 0; step < 100; step++) {
                float[] point = step(extrapolation, ahead);
                for (int i = 0; i < q.length; i++) {
                    assertThat(point[i]).isCloseTo(q[i], within(2e-5f));
                }
                problem.gradient(q, step, gq);
                rule.step();
            }
        }
    }

    @Test
    void comes_back_to_the_last_bit_and_stays_at_home_the_first_time() {
        float[] before = p.clone();
        try (Extrapolation extrapolation = new Extrapolation(BETA, parameters);
                Optimizer optimizer = Optimizer.of(HEAVY_BALL, CHANGING, parameters)) {
            assertThat(step(extrapolation, optimizer)).isEqualTo(before);
            before = p.clone();
            Extrapolation.Ahead ahead = extrapolation.ahead();
            assertThat(p).isNotEqualTo(before);
            ahead.close();
            assertThat(p).isEqualTo(before);
            ahead.close();
            assertThat(p).isEqualTo(before);
        }
    }

    @Test
    void goes_on_from_a_saved_state_with_the_same_bits() {
        try (Extrapolation extrapolation = new Extrapolation(BETA, parameters);
                Extrapolation other = new Extrapolation(BETA, parameters);
                Optimizer optimizer = Optimizer.of(HEAVY_BALL, CHANGING, parameters)) {
            step(extrapolation, optimizer);
            step(extrapolation, optimizer);
            OptimizerState saved = extrapolation.state();
            OptimizerState savedOptimizer = optimizer.state();
            float[] weights = p.clone();
            step(extrapolation, optimizer);
            float[] expected = step(extrapolation, optimizer);

            System.arraycopy(weights, 0, p, 0, p.length);
            optimizer.restore(savedOptimizer);
            other.restore(saved);
            step(other, optimizer);
            assertThat(step(other, optimizer)).isEqualTo(expected);
        }
    }

    @Test
    void refuses_to_go_ahead_twice_and_betas_out_of_range() {
        try (Extrapolation extrapolation = new Extrapolation(BETA, parameters);
                var _ = extrapolation.ahead()) {
            assertThatIllegalStateException()
                    .isThrownBy(extrapolation::ahead)
                    .withMessage("the weights are ahead already: put them back before you go ahead again");
            assertThatIllegalStateException().isThrownBy(extrapolation::state);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Extrapolation(1, parameters))
                .withMessage("beta must be at least 0 and below 1, not 1.0");
    }
}
