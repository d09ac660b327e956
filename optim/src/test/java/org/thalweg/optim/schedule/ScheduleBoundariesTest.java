package org.thalweg.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** First and last steps, and those on both sides of every turn. */
class ScheduleBoundariesTest {
    private static final double ULPS = 1e-15;

    /** Values on both sides of the boundaries, by closed form. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            multiStep(8, [3, 4, 6], 0.5)             | 0 2 3 4 5 6 99      | 8 8 4 2 2 1 1
            tenths(100, 8)                           | 0 3 4 5 6 8 99      | 100 100 10 10 1 1 1
            tenths(100, 9)                           | 4 5 6 7             | 100 10 10 1
            tenths(100, 1)                           | 0 1                 | 100 1
            linear(8, 4)                             | 0 1 3 4 5           | 8 6 2 0 0
            linear(2, 4, 10)                         | 0 1 3 4 5           | 2 4 8 10 10
            polynomial(16, 4, 2)                     | 0 1 2 3 4 5         | 16 9 4 1 0 0
            polynomial(17, 4, 2, 1)                  | 0 1 2 3 4 5         | 17 10 5 2 1 1
            inverseTime(12)                          | 0 1 2 3 5           | 12 6 4 3 2
            inverseSquareRoot(6, 4)                  | 0 1 2 3 8 15 35     | 1.5 3 4.5 6 4 3 2
            inverseSquareRoot(6)                     | 0 3 8               | 6 3 2
            cosine(8, 4)                             | 0 2 4 5             | 8 4 0 0
            warmRestarts(8, 4)                       | 0 2 4 6 8 4000002   | 8 4 8 4 8 4
            warmRestarts(8, 2, 3)                    | 0 1 2 5 8 17 26     | 8 4 8 4 8 4 8
            triangular(1, 5, 4)                      | 0 1 3 4 5 7 8 9     | 1 2 4 5 4 2 1 2
            triangular(1, 5, 4, 1)                   | 0 3 4 5 6           | 1 4 5 1 2
            triangular2(1, 9, 2)                     | 0 2 4 6 8 10 12     | 1 9 1 5 1 3 1
            expRange(0, 16, 1, 0.5)                  | 0 1 2 3             | 0 8 0 2
            oneCycle(8, 11, 0.5, 4, 2, linear, false)| 0 10 11 99          | 2 1 1 1
            oneCycle(8, 8, 0.5, 4, 2, linear, false) | 0 1 2 3 7 8         | 2 4 6 8 1 1
            oneCycle(8, 10, 0.4, 4, 2, linear, true) | 0 1 2 3 4 5 6 9 10  | 2 4 6 8 6 4 2 1 1
            oneCycle(8, 1)                           | 0 1                 | 0.000032 0.000032
            oneCycle(8, 10, 0.1, 4, 2, linear, false)| 0 9                 | 8 1
            warmUpStableDecay(8, 4, 3, 4)            | 0 3 4 6 7 8 10 11 12| 2 8 8 8 8 6 2 0 0
            warmUpStableDecay(8, 0, 0, 4, 4, cosine) | 0 2 4 5             | 8 6 4 4
            warmUpStableDecay(8, 0, 1, 4, 0, sqrt)   | 0 1 2 5             | 8 8 4 0
            8.warmUp(4)                              | 0 1 2 3 4           | 2 4 6 8 8
            8.warmUp(5, 0)                           | 0 1 4 5             | 0 2 8 8
            8.warmUp(4, 0.25, constant)              | 0 3 4               | 2 2 8
            8.warmUp(4, 0.125, exponential)          | 0 1 2 3 4           | 1 2 4 8 8
            8.warmUp(1, 0.5)                         | 0 1                 | 4 8
            8.warmUp(0, 0.5)                         | 0 1                 | 8 8
            linear(8, 4).warmUp(2)                   | 0 1 2 3 6           | 4 8 8 6 0
            8.then(2, step(4, 1, 0.5))               | 0 1 2 3 4           | 8 8 4 2 1
            8.then(0, 4)                             | 0 1                 | 4 4
            8.then(2, 4).then(3, 2)                  | 1 2 3               | 8 4 2
            step(8, 2, 0.5).times(3)                 | 0 1 2               | 24 24 12
            """)
    void hasTheseValuesAtItsTurns(String text, String steps, String values) {
        Schedule schedule = Schedule.parse(text);
        double[] expected = List.of(values.split(" ")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
        double[] found = List.of(steps.split(" ")).stream()
                .mapToDouble(step -> schedule.at(Long.parseLong(step)))
                .toArray();
        assertThat(found).containsExactly(expected, within(20 * ULPS));
    }

    @Test
    void aCycleEndsAboveTheFloorAndTheNextStepHasTheFullRateAgain() {
        Schedule restarts = new WarmRestarts(0.7, 10, 2, 0.1);
        for (long restart : new long[] {10, 30, 70, 150, 310}) {
            assertThat(restarts.at(restart)).isEqualTo(0.7);
            assertThat(restarts.at(restart - 1)).isBetween(0.1 + 1e-6, 0.12);
        }
    }

    @Test
    void restartsStayExactWhereALogarithmWouldSlip() {
        Schedule restarts = Schedule.warmRestarts(1, 1, 3);
        long restart = 0;
        for (long length = 1; length > 0 && restart + length > 0 && length < Long.MAX_VALUE / 9; length *= 3) {
            assertThat(restarts.at(restart)).as("restart %d", restart).isEqualTo(1);
            restart += length;
        }
    }

    @Test
    void risesAndFallsOnceWithTheLastStepAtTheEndsValue() {
        Schedule cycle = Schedule.oneCycle(0.1, 100);
        assertThat(cycle.at(0)).isCloseTo(0.1 / 25, within(ULPS));
        assertThat(cycle.at(29)).isEqualTo(0.1);
        assertThat(cycle.at(98)).isGreaterThan(cycle.at(99));
        assertThat(cycle.at(99)).isCloseTo(0.1 / 25 / 1e4, within(ULPS));
        assertThat(LongStream.range(0, 99).filter(s -> cycle.at(s + 1) > cycle.at(s)))
                .hasSize(29);
    }

    @Test
    void momentumCyclesTheOtherWay() {
        Schedule momentum = new OneCycle(0.85, 100, 0.3, 0.85 / 0.95, 1);
        assertThat(momentum.at(0)).isCloseTo(0.95, within(ULPS));
        assertThat(momentum.at(29)).isCloseTo(0.85, within(ULPS));
        assertThat(momentum.at(99)).isCloseTo(0.95, within(ULPS));
    }

    static List<Form> ready() {
        return Schedule.ready();
    }

    /** No whole step goes to waste, unless asked for. */
    @ParameterizedTest
    @MethodSource("ready")
    void startsAboveZeroAndIsFiniteForEver(Form form) {
        Schedule schedule = Schedule.parse(example(form.name()));
        assertThat(new Form(((Record) schedule).getClass()).name()).isEqualTo(form.name());
        assertThat(schedule.at(0)).isPositive();
        for (long step : new long[] {1, 7, 1L << 31, 1L << 53, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
            assertThat(schedule.at(step)).isFinite().isNotNegative();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.at(-1))
                .withMessage("step must be at least 0, not -1");
        assertThatIllegalArgumentException().isThrownBy(() -> schedule.at(Long.MIN_VALUE));
        assertThat(schedule.shownSteps()).isBetween(10L, 1000L);
    }

    /** The longest lengths must not overflow. */
    @ParameterizedTest
    @MethodSource("ready")
    void takesTheLargestNumbersOfSteps(Form form) {
        String text = example(form.name()).replaceAll("\\b[1-9]\\d\\b", "" + Long.MAX_VALUE);
        Schedule schedule = Schedule.parse(text.replace("0.9223372036854775807", "0.95"));
        double before = schedule.at(0);
        assertThat(before).isPositive();
        for (long step : new long[] {1, 1L << 53, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
            assertThat(schedule.at(step)).isFinite().isBetween(0.0, 0.1);
        }
        assertThat(schedule.shownSteps()).isPositive();
    }

    private static String example(String name) {
        return switch (name) {
            case "constant" -> "constant(0.1)";
            case "inverseTime" -> "inverseTime(0.1)";
            case "inverseSquareRoot" -> "inverseSquareRoot(0.1, 10)";
            case "exponential" -> "exponential(0.1, 0.9)";
            case "step" -> "step(0.1, 30, 0.1)";
            case "multiStep" -> "multiStep(0.1, [30], 0.1)";
            case "tenths" -> "tenths(0.1, 90)";
            case "linear" -> "linear(0.1, 90)";
            case "polynomial" -> "polynomial(0.1, 90, 2)";
            case "cosine" -> "cosine(0.1, 90)";
            case "warmRestarts" -> "warmRestarts(0.1, 10, 2)";
            case "triangular" -> "triangular(0.01, 0.1, 20)";
            case "triangular2" -> "triangular2(0.01, 0.1, 20)";
            case "expRange" -> "expRange(0.01, 0.1, 20, 0.9)";
            case "oneCycle" -> "oneCycle(0.1, 90)";
            case "warmUpStableDecay" -> "warmUpStableDecay(0.1, 10, 60, 20)";
            case "warmUp" -> "0.1.warmUp(10)";
            case "then" -> "0.1.then(20, 0.01)";
            case "times" -> "0.01.times(4)";
            case "reduceOnPlateau" -> "0.1.reduceOnPlateau()";
            default -> throw new IllegalArgumentException("add an example of " + name);
        };
    }
}
