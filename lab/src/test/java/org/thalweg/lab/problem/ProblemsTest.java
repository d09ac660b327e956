package org.thalweg.lab.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Fitting;
import org.thalweg.train.data.Split;

class ProblemsTest {
    static Stream<Problem> problems() {
        return Stream.concat(
                        Problems.names().stream(),
                        Stream.of(
                                "quadratic:dimension=5,condition=1000,rotation=70",
                                "quadratic:dimension=1,condition=7",
                                "rosenbrock:dimension=6",
                                "deep-linear:layers=5",
                                "double-well:dimension=5,tilt=1.5",
                                "logistic:examples=30,features=4,l2=0.1,batch=3",
                                "logistic:l2=0",
                                "reddi:large=4,small=1,period=3",
                                "(1-x)^2 + 100*(y-x^2)^2",
                                "sin(x)*exp(-y/2) + tanh(x*y)/(1 + abs(y)) + log(4+x) - sqrt(y^2+1)^1.5 + pow(2, x)"))
                .map(Problems::parse);
    }

    private static double[] near(Problem problem, Random random) {
        double[] point = problem.start();
        for (int i = 0; i < point.length; i++) {
            point[i] += 0.3 * random.nextGaussian();
        }
        return point;
    }

    @ParameterizedTest
    @MethodSource("problems")
    void gradients_are_those_of_central_differences(Problem problem) {
        Random random = new Random(3);
        for (int trial = 0; trial < 20; trial++) {
            double[] point = near(problem, random);
            double[] gradient = problem.gradient(point);
            assertThat(gradient).hasSize(problem.dimension());
            double size = Math.abs(problem.value(point)) + 1;
            for (int i = 0; i < Math.min(point.length, 12); i++) {
                double step = 1e-5;
                double[] ahead = point.clone();
                double[] behind = point.clone();
                ahead[i] += step;
                behind[i] -= step;
                double slope = (problem.value(ahead) - problem.value(behind)) / (2 * step);
                assertThat(gradient[i]).as("%s at %d", problem.name(), i).isEqualTo(slope, within(1e-7 * size));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void the_mean_of_what_steps_see_is_the_gradient(Problem problem) {
        double[] point = near(problem, new Random(4));
        int steps = problem.stochastic() ? 40_400 : 3;
        double[] mean = new double[problem.dimension()];
        double[] squares = new double[problem.dimension()];
        for (int step = 0; step < steps; step++) {
            double[] seen = problem.gradient(point, 9, step);
            assertThat(problem.gradient(point, 9, step)).containsExactly(seen);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += seen[i] / steps;
                squares[i] += seen[i] * seen[i] / steps;
            }
        }
        double[] gradient = problem.gradient(point);
        for (int i = 0; i < mean.length; i++) {
            double error = Math.sqrt(Math.max(0, squares[i] - mean[i] * mean[i]) / steps);
            assertThat(mean[i]).isEqualTo(gradient[i], within(4 * error + 1e-9 * (1 + Math.abs(gradient[i]))));
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void nothing_lies_below_a_minimum_and_there_the_gradient_vanishes(Problem problem) {
        Random random = new Random(5);
        for (double[] minimum : problem.minima()) {
            double least = problem.value(minimum);
            assertThat(problem.least()).hasValue(least);
            assertThat(problem.distance(minimum)).hasValue(0);
            for (double slope : problem.gradient(problem.projected(minimum))) {
                assertThat(slope).isEqualTo(0, within(problem instanceof Reddi ? 10 : 1e-9));
            }
            for (int trial = 0; trial < 200; trial++) {
                double[] other = problem.projected(near(problem, random));
                assertThat(problem.value(other)).isGreaterThanOrEqualTo(least);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void names_are_read_back_as_the_same_problem(Problem problem) {
        Problem again = Problems.parse(problem.name());
        double[] point = near(problem, new Random(6));
        assertThat(again.value(point)).isEqualTo(problem.value(point));
        assertThat(again.gradient(point)).containsExactly(problem.gradient(point));
    }

    @Test
    void the_deep_quadratic_has_a_deep_networks_spectrum() {
        DeepQuadratic described = new DeepQuadratic(100, 0, 1, 3);
        Problem bowl = described.draw();
        double[] eigenvalues = described.eigenvalues();
        assertThat(Arrays.stream(eigenvalues).boxed())
                .hasSize(100)
                .allMatch(it -> (it > 0 && it < 1) || (it > 30 && it < 60));
        assertThat(Arrays.stream(eigenvalues).filter(it -> it > 30).count()).isEqualTo(10);
        double trace = 0;
        double squares = 0;
        for (int i = 0; i < 100; i++) {
            double[] point = bowl.minima().getFirst().clone();
            point[i] += 1;
            double[] column = bowl.gradient(point);
            trace += column[i];
            squares += Arrays.stream(column).map(it -> it * it).sum();
        }
        assertThat(trace).isEqualTo(Arrays.stream(eigenvalues).sum(), within(1e-9));
        assertThat(squares)
                .isEqualTo(Arrays.stream(eigenvalues).map(it -> it * it).sum(), within(1e-6));
        assertThat(bowl.stochastic()).isFalse();
    }

    @Test
    void known_values() {
        assertThat(new Beale().value(new double[] {3, 0.5})).isZero();
        assertThat(new Beale().value(new double[] {3, 0})).isEqualTo(2.953125, within(1e-12)); // not a minimum
        assertThat(new Beale().value(new double[] {1, 1.5})).isEqualTo(41.25, within(1e-12));
        assertThat(new Beale().minima().getFirst()).containsExactly(3, 0.5);
        assertThat(new Rosenbrock().value(new double[] {-1.2, 1})).isEqualTo(24.2, within(1e-12));
        assertThat(new QuarticSaddle().value(new double[] {2, 1})).isEqualTo(-15);
        assertThat(new Saddle().value(new double[] {2, 1})).isEqualTo(3);
        assertThat(new DeepLinear().value(new double[] {3, 2})).isEqualTo(25);
        assertThat(new NoisyQuadratic(2).value(new double[] {3})).isEqualTo(13);
        assertThat(new Reddi().value(new double[] {1})).isEqualTo(10 / 101.0, within(1e-15));
    }

    @Test
    void a_quadratic_has_the_condition_and_the_eigenvectors_asked_for() {
        Quadratic bowl = new Quadratic(3, 100, 25);
        for (int i = 0; i < 3; i++) {
            double[] unit = new double[3];
            unit[i] = 1;
            double[] eigenvector = new double[3];
            for (int j = 0; j < 3; j++) { // the transposed of the turn
                double[] axis = new double[3];
                axis[j] = 1;
                eigenvector[j] = bowl.alongEigenvectors(axis)[i];
            }
            double[] image = bowl.gradient(eigenvector);
            for (int j = 0; j < 3; j++) {
                assertThat(image[j]).isEqualTo(Math.pow(10, i) * eigenvector[j], within(1e-12));
            }
        }
    }

    @Test
    void a_quadratic_in_the_plane_turns_anticlockwise() {
        double[] along = {Math.cos(Math.toRadians(30)), Math.sin(Math.toRadians(30))};
        assertThat(new Quadratic(2, 50, 30).value(along)).isEqualTo(0.5, within(1e-12));
        assertThat(new Quadratic(2, 50, 30).value(new double[] {-along[1], along[0]}))
                .isEqualTo(25, within(1e-12));
    }

    @Test
    void the_distance_to_the_hyperbola_is_that_of_the_nearest_of_its_points() {
        Random random = new Random(7);
        for (int trial = 0; trial < 200; trial++) {
            double[] point = {3 * random.nextGaussian(), 3 * random.nextGaussian()};
            double nearest = Double.POSITIVE_INFINITY;
            for (double u = -6; u <= 6; u += 1e-4) {
                double t = Math.exp(u);
                nearest = Math.min(nearest, Math.hypot(point[0] - t, point[1] - 1 / t));
                nearest = Math.min(nearest, Math.hypot(point[0] + t, point[1] + 1 / t));
            }
            assertThat(new DeepLinear().distance(point).orElseThrow()).isBetween(nearest - 1e-3, nearest + 1e-12);
        }
        assertThat(Hyperbola.distance(0, 0)).isEqualTo(Math.sqrt(2), within(1e-12));
        assertThat(Hyperbola.distance(1e38, -1e38)).isFinite();
    }

    @Test
    void the_left_of_two_wells_is_the_deeper() {
        DoubleWell wells = new DoubleWell(1, 0.3);
        double left = wells.minima().getFirst()[0];
        double deepest = -2;
        for (double x = -2; x <= 2; x += 1e-4) {
            deepest = wells.value(x) < wells.value(deepest) ? x : deepest;
        }
        assertThat(left).isEqualTo(deepest, within(1e-4));
        assertThat(wells.value(new double[] {1})).isEqualTo(0.3, within(1e-12));
        assertThatIllegalArgumentException().isThrownBy(() -> new DoubleWell(1, 1.54));
        assertThatIllegalArgumentException().isThrownBy(() -> new DoubleWell(1, 0));
    }

    @Test
    void reddis_large_loss_comes_once_a_period() {
        Reddi theorem = new Reddi(4, 1, 3, false);
        assertThat(List.of(theorem.slope(1, 0), theorem.slope(1, 1), theorem.slope(1, 2), theorem.slope(1, 3)))
                .containsExactly(4.0, -1.0, -1.0, 4.0);
        assertThat(theorem.projected(new double[] {1.5})).containsExactly(1);
    }

    @Test
    void least_squares_with_an_l2_term_has_the_minimum_of_the_normal_equations() {
        double[][] x = {{1, 2}, {1, -1}, {1, 0.5}};
        double[] y = {3, 0, 1};
        LinearModel model = new LinearModel("own", LinearModel.Loss.SQUARE, x, y, 0.3, 0);
        // (X'X/3 + 0.3 I) w = X'y/3 by Cramer's rule.
        double a = 1 + 0.3;
        double b = 1.5 / 3;
        double d = 5.25 / 3 + 0.3;
        double p = 4 / 3.0;
        double q = 6.5 / 3;
        double determinant = a * d - b * b;
        assertThat(model.minima().getFirst()[0]).isEqualTo((p * d - b * q) / determinant, within(1e-12));
        assertThat(model.minima().getFirst()[1]).isEqualTo((a * q - b * p) / determinant, within(1e-12));
    }

    @Test
    void wilsons_data_are_as_in_the_paper() {
        Wilson wilson = new Wilson(200, 0.7, 3);
        LinearModel model = wilson.draw();
        assertThat(model.dimension()).isEqualTo(3 + 5 * 200);
        double[] onlyLabel = new double[model.dimension()];
        onlyLabel[0] = 1;
        assertThat(model.value(onlyLabel)).isZero(); // x[1] = y
        assertThat(wilson.accuracy(onlyLabel)).isEqualTo(1, within(1e-12));
        double[] equal = new double[model.dimension()];
        java.util.Arrays.fill(equal, 1);
        // 1 + 2 + 1 - 1 and -1 + 2 + 5 + 1, by the label; what adaptive rules learn says 1 of every new example.
        double positives = 0;
        for (double share = 0; share <= 1; share += 1 / 200.0) {
            double expected = share * 9 / 2 + (1 - share) * 49 / 2;
            positives = Math.abs(expected - model.value(equal)) < 1e-9 ? share : positives;
        }
        assertThat(positives).isBetween(0.6, 0.8);
        assertThat(wilson.accuracy(equal)).isEqualTo(0.7, within(1e-12));
    }

    @Test
    void noise_is_added_to_what_steps_see_alone() {
        Noisy noisy = new Noisy(new Saddle(), 0.5);
        double[] top = {0, 0};
        assertThat(noisy.gradient(top)).containsExactly(0, -0.0);
        double sum = 0;
        for (int step = 0; step < 10_000; step++) {
            double[] seen = noisy.gradient(top, 1, step);
            sum += seen[0] * seen[0] + seen[1] * seen[1];
        }
        assertThat(sum / 20_000).isEqualTo(0.25, within(0.01));
    }

    @Test
    void functions_of_ones_own_are_differentiated() {
        Problem bowl = new PlaneFunction(
                "bowl", (x, y) -> x.squared().plus(y.minus(1).squared().times(10)));
        assertThat(bowl.value(new double[] {2, 3})).isEqualTo(44);
        assertThat(bowl.gradient(new double[] {2, 3})).containsExactly(4, 40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"beal", "quadratic:condition=0.5", "quadratic:dimension=0", "rosenbrock:dimension=1"})
    void names_and_options_that_cannot_be_are_told(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Problems.parse(text))
                .withMessageStartingWith("cannot read problem \"" + text + "\": at character ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logistic:examples=100000,features=100000",
                "wilson:examples=99999",
                "reddi:large=10",
                "wilson:positive=0.4",
                "deep-linear:layers=200000"
            })
    void sizes_and_numbers_are_checked_before_anything_is_made(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Problems.parse(text));
    }

    @Test
    void a_quadratic_is_half_its_hessians_form_and_its_starts_lie_along_every_eigenvector() {
        Quadratic bowl = new Quadratic(4, 50, 20);
        double[] w = {1, -2, 0.5, 3};
        double[][] hessian = bowl.hessian();
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(hessian[i][j]).isEqualTo(hessian[j][i], within(1e-12));
                sum += w[i] * hessian[i][j] * w[j];
            }
        }
        assertThat(bowl.value(w)).isEqualTo(sum / 2, within(1e-10));
        for (double along : bowl.alongEigenvectors(bowl.start(new Random(1)))) {
            assertThat(Math.abs(along)).isBetween(0.5, 1.5);
        }
        assertThat(bowl.start(new Random(1))).isNotEqualTo(bowl.start(new Random(2)));
    }

    @Test
    void data_become_rows_and_labels() {
        Corpus cancer = Corpus.load("breast-cancer", Optional.empty());
        DesignMatrix matrix = DesignMatrix.of(
                        Dataset.of(cancer, new Split(1), Optional.of(new Fitting.Standardise()), List.of())
                                .train())
                .withConstant();
        assertThat(matrix.x()).hasNumberOfRows(455);
        assertThat(matrix.y()).containsOnly(-1, 1);
        double[][] gram = matrix.gram();
        assertThat(gram).hasDimensions(31, 31);
        for (int i = 0; i < 30; i++) {
            assertThat(gram[i][i]).as("variance").isEqualTo(1, within(1e-4));
            assertThat(gram[i][30]).as("mean").isEqualTo(0, within(1e-5));
        }
        assertThat(gram[30][30]).isEqualTo(1, within(1e-12));
        Corpus digits = Corpus.load("digits", Optional.empty());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DesignMatrix.of(digits.divide(new Split(1)).train()))
                .withMessageContaining("one of two classes");
    }
}
