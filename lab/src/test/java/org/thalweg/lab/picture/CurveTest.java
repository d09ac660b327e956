package org.thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class CurveTest {
    @Test
    void leaves_out_what_is_not_finite() {
        Curve curve = Curve.of(List.of(1.0, Double.NaN, 3.0, Double.POSITIVE_INFINITY), x -> x, x -> 2 * x);
        assertThat(curve.x()).containsExactly(1, 3);
        assertThat(curve.y()).containsExactly(2, 6);
    }

    @Test
    void smoothing_keeps_a_line_as_it_is_up_to_its_ends() {
        Curve line = ramp(200);
        assertThat(line.smoothed().y()).containsExactly(line.y(), within(1e-12));
    }

    @Test
    void smoothing_spreads_a_spike_over_a_twentieth_of_the_curve() {
        double[] spike = new double[200];
        spike[100] = 11;
        double[] smooth = new Curve(ramp(200).x(), spike).smoothed().y();
        assertThat(DoubleStream.of(smooth).filter(y -> y > 0))
                .hasSize(11)
                .allSatisfy(y -> assertThat(y).isCloseTo(1, within(1e-12)));
    }

    @Test
    void thinning_keeps_means_and_leaves_short_curves_alone() {
        Curve thin = ramp(2_500).thinned();
        assertThat(thin.x()).hasSize(1_000).isSorted();
        assertThat(thin.y()).containsExactly(thin.x());
        assertThat(ramp(1_000).thinned().x()).hasSize(1_000);
    }

    @Test
    void a_logarithmic_axis_is_for_positive_numbers_that_are_far_apart() {
        assertThat(Curve.spansDecades(List.of(points(1), points(10)))).isTrue();
        assertThat(Curve.spansDecades(List.of(points(1), points(9)))).isFalse();
        assertThat(Curve.spansDecades(List.of(points(0), points(9)))).isFalse();
        assertThat(Curve.spansDecades(List.of(points(-100), points(-1)))).isFalse();
        assertThat(Curve.spansDecades(List.of())).isFalse();
    }

    private static Curve points(double y) {
        return new Curve(new double[] {1}, new double[] {y});
    }

    private static Curve ramp(int count) {
        double[] x = DoubleStream.iterate(0, i -> i + 1).limit(count).toArray();
        return new Curve(x, x.clone());
    }
}
