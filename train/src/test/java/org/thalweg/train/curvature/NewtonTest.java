package org.thalweg.train.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.train.curvature.Problems.Problem;
import org.thalweg.train.engine.Engine;

class NewtonTest {
    private static final double[] START = {1, -2, 0.5, 3, 0, -1, 2, 0.25, -0.5, 1};
    private static final double[] MINIMUM = {0.5, -1, 2, 1.5, -0.25, 3, -2, 1, 0.75, -3};

    private PointerScope scope;

    @BeforeEach
    void open() {
        Engine.start();
        scope = new PointerScope();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Problem quadratic() {
        double[][] a = Problems.definite(10, 1);
        double[] b = new double[10];
        for (int i = 0; i < 10; i++) {
            b[i] = Vectors.dot(a[i], MINIMUM);
        }
        return Problems.quadratic(a, b, START);
    }

    private static double[] at(Problem problem) {
        return new Weights(problem.weights()).read();
    }

    @Test
    void one_step_reaches_the_minimum_of_a_quadratic() {
        Problem problem = quadratic();
        Newton.Step step = new Newton().step(problem.objective(), problem.weights());
        assertThat(at(problem)).containsExactly(MINIMUM, within(2e-6));
        assertThat(step.damping()).isZero();
        assertThat(step.lossAfter()).isLessThan(step.loss());
    }

    @Test
    void damping_shortens_the_step_as_levenberg_says() {
        Tensor w = Problems.leaf(new double[] {3}, 1);
        new Newton(6, 10).step(() -> w.dot(w), List.of(w)); // g = 6, H = 2
        assertThat(at(new Problem(w::sum, List.of(w)))).containsExactly(new double[] {3 - 6.0 / 8}, within(1e-7));
    }

    /** Ten products solve for ten unknowns; the forcing term lets it stop before. */
    @Test
    void conjugate_gradients_come_there_too_and_faster_than_linearly() {
        Problem problem = quadratic();
        double last = 1;
        for (int step = 0; step < 9; step++) {
            NewtonCg.Step made = new NewtonCg().step(problem.objective(), problem.weights());
            assertThat(made.products()).isBetween(1, 11);
            assertThat(made.negativeCurvature()).isFalse();
            last = made.gradientNorm();
        }
        assertThat(at(problem)).containsExactly(MINIMUM, within(3e-6));
        assertThat(last).isLessThan(1e-4);
    }

    @Test
    void both_solve_logistic_regression_in_a_few_steps() {
        double[][] rows = Problems.overlapping();
        Problem one = Problems.logistic(rows);
        Problem other = Problems.logistic(rows);
        for (int step = 0; step < 6; step++) {
            new Newton().step(one.objective(), one.weights());
        }
        for (int step = 0; step < 9; step++) {
            new NewtonCg().step(other.objective(), other.weights());
        }
        assertThat(slope(rows, at(one))).isLessThan(2e-7);
        assertThat(at(other)).containsExactly(at(one), within(2e-6));
    }

    /** The norm of the gradient, in double precision and by hand. */
    private static double slope(double[][] rows, double[] w) {
        double[] gradient = new double[w.length];
        Vectors.add(gradient, 0.1, w);
        for (double[] x : rows) {
            Vectors.add(gradient, -1 / (1 + Math.exp(Vectors.dot(x, w))) / rows.length, x);
        }
        return Vectors.norm(gradient);
    }

    /** The undamped step of Newton's method would go to the saddle from here. */
    @ParameterizedTest
    @CsvSource({"1, 0.01", "1, -0.3", "0.001, 0.001", "0, 0.0001"})
    void a_saddle_repels(double x, double y) {
        Problem one = Problems.saddle(x, y);
        Problem other = Problems.saddle(x, y);
        for (int step = 0; step < 60; step++) {
            Newton.Step made = new Newton().step(one.objective(), one.weights());
            NewtonCg.Step solved = new NewtonCg().step(other.objective(), other.weights());
            if (step == 0) {
                assertThat(made.lossAfter()).isLessThan(made.loss());
                assertThat(Math.abs(at(one)[1])).isGreaterThan(Math.abs(y));
                assertThat(solved.lossAfter()).isLessThan(solved.loss());
            }
        }
        double[] minimum = {0, Math.signum(y)};
        assertThat(at(one)).containsExactly(minimum, within(1e-5));
        assertThat(at(other)).containsExactly(minimum, within(1e-5));
    }

    @Test
    void at_a_minimum_nothing_moves() {
        Tensor w = Problems.leaf(new double[] {0, 0}, 2);
        assertThat(new Newton().step(() -> w.dot(w), List.of(w)).moved()).isFalse();
        assertThat(new NewtonCg().step(() -> w.dot(w), List.of(w)).moved()).isFalse();
        assertThat(w.norm().item_double()).isZero();
    }

    /** A loss that is higher wherever it is asked again: every step must be taken back. */
    @Test
    void where_no_step_leads_down_the_weights_come_back_to_the_last_bit() {
        double[] start = {0.1f, 0.7f};
        Tensor w = Problems.leaf(start, 2);
        AtomicInteger calls = new AtomicInteger();
        Objective rising = () -> w.dot(w).add(new Scalar(calls.getAndIncrement()));
        Newton.Step made = new Newton().step(rising, List.of(w));
        assertThat(calls).hasValueGreaterThan(10);
        calls.set(0);
        NewtonCg.Step solved = new NewtonCg().step(rising, List.of(w));
        assertThat(made.moved()).isFalse();
        assertThat(solved.moved()).isFalse();
        assertThat(solved.lossAfter()).isEqualTo(solved.loss());
        assertThat(new Weights(List.of(w)).read()).containsExactly(start);
    }

    @Test
    void refuses_more_weights_than_a_matrix_is_made_for() {
        Tensor w = Problems.leaf(new double[3], 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Newton(0, 2).step(() -> w.dot(w), List.of(w)))
                .withMessageStartingWith("the Hessian of 3 weights has 9 numbers; it is made for at most 2 weights");
        assertThatIllegalArgumentException().isThrownBy(() -> new Newton(-1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new NewtonCg(0));
    }
}
