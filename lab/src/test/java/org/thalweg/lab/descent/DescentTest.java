package org.thalweg.lab.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.lab.descent.Trajectory.Outcome;
import org.thalweg.lab.problem.Beale;
import org.thalweg.lab.problem.DeepLinear;
import org.thalweg.lab.problem.NoisyQuadratic;
import org.thalweg.lab.problem.Problems;
import org.thalweg.lab.problem.Quadratic;
import org.thalweg.lab.problem.QuarticSaddle;
import org.thalweg.lab.problem.Reddi;
import org.thalweg.lab.problem.Rosenbrock;
import org.thalweg.lab.problem.Saddle;
import org.thalweg.lab.problem.Wilson;

class DescentTest {
    private static Trajectory run(Descent descent, String rule) {
        return descent.run(RatedRule.parse(rule));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.02, 0.035, 0.0401})
    void gradient_descent_on_a_quadratic_is_its_closed_form(double rate) {
        Quadratic bowl = new Quadratic(3, 50, 35);
        Trajectory way = run(new Descent(bowl).steps(100), "sgd:lr=" + rate);
        double[] start = bowl.alongEigenvectors(bowl.start());
        for (int t = 0; t <= 100; t++) {
            double[] along = bowl.alongEigenvectors(way.points()[t]);
            double size = Math.max(1, Math.abs(along[2]));
            for (int i = 0; i < 3; i++) {
                double expected = start[i] * Math.pow(1 - rate * bowl.eigenvalue(i), t);
                assertThat(along[i]).isEqualTo(expected, within(2e-5 * size)); // float32 over 100 steps
            }
        }
        // It diverges exactly where rate times the largest eigenvalue is above 2.
        assertThat(way.outcome() == Outcome.DIVERGED).isEqualTo(rate * 50 > 2);
    }

    @Test
    void heavy_ball_on_a_quadratic_is_its_recurrence_in_double_precision() {
        Quadratic bowl = new Quadratic();
        Trajectory way = run(new Descent(bowl).steps(200), "momentum:beta=0.9,lr=0.01");
        double[] w = bowl.start();
        double[] v = new double[2];
        for (int t = 0; t <= 200; t++) {
            assertThat(way.points()[t][0]).isEqualTo(w[0], within(1e-5));
            assertThat(way.points()[t][1]).isEqualTo(w[1], within(1e-5));
            assertThat(way.losses()[t]).isEqualTo(bowl.value(w), within(1e-4));
            double[] gradient = bowl.gradient(w);
            for (int i = 0; i < 2; i++) {
                v[i] = 0.9 * v[i] + gradient[i];
                w[i] -= 0.01 * v[i];
            }
        }
        assertThat(way.outcome()).isEqualTo(Outcome.REACHED);
        int first = way.stepsToTolerance().orElseThrow();
        assertThat(way.problem().distance(way.points()[first]).orElseThrow()).isLessThanOrEqualTo(0.01);
        assertThat(way.problem().distance(way.points()[first - 1]).orElseThrow())
                .isGreaterThan(0.01);
    }

    @Test
    void a_rule_without_a_rate_gets_the_one_it_does_best_at() {
        Descent descent = new Descent(new Quadratic(1, 4, 0)).tolerance(1e-3);
        Trajectory way = run(descent, "sgd");
        // |1 - 4 rate| is least at 0.3 of the rates tried: 0.2 a step.
        assertThat(way.rule().rate().orElseThrow()).hasToString("constant(0.3)");
        assertThat(way.tuned()).isTrue();
        assertThat(way.stepsToTolerance()).hasValue((int) Math.ceil(Math.log(1e-3 / 2) / Math.log(0.2)));
    }

    @Test
    void where_a_function_falls_without_end_the_rate_is_not_searched_for() {
        Trajectory way = run(new Descent(new QuarticSaddle()).steps(2000), "adam");
        assertThat(way.tuned()).isFalse();
        assertThat(way.rule().rate().orElseThrow()).hasToString("constant(0.01)");
        assertThat(way.stepsToEscape()).isPresent();
        assertThat(way.outcome()).isNotEqualTo(Outcome.DIVERGED);
    }

    @Test
    void a_way_ends_where_numbers_overflow() {
        Trajectory way = run(new Descent(new Beale()).steps(1000), "sgd:lr=1");
        assertThat(way.overflowed()).isTrue();
        assertThat(way.steps()).isLessThan(20);
        assertThat(way.losses()).hasSameSizeAs(way.points());
        assertThat(Arrays.stream(way.losses()).boxed()).allMatch(Double::isFinite);
        assertThat(way.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(run(new Descent(new Saddle()).steps(1000), "sgd:lr=0.2").outcome())
                .isEqualTo(Outcome.FELL);
    }

    @Test
    void at_the_exact_saddle_only_noise_moves() {
        Descent top = new Descent(new Saddle()).from(List.of(0.0, 0.0)).steps(200);
        assertThat(run(top, "sgd:lr=0.1").end()).containsExactly(0, 0);
        Trajectory noisy = run(top, "gradient-noise:eta=0.01 + sgd:lr=0.1");
        assertThat(noisy.stepsToEscape()).isPresent();
    }

    @Test
    void the_same_seed_gives_the_same_way_and_another_one_another() {
        Descent descent = new Descent(new NoisyQuadratic()).steps(50);
        Trajectory way = run(descent, "sgd:lr=0.1");
        assertThat(run(descent, "sgd:lr=0.1").losses()).containsExactly(way.losses());
        assertThat(run(descent.seed(2), "sgd:lr=0.1").losses()).isNotEqualTo(way.losses());
    }

    @Test
    void a_constant_rate_on_samples_has_the_variance_of_theory() {
        // w <- (1 - 2 rate) w + 2 rate noise: variance rate / (1 - rate) for noise of variance 1.
        Trajectory way = run(new Descent(new NoisyQuadratic()).steps(60_000), "sgd:lr=0.2");
        double sum = 0;
        for (int t = 1000; t <= 60_000; t++) {
            sum += way.points()[t][0] * way.points()[t][0];
        }
        assertThat(sum / 59_001).isEqualTo(0.25, within(0.008));
    }

    @Test
    void adam_goes_to_reddis_worst_point_and_amsgrad_to_the_best() {
        Descent descent = new Descent(new Reddi(4, 1, 3, false)).steps(20_000);
        String options = ":beta1=0,beta2=0.0588,lr=inverseSquareRoot(0.5, 1)"; // beta2 = 1 / (1 + 4^2)
        assertThat(run(descent, "adam" + options).end()[0]).isGreaterThan(0.9);
        assertThat(run(descent, "ams-grad" + options).end()[0]).isLessThan(-0.9);
    }

    @Test
    void gradient_descent_generalises_on_wilsons_data_and_adam_does_not() {
        Wilson wilson = new Wilson();
        Descent descent = new Descent(wilson.draw()).steps(3000);
        Trajectory plain = run(descent, "sgd:lr=0.3");
        Trajectory adam = run(descent, "adam:lr=0.01");
        assertThat(plain.finalLoss()).isLessThan(1e-3);
        assertThat(adam.finalLoss()).isLessThan(1e-3);
        assertThat(wilson.accuracy(plain.end())).isEqualTo(1, within(1e-12));
        assertThat(wilson.accuracy(adam.end())).isEqualTo(2 / 3.0, within(1e-12));
    }

    @Test
    void the_deep_linear_network_passes_its_saddle_and_reaches_a_minimum() {
        Trajectory way = run(new Descent(new DeepLinear()).steps(3000), "sgd:lr=0.005");
        assertThat(way.outcome()).isEqualTo(Outcome.REACHED);
        assertThat(way.end()[0] * way.end()[1]).isEqualTo(1, within(1e-5));
        // Gradient flow keeps w1^2 - w2^2, and small steps nearly do.
        assertThat(way.end()[0] * way.end()[0] - way.end()[1] * way.end()[1]).isEqualTo(0.16 - 0.36, within(0.01));
    }

    @Test
    void a_rate_that_is_reduced_on_plateaus_sees_the_loss() {
        Descent descent = new Descent(new NoisyQuadratic()).steps(400);
        Trajectory way = run(descent, "sgd:lr=constant(0.4).reduceOnPlateau(0.5, 10)");
        double last = Math.abs(way.points()[400][0] - way.points()[399][0]);
        double early = Math.abs(way.points()[11][0] - way.points()[10][0]);
        assertThat(last).isLessThan(early / 10);
    }

    @Test
    void a_problem_of_many_variables_has_no_window() {
        Trajectory way = run(new Descent(new Rosenbrock(10)).steps(100), "adam:lr=0.01");
        assertThat(way.stepsToEscape()).isEmpty();
        assertThat(way.finalDistance()).isPresent();
    }

    @Test
    void what_cannot_be_run_is_told() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Descent(new Beale()).from(List.of(1.0)))
                .withMessage("beale has 2 variables, but the start has 1 numbers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Descent(Problems.parse("log(x)")))
                .withMessageContaining("has no finite value at the start [-1.5, 2.0]: give another one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Descent(new Beale()).steps(0))
                .withMessageContaining("steps must be from 1 to 24,999,999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Descent(new Beale()).tolerance(0))
                .withMessageContaining("tolerance");
    }

    @Test
    void the_first_step_at_a_loss_is_found() {
        Trajectory way = run(new Descent(new Quadratic(1, 1, 0)).steps(5), "sgd:lr=0.5"); // 2, 1, 0.5, ...
        assertThat(way.stepsToLoss(2)).hasValue(0);
        assertThat(way.stepsToLoss(0.5)).hasValue(1);
        assertThat(way.stepsToLoss(0.4)).hasValue(2);
        assertThat(way.stepsToLoss(1e-9)).isEmpty();
    }

    @Test
    void coordinate_descent_needs_one_sweep_along_the_axes_and_shrinks_by_theory_when_turned() {
        double[] start = {1, -2};
        assertThat(CoordinateDescent.losses(new Quadratic(2, 12, 0), start, 1)[1])
                .isZero();
        // Gauss and Seidel on a matrix of two rows: after the first sweep errors shrink by h12^2 / (h11 h22) a sweep.
        double factor = Math.pow(5.5 / 6.5, 2);
        double[] losses = CoordinateDescent.losses(new Quadratic(2, 12, 45), start, 6);
        for (int i = 1; i < 6; i++) {
            assertThat(losses[i + 1] / losses[i]).isEqualTo(factor * factor, within(1e-12));
        }
    }

    @Test
    void where_no_rate_reaches_the_minimum_the_lowest_end_wins_and_not_who_passed_by() {
        Descent beale = new Descent(new Beale())
                .from(List.of(1.0332807875861405, 1.6228908786313505))
                .steps(500);
        Trajectory passing = run(beale, "rms-prop:lr=0.3");
        assertThat(passing.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(run(beale, "rms-prop").finalLoss()).isLessThan(passing.finalLoss());
    }

    @Test
    void what_is_followed_is_what_is_kept() {
        Descent descent = new Descent(new NoisyQuadratic()).steps(50).seed(3);
        RatedRule rule = RatedRule.parse("momentum:lr=0.02");
        Trajectory way = descent.run(rule);
        double[][] seen = new double[51][];
        descent.follow(rule, (step, point) -> seen[step] = point);
        assertThat(seen).isEqualTo(way.points());
    }

    @Test
    void what_is_followed_ends_where_numbers_overflow_and_needs_a_rate() {
        Descent descent = new Descent(new Rosenbrock()).steps(1_000);
        int[] last = new int[1];
        descent.follow(RatedRule.parse("sgd:lr=1"), (step, _) -> last[0] = step);
        assertThat(last[0]).isEqualTo(run(descent, "sgd:lr=1").steps()).isLessThan(20);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> descent.follow(RatedRule.parse("sgd"), (_, _) -> {}))
                .withMessageContaining("'sgd' has to name a rate");
    }
}
