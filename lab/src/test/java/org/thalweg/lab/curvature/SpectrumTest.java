package org.thalweg.lab.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.train.curvature.SymmetricOperator;

class SpectrumTest {
    /** Signs squared are 1, so every vector tells the trace of a diagonal matrix. */
    @Test
    void the_trace_of_a_diagonal_matrix_is_exact() {
        SymmetricOperator diagonal = Matrices.operator(
                100,
                v -> IntStream.range(0, 100).mapToDouble(i -> (i - 30) * v[i]).toArray());
        Trace trace = Trace.of(diagonal, 5, 1);
        assertThat(trace.value()).isCloseTo(1_950, within(1e-9));
        assertThat(trace.standardError()).isCloseTo(0, within(1e-9));
    }

    /** The variance of one vector's estimate is twice the sum of the squares beside the diagonal (Hutchinson). */
    @Test
    void the_traces_error_is_as_large_as_the_theory_says() {
        double[][] rows = new double[40][40];
        Random random = new Random(4);
        double square = 0;
        double trace = 0;
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < i; j++) {
                rows[i][j] = rows[j][i] = random.nextGaussian();
                square += 2 * rows[i][j] * rows[i][j];
            }
            rows[i][i] = random.nextGaussian();
            trace += rows[i][i];
        }
        Trace found = Trace.of(Matrices.of(rows), 4_000, 2);
        double error = Math.sqrt(2 * square / 4_000);
        assertThat(found.value()).isCloseTo(trace, within(4 * error));
        assertThat(found.standardError()).isCloseTo(error, within(0.1 * error));
        assertThat(Trace.of(Matrices.of(rows), 1, 2).standardError()).isNaN();
    }

    /** With as many steps as rows the quadrature is exact: its moments are the matrix's, seen from the vector. */
    @Test
    void the_density_has_the_matrixs_moments() {
        double[] values = IntStream.range(0, 500)
                .mapToDouble(i -> Math.cos(i) + (i < 5 ? 20 : 0))
                .toArray();
        SymmetricOperator matrix = Matrices.withEigenvalues(values);
        SpectralDensity density = SpectralDensity.of(matrix, 20, 40, 1);
        assertThat(density.share(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
                .isCloseTo(1, within(1e-9));
        assertThat(density.mean()).isCloseTo(Trace.of(matrix, 20, 1).value() / 500, within(1e-6));
        assertThat(density.mean()).isCloseTo(Arrays.stream(values).average().orElseThrow(), within(0.03));
        assertThat(density.share(10, 30)).isCloseTo(0.01, within(0.005));
        double below = Arrays.stream(values).filter(x -> x < -0.5).count() / 500.0;
        assertThat(density.share(-2, -0.5)).isCloseTo(below, within(0.04));
    }

    @Test
    void the_density_at_a_place_is_a_density() {
        SpectralDensity density = SpectralDensity.of(Matrices.withEigenvalues(1, 2, 2, 5, -3, 0), 3, 6, 1);
        double sum = 0;
        for (double x = -5; x < 7; x += 0.01) {
            sum += 0.01 * density.at(x, 0.2);
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
    }

    @Test
    void ends_early_where_the_vector_has_parts_of_few_eigenvectors() {
        SymmetricOperator twice =
                Matrices.operator(64, v -> Arrays.stream(v).map(x -> 2 * x).toArray());
        SpectralDensity density = SpectralDensity.of(twice, 2, 10, 1);
        assertThat(density.nodes()).hasSize(2);
        density.nodes().forEach(node -> {
            assertThat(node.at()).isCloseTo(2, within(1e-6));
            assertThat(node.share()).isCloseTo(0.5, within(1e-9));
        });
    }

    @Test
    void refuses_what_makes_no_sense() {
        SymmetricOperator matrix = Matrices.withEigenvalues(1, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> Trace.of(matrix, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SpectralDensity.of(matrix, 0, 5, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SpectralDensity.of(matrix, 1, 0, 1));
    }
}
