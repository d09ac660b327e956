package org.thalweg.optim.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thalweg.optim.conformance.Walk.SCALAR;
import static org.thalweg.optim.conformance.Walk.VECTOR;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.optim.Cost;
import org.thalweg.optim.Execution;

/** Whatever can be written means the same in the interpreter and in kernels of any width. */
class RandomRuleTest {
    /** Values stay within some tens, and every operation passes on a few times an operand's error. */
    private static final double TOLERANCE = 2e-5;

    private static final Course COURSE = course();

    /** With round gradients among the others, so that some are equal to constants, and one that is missing. */
    private static Course course() {
        Course course = Course.random(
                11, 3, List.of(new long[] {37}, new long[] {5, 33}, new long[] {2, 3, 7}, new long[] {1}));
        for (float[][] step : course.gradients()) {
            for (float[] gradient : step) {
                for (int i = 0; i < gradient.length; i += 3) {
                    gradient[i] = Math.round(8 * gradient[i]) / 8f;
                }
            }
        }
        return course.missing(1, 2);
    }

    static List<RandomRule> rules() {
        return LongStream.range(0, 500).mapToObj(RandomRule::new).toList();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void meansTheSameEverywhere(RandomRule rule) {
        Outcome scalar = Walk.along(COURSE, SCALAR, rule);
        scalar.mustBeNear(Reference.along(COURSE, rule), TOLERANCE);
        scalar.mustEqual(Walk.along(COURSE, VECTOR, Memory.NATIVE, rule));
        scalar.mustEqual(Walk.along(COURSE, new Execution(2, Execution.Kernels.VECTOR), Memory.MIXED, rule));
    }

    @Test
    void manyOfThemTakeSeveralPasses() {
        assertThat(rules().stream().filter(rule -> Cost.of(rule).passes() >= 3)).hasSizeGreaterThan(40);
    }
}
