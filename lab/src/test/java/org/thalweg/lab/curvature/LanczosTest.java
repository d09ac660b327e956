package org.thalweg.lab.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.train.curvature.SymmetricOperator;

class LanczosTest {
    private static double[] values(Eigenpairs found) {
        return found.values().stream().mapToDouble(Eigenvalue::value).toArray();
    }

    @Test
    void finds_all_eigenvalues_of_a_small_matrix_in_order_and_as_often_as_they_are() {
        SymmetricOperator matrix = Matrices.withEigenvalues(-7, 3, 3, 0, 0, 12, -1);
        Eigenpairs found = new Lanczos(7).of(matrix);
        assertThat(values(found)).containsExactly(new double[] {12, 3, 3, 0, 0, -1, -7}, within(1e-5));
        assertThat(found.converged()).isTrue();
        assertThat(values(new Lanczos(2).of(matrix.negated()))).containsExactly(new double[] {7, 1}, within(1e-5));
    }

    /** A crowd around 0 and a few beyond it, as in networks; the basis is filled and begun again. */
    @Test
    void finds_the_largest_of_many_with_residuals_that_hold() {
        double[] spectrum = DoubleStream.concat(
                        DoubleStream.of(50, 20, 19, 5, 2.05),
                        IntStream.range(0, 3_000).mapToDouble(i -> 2 * Math.sin(i)))
                .toArray();
        SymmetricOperator matrix = Matrices.withEigenvalues(spectrum);
        Eigenpairs found = new Lanczos(5, 1e-4, 500, 3).of(matrix);
        assertThat(values(found)).containsExactly(new double[] {50, 20, 19, 5, 2.05}, within(1e-3));
        assertThat(found.converged()).isTrue();
        assertThat(found.products()).isBetween(45, 200);
        for (Eigenpairs.Pair pair : found.pairs()) {
            double[] vector = Basis.widened(pair.vector());
            double[] image = matrix.times(vector);
            double square = 0;
            for (int i = 0; i < image.length; i++) {
                double left = image[i] - pair.value().value() * vector[i];
                square += left * left;
            }
            assertThat(Math.sqrt(square)).isCloseTo(pair.value().residual(), within(1e-12));
            assertThat(pair.value().relativeResidual()).isLessThan(1e-4);
            assertThat(Basis.norm(vector)).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void says_so_when_products_run_out() {
        double[] spectrum = IntStream.range(0, 2_000).mapToDouble(i -> i).toArray();
        Eigenpairs found = new Lanczos(3, 1e-6, 10, 1).of(Matrices.withEigenvalues(spectrum));
        assertThat(found.converged()).isFalse();
        assertThat(found.products()).isEqualTo(13);
        assertThat(found.values()).hasSize(3);
        found.values().forEach(value -> assertThat(value.relativeResidual()).isGreaterThan(1e-6));
    }

    @Test
    void of_nothing_is_zeros() {
        SymmetricOperator zero = Matrices.operator(100, vector -> new double[vector.length]);
        assertThat(values(new Lanczos(2).of(zero))).containsExactly(0, 0);
    }

    @Test
    void refuses_what_makes_no_sense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Lanczos(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lanczos(1, 0, 10, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lanczos(1, 0.1, 0, 1));
        SymmetricOperator huge = Matrices.operator(2_000_000_000, vector -> vector);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Lanczos(100).of(huge))
                .withMessageContaining("ask for fewer eigenvalues");
    }
}
