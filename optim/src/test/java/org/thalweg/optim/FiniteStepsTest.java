package org.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.schedule.Schedule;

class FiniteStepsTest {
    private final float[] first = {1, 2, 3};
    private final float[] second = {4, 5};
    private final float[] gradient = {0.1f, -0.2f, 0.3f};
    private final float[] last = {1, -1};
    private final List<Parameter> parameters =
            List.of(Parameter.of("first", first, gradient), Parameter.of("second", second, last));

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void a_step_is_left_out_as_a_whole(float bad) {
        try (Optimizer optimizer = Optimizer.of(new Adam(), Schedule.constant(0.1), parameters)) {
            FiniteSteps steps = new FiniteSteps(optimizer, parameters);
            assertThat(steps.step()).isTrue();
            float[] before = first.clone();
            OptimizerState state = optimizer.state();
            last[1] = bad;
            assertThat(steps.step()).isFalse();
            assertThat(steps.step()).isFalse();
            assertThat(steps.skipped()).isEqualTo(2);
            assertThat(first).isEqualTo(before);
            assertThat(optimizer.state()).usingRecursiveComparison().isEqualTo(state);
            last[1] = -1;
            assertThat(steps.step()).isTrue();
            assertThat(optimizer.steps()).isEqualTo(2);
            assertThat(steps.skipped()).isEqualTo(2);
        }
        float[] skipped = first.clone();
        System.arraycopy(new float[] {1, 2, 3}, 0, first, 0, 3);
        System.arraycopy(new float[] {4, 5}, 0, second, 0, 2);
        try (Optimizer optimizer = Optimizer.of(new Adam(), Schedule.constant(0.1), parameters)) {
            optimizer.step();
            optimizer.step();
        }
        assertThat(first).isEqualTo(skipped);
    }

    @Test
    void finds_every_number_that_is_not_finite() {
        float[] heap = new float[37];
        MemorySegment offHeap = Arena.ofAuto().allocate(37 * Float.BYTES, Float.BYTES);
        for (MemorySegment numbers : List.of(MemorySegment.ofArray(heap), offHeap)) {
            assertThat(FiniteSteps.isFinite(Precision.FLOAT32, numbers)).isTrue();
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                for (int at : new int[] {0, 17, 36}) {
                    numbers.setAtIndex(ValueLayout.JAVA_FLOAT, at, bad);
                    assertThat(FiniteSteps.isFinite(Precision.FLOAT32, numbers)).isFalse();
                    numbers.setAtIndex(ValueLayout.JAVA_FLOAT, at, -Float.MAX_VALUE);
                    assertThat(FiniteSteps.isFinite(Precision.FLOAT32, numbers)).isTrue();
                }
            }
        }
    }
}
