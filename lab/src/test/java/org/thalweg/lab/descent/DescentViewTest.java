package org.thalweg.lab.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.figure.Terrain;
import org.thalweg.lab.figure.Window;
import org.thalweg.lab.problem.Beale;
import org.thalweg.lab.problem.NoisyQuadratic;
import org.thalweg.lab.problem.Problem;
import org.thalweg.lab.problem.Quadratic;
import org.thalweg.lab.problem.Rosenbrock;
import org.thalweg.lab.problem.Saddle;

class DescentViewTest {
    private static DescentView view(Descent descent, String... rules) {
        return new DescentView(
                descent,
                Stream.of(rules).map(RatedRule::parse).map(descent::run).toList());
    }

    @Test
    void frames_are_all_steps_or_a_few_hundred_of_them() {
        Problem problem = new Quadratic();
        int[] all = view(new Descent(problem).steps(4), "sgd:lr=0.01").frames();
        assertThat(all).containsExactly(0, 1, 2, 3, 4);
        int[] some = view(new Descent(problem).steps(100_000), "sgd:lr=0.01").frames();
        assertThat(some).hasSize(600).startsWith(0).endsWith(100_000).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_way_that_ends_early_has_points_as_far_as_it_went() {
        DescentView view = view(new Descent(new Beale()).steps(1500), "sgd:lr=1", "sgd:lr=0.001");
        Terrain terrain = view.terrain().orElseThrow();
        Trajectory diverged = view.trajectories().getFirst();
        int[] frames = view.frames();
        int shown = terrain.tracks().getFirst().x().length;
        assertThat(frames[shown - 1]).isLessThanOrEqualTo(diverged.steps());
        assertThat(frames[shown]).isGreaterThan(diverged.steps());
        assertThat(terrain.tracks().get(1).x()).hasSameSizeAs(frames);
        assertThat(terrain.tracks().get(1).x()[7])
                .isEqualTo(view.trajectories().get(1).points()[frames[7]][0]);
        assertThat(terrain.tracks().get(1).z()[7])
                .isEqualTo(view.trajectories().get(1).losses()[frames[7]]);
    }

    @Test
    void a_curve_ends_before_it_dwarfs_the_others() {
        DescentView view = view(new Descent(new Beale()), "sgd:lr=1", "sgd:lr=0.001");
        double start = new Beale().value(new Beale().start());
        assertThat(Arrays.stream(view.losses().getFirst().curve().y()).boxed())
                .isNotEmpty()
                .allMatch(loss -> loss <= 100 * start);
        assertThat(view.losses().get(1).curve().x()).hasSize(501);
    }

    @Test
    void losses_are_measured_from_the_least() {
        DescentView noisy = view(new Descent(new NoisyQuadratic(2)), "sgd:lr=0.1");
        assertThat(noisy.lossTitle()).isEqualTo("Loss above the least");
        assertThat(noisy.losses().getFirst().curve().y()[0]).isEqualTo(25);
        assertThat(noisy.positions().getFirst().curve().y()[0]).isEqualTo(5);
        DescentView saddle = view(new Descent(new Saddle()), "sgd:lr=0.1");
        assertThat(saddle.lossTitle()).isEqualTo("Loss");
        assertThat(saddle.distances()).isEmpty();
    }

    @Test
    void what_is_exactly_zero_stays_on_a_logarithmic_axis() {
        DescentView view = view(new Descent(new Quadratic(2, 1, 0)), "sgd:lr=1");
        double[] losses = view.losses().getFirst().curve().y();
        assertThat(losses[0]).isEqualTo(2, within(1e-6));
        assertThat(losses).endsWith(1e-14);
    }

    @Test
    void the_window_is_the_problems_and_shows_the_start() {
        Window usual = new Beale().window().orElseThrow();
        assertThat(view(new Descent(new Beale()), "sgd:lr=0.001").window()).hasValue(usual);
        DescentView wide =
                view(new Descent(new Beale()).from(List.of(-4.0, 0.0)).steps(3), "sgd:lr=0.001");
        Window window = wide.window().orElseThrow();
        assertThat(window.left()).isLessThan(-4);
        assertThat(window.right()).isEqualTo(usual.right());
        assertThat(view(new Descent(new Rosenbrock(3)), "sgd:lr=0.001").terrain())
                .isEmpty();
    }

    @Test
    void colours_come_again_dashed() {
        DescentView view = view(new Descent(new Quadratic()).steps(2), "sgd:lr=0.1");
        assertThat(view.hue(0)).isEqualTo(Hue.BLUE);
        assertThat(view.dashed(0)).isFalse();
        assertThat(view.hue(7)).isEqualTo(Hue.BLUE);
        assertThat(view.dashed(7)).isTrue();
    }
}
