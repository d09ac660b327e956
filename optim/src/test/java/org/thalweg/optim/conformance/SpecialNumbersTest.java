package org.thalweg.optim.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thalweg.optim.conformance.Walk.SCALAR;
import static org.thalweg.optim.conformance.Walk.VECTOR;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.optim.Execution;
import org.thalweg.optim.rule.Sgd;

/** NaN, infinities, signed zeros and denormal numbers pass through as IEEE 754 says. */
class SpecialNumbersTest {
    private static final Course COURSE =
            Course.random(21, 3, List.of(new long[] {37}, new long[] {5, 33}, new long[] {2, 3, 7}, new long[] {1}));
    private static final int TENSOR = 1;
    /** One for the vectors and one for what they leave over. */
    private static final List<Integer> ELEMENTS = List.of(40, 164);

    private static final List<Float> NOT_FINITE = List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);

    static List<Conformance> table() {
        return Conformance.table();
    }

    @ParameterizedTest
    @MethodSource("table")
    void notFiniteGradientsReachAsFarAsTheRuleDoes(Conformance row) {
        Outcome healthy = Walk.along(COURSE, VECTOR, row.rule());
        for (float number : NOT_FINITE) {
            for (int element : ELEMENTS) {
                Course poisoned = COURSE.copy();
                poisoned.gradients()[0][TENSOR][element] = number;
                Outcome outcome = agreeing(poisoned, row);
                if (Float.isNaN(number) || row.extremes() == Extremes.FELT) {
                    assertThat(outcome.value(TENSOR)[element]).isNotEqualTo(healthy.value(TENSOR)[element]);
                }
                beyondReach(row.reach(), outcome, element).mustEqual(beyondReach(row.reach(), healthy, element));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void notFiniteParametersReachAsFarAsTheRuleDoes(Conformance row) {
        for (float number : NOT_FINITE) {
            for (int element : ELEMENTS) {
                Course poisoned = COURSE.copy();
                poisoned.initial()[TENSOR][element] = number;
                assertThat(agreeing(poisoned, row).value(TENSOR)[element]).isNotFinite();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void signedZerosAndTinyNumbersKeepTheirMeaning(Conformance row) {
        float[] special = {0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, 1e-40f, Float.MIN_NORMAL, -1e-20f, 1};
        Course course = COURSE.copy();
        Random random = new Random(22);
        for (float[][] tensors : List.of(course.initial(), course.gradients()[0], course.gradients()[2])) {
            for (float[] tensor : tensors) {
                for (int i = 0; i < tensor.length; i++) {
                    tensor[i] = special[random.nextInt(special.length)];
                }
            }
        }
        if (row.extremes() == Extremes.SIGN) {
            Walk.along(course, SCALAR, row.rule()).mustEqual(Walk.along(course, VECTOR, row.rule()));
        } else {
            agreeing(course, row);
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.Kernels.class)
    void denormalNumbersAreCountedExactly(Execution.Kernels kernels) {
        float[] initial = new float[37];
        float[] gradient = new float[37];
        Arrays.fill(initial, 5 * Float.MIN_VALUE);
        Arrays.fill(gradient, 2 * Float.MIN_VALUE);
        Course course =
                new Course(Course.vectors(37), new float[][] {initial}, new float[][][] {{gradient}}, new double[] {1});
        assertThat(Walk.along(course, new Execution(1, kernels), new Sgd()).value(0))
                .containsOnly(3 * Float.MIN_VALUE);
    }

    private static Outcome agreeing(Course course, Conformance row) {
        Outcome scalar = Walk.along(course, SCALAR, row.rule());
        scalar.mustEqual(Walk.along(course, VECTOR, row.rule()));
        scalar.mustBeNear(Reference.along(course, row.rule()), Conformance.TOLERANCE);
        return scalar;
    }

    /** What the gradient of an element must not change. */
    private static Outcome beyondReach(Reach reach, Outcome outcome, int element) {
        return switch (reach) {
            case ALL -> new Outcome(List.of());
            case TENSOR -> outcome.without(TENSOR);
            case ROW -> outcome.cleared(TENSOR, element / 33 * 33, element / 33 * 33 + 33);
            case ELEMENT -> outcome.cleared(TENSOR, element, element + 1);
        };
    }
}
