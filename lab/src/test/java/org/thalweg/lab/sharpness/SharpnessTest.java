package org.thalweg.lab.sharpness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.train.curvature.LossSurface;

class SharpnessTest {
    private static final Climb CLIMB = new Climb(10, 1);

    /** {@code base + sum d_i w_i^2 / 2}. */
    private record Bowl(double base, double... bends) implements LossSurface {
        @Override
        public int size() {
            return bends.length;
        }

        @Override
        public double loss(double[] w) {
            return base
                    + IntStream.range(0, w.length)
                            .mapToDouble(i -> bends[i] * w[i] * w[i] / 2)
                            .sum();
        }

        @Override
        public Slope slope(double[] w) {
            return new Slope(
                    loss(w),
                    IntStream.range(0, w.length)
                            .mapToDouble(i -> bends[i] * w[i])
                            .toArray());
        }
    }

    /** In the middle of a bowl every corner of the box is highest: 100 (sum d_i eps^2 / 2) / (1 + base). */
    @Test
    void keskars_measure_of_a_bowl_is_its_closed_form() {
        Bowl bowl = new Bowl(0.25, 3, 1, 40, 0.5);
        Sharpness found = Sharpness.keskar(bowl, new double[4], 1e-3, CLIMB);
        double rise = 44.5 * 1e-6 / 2;
        assertThat(found.loss()).isEqualTo(0.25);
        assertThat(found.highest()).isCloseTo(0.25 + rise, within(1e-12));
        assertThat(found.value()).isCloseTo(100 * rise / 1.25, within(1e-9));
    }

    /** Away from the middle the highest corner is that of the larger weights, and the box is wider there. */
    @Test
    void keskars_box_grows_with_the_weights() {
        Bowl bowl = new Bowl(0, 2, 6);
        double[] at = {1, -3};
        Sharpness found = Sharpness.keskar(bowl, at, 0.1, CLIMB);
        double highest = 2 * 1.2 * 1.2 / 2 + 6 * 3.4 * 3.4 / 2;
        assertThat(found.highest()).isCloseTo(highest, within(1e-9));
        double loss = bowl.loss(at);
        assertThat(found.value()).isCloseTo(100 * (highest - loss) / (1 + loss), within(1e-9));
    }

    /** In a ball around the middle it is highest along the steepest axis: d rho^2 / 2. */
    @Test
    void in_a_ball_it_is_the_largest_eigenvalue() {
        Bowl bowl = new Bowl(1, 0.5, 9, 2, 1, 0.1);
        Sharpness found = Sharpness.ball(bowl, new double[5], 0.05, new Climb(50, 1));
        assertThat(found.value()).isCloseTo(9 * 0.05 * 0.05 / 2, within(1e-10));
    }

    @Test
    void sams_step_is_along_the_gradient() {
        Bowl bowl = new Bowl(0, 2, 6);
        double[] at = {0.3, -0.4};
        double norm = Math.hypot(0.6, 2.4);
        double there = bowl.loss(new double[] {0.3 + 0.05 * 0.6 / norm, -0.4 - 0.05 * 2.4 / norm});
        assertThat(Sharpness.sam(bowl, at, 0.05).value()).isCloseTo(there - bowl.loss(at), within(1e-12));
        assertThat(Sharpness.ball(bowl, at, 0.05, CLIMB).value())
                .isGreaterThanOrEqualTo(Sharpness.sam(bowl, at, 0.05).value());
    }

    @Test
    void at_the_bottom_sams_step_leads_nowhere() {
        assertThat(Sharpness.sam(new Bowl(0, 1, 1), new double[2], 0.05).value())
                .isZero();
    }

    /** A ridge within the box, beyond which the loss falls: the climb must not jump over it. */
    @Test
    void finds_a_ridge_within_the_neighbourhood() {
        LossSurface wave = new LossSurface() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public double loss(double[] w) {
                return Math.sin(w[0]);
            }

            @Override
            public Slope slope(double[] w) {
                return new Slope(loss(w), new double[] {Math.cos(w[0])});
            }
        };
        Sharpness found = Sharpness.ball(wave, new double[] {0.1}, 3, new Climb(40, 1));
        assertThat(found.highest()).isCloseTo(1, within(1e-3));
    }

    /** An ellipse's area: 2 pi c / sqrt(d1 d2); in space 4/3 pi (2c)^1.5 / sqrt(d1 d2 d3). */
    @Test
    void a_basins_volume_is_that_of_its_ellipsoid() {
        double[] ones = {1, 1};
        Basin flat = Basin.of(new Bowl(0.02, 2, 8), new double[2], ones, 0.1, 4_000, 1);
        assertThat(flat.log10Volume()).isCloseTo(Math.log10(2 * Math.PI * 0.08 / 4), within(0.01));
        Basin solid = Basin.of(new Bowl(0, 2, 8, 4), new double[3], new double[] {1, 1, 1}, 0.1, 8_000, 1);
        double volume = 4.0 / 3 * Math.PI * Math.pow(0.2, 1.5) / 8;
        assertThat(solid.log10Volume()).isCloseTo(Math.log10(volume), within(0.02));
        assertThat(solid.log10Typical()).isLessThan(solid.log10Volume());
        assertThat(solid.radii()[0]).isCloseTo(Math.sqrt(0.2 / 8), within(1e-3));
        assertThat(solid.radii()[7_999]).isCloseTo(Math.sqrt(0.2 / 2), within(1e-3));
    }

    /** A round bowl in a thousand dimensions: every radius is the same, and the volume far below any double. */
    @Test
    void a_volume_in_many_dimensions_is_told_by_its_logarithm() {
        double[] bends = new double[1_000];
        Arrays.fill(bends, 2);
        double[] ones = new double[1_000];
        Arrays.fill(ones, 1);
        Basin basin = Basin.of(new Bowl(0, bends), new double[1_000], ones, 1e-4, 3, 1);
        assertThat(basin.radii()[0]).isCloseTo(0.01, within(1e-6));
        assertThat(basin.log10Volume()).isCloseTo(-2_000 + Basin.log10UnitBall(1_000), within(0.1));
        assertThat(basin.standardError()).isLessThan(0.1);
    }

    /** In units of the scales: the same as the area over their product, without the dimension that has none. */
    @Test
    void scales_are_units_of_length() {
        Basin basin = Basin.of(new Bowl(0, 2, 8, 5), new double[3], new double[] {2, 0.5, 0}, 0.1, 4_000, 1);
        assertThat(basin.dimensions()).isEqualTo(2);
        assertThat(basin.log10Volume()).isCloseTo(Math.log10(2 * Math.PI * 0.1 / 4 / (2 * 0.5)), within(0.01));
    }

    @Test
    void unit_balls_are_known() {
        assertThat(Basin.log10UnitBall(1)).isCloseTo(Math.log10(2), within(1e-12));
        assertThat(Basin.log10UnitBall(2)).isCloseTo(Math.log10(Math.PI), within(1e-12));
        assertThat(Basin.log10UnitBall(3)).isCloseTo(Math.log10(4 * Math.PI / 3), within(1e-12));
        assertThat(Basin.log10UnitBall(40))
                .isCloseTo(Math.log10(Math.pow(Math.PI, 20) / 2432902008176640000.0), within(1e-9));
    }

    @Test
    void refuses_what_has_no_answer() {
        Bowl bowl = new Bowl(0.2, 1);
        double[] at = {0};
        double[] one = {1};
        assertThatIllegalArgumentException().isThrownBy(() -> Sharpness.keskar(bowl, at, 0, CLIMB));
        assertThatIllegalArgumentException().isThrownBy(() -> Sharpness.ball(bowl, at, -1, CLIMB));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Basin.of(bowl, at, one, 0.1, 10, 1))
                .withMessage("the loss is 0.2000: a basin has a cutoff above that, but this is 0.1000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Basin.of(new Bowl(0, 0), at, one, 0.1, 10, 1))
                .withMessage("the loss stays below 0.1 however far one goes: take a lower cutoff");
        assertThatIllegalArgumentException().isThrownBy(() -> Basin.of(bowl, at, one, 0.3, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Climb(0, 1));
    }
}
