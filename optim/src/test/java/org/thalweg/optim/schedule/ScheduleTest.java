package org.thalweg.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {
    private static final double ULPS = 1e-15;

    static List<Arguments> torchRates() throws IOException {
        return rows("torch-schedules.tsv");
    }

    static List<Arguments> torchPlateaus() throws IOException {
        return rows("torch-plateaus.tsv");
    }

    private static List<Arguments> rows(String file) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ScheduleTest.class.getResourceAsStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(line -> line.split("\t"))
                    .map(fields -> Arguments.of(
                            fields[0],
                            Stream.of(fields)
                                    .skip(1)
                                    .mapToDouble(Double::parseDouble)
                                    .toArray()))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("torchRates")
    void agreesWithPyTorch(String text, double[] rates) {
        Schedule schedule = Schedule.parse(text);
        assertThat(rates).hasSize(40);
        for (int step = 0; step < rates.length; step++) {
            // PyTorch multiplies step after step and rounds at each one
            assertThat(schedule.at(step))
                    .as("step %d", step)
                    .isCloseTo(rates[step], within(1e-13 * rates[step] + 1e-16));
        }
    }

    @Test
    void constantIsTheSameForEver() {
        assertThat(values(Schedule.constant(0.3), 0, 1, Long.MAX_VALUE)).containsExactly(0.3, 0.3, 0.3);
    }

    @Test
    void stepFallsAfterWholeStairs() {
        assertThat(values(Schedule.step(8, 3, 0.5), 0, 2, 3, 5, 6, 9)).containsExactly(8, 8, 4, 4, 2, 1);
        assertThat(Schedule.step(8, 1, 0.5).at(Long.MAX_VALUE)).isZero();
    }

    @Test
    void exponentialMultipliesAtEveryStep() {
        assertThat(values(Schedule.exponential(8, 0.5), 0, 1, 2, 10)).containsExactly(8, 4, 2, 8.0 / 1024);
        assertThat(Schedule.exponential(0, 2).at(Long.MAX_VALUE)).isZero();
    }

    @Test
    void cosineGoesFromTheRateToTheFloorAndStays() {
        Schedule cosine = Schedule.cosine(0.7, 12, 0.1);
        assertThat(values(cosine, 0, 12, 13, Long.MAX_VALUE)).containsExactly(0.7, 0.1, 0.1, 0.1);
        assertThat(cosine.at(4)).isCloseTo(0.1 + 0.6 * 0.75, within(ULPS));
        assertThat(cosine.at(6)).isCloseTo(0.4, within(ULPS));
        assertThat(cosine.at(8)).isCloseTo(0.1 + 0.6 * 0.25, within(ULPS));
        assertThat(cosine.at(11)).isGreaterThan(0.1);
        assertThat(values(Schedule.cosine(0.7, 1), 0, 1)).containsExactly(0.7, 0);
    }

    @Test
    void warmUpRisesFromOnePartToTheWhole() {
        Schedule warm = Schedule.constant(8).warmUp(4);
        assertThat(values(warm, 0, 1, 2, 3, 4, 5)).containsExactly(2, 4, 6, 8, 8, 8);
    }

    @Test
    void whatFollowsAWarmUpStartsAtItsOwnStepZero() {
        Schedule cosine = Schedule.cosine(1e-3, 10);
        Schedule warm = cosine.warmUp(5);
        for (int step = 0; step <= 11; step++) {
            assertThat(warm.at(5 + step)).isEqualTo(cosine.at(step));
        }
        assertThat(warm.at(14)).isPositive();
        assertThat(warm.at(15)).isZero();
        assertThat(Schedule.step(8, 3, 0.5).warmUp(2).at(5)).isEqualTo(4);
    }

    @Test
    void warmUpOfNoStepsChangesNothingAndOfOneAddsOneFullStep() {
        assertThat(values(Schedule.step(8, 1, 0.5).warmUp(0), 0, 1)).containsExactly(8, 4);
        assertThat(values(Schedule.step(8, 1, 0.5).warmUp(1), 0, 1, 2)).containsExactly(8, 8, 4);
    }

    @Test
    void anyFunctionIsAScheduleAndCanBeWarmedUp() {
        Schedule inverse = step -> 1 / (1.0 + step);
        assertThat(values(inverse.warmUp(2), 0, 1, 2, 3)).containsExactly(0.5, 1, 1, 0.5);
    }

    @Test
    void asksNothingOfEarlierSteps() {
        Schedule schedule = Schedule.cosine(0.1, 50, 0.01).warmUp(7);
        double[] forward = IntStream.range(0, 60).mapToDouble(schedule::at).toArray();
        for (int step = 59; step >= 0; step--) {
            assertThat(schedule.at(step)).isEqualTo(forward[step]);
        }
    }

    static List<Arguments> refused() {
        return List.of(
                refusal(() -> new Constant(-1), "rate must be a finite number of at least 0, not -1"),
                refusal(() -> new Constant(Double.NaN), "rate must be a finite number of at least 0, not NaN"),
                refusal(
                        () -> new Constant(Double.POSITIVE_INFINITY),
                        "rate must be a finite number of at least 0, not infinity"),
                refusal(() -> new Step(0.1, 0, 0.1), "every must be at least 1, not 0"),
                refusal(() -> new Step(0.1, 1, 0), "factor must be a finite number above 0, not 0"),
                refusal(() -> new Exponential(0.1, -0.5), "factor must be a finite number above 0, not -0.5"),
                refusal(() -> new Exponential(-0.1, 0.5), "rate must be a finite number of at least 0, not -0.1"),
                refusal(() -> new Cosine(0.1, 0), "steps must be at least 1, not 0"),
                refusal(() -> new Cosine(0.1, 5, -1e-9), "floor must be a finite number of at least 0, not -1e-9"),
                refusal(() -> new Cosine(0.1, 5, 0.2), "floor must be at most the rate, not 0.2"),
                refusal(() -> Schedule.constant(1).warmUp(-1), "steps must be at least 0, not -1"),
                refusal(() -> Schedule.constant(1).at(-1), "step must be at least 0, not -1"),
                refusal(() -> Schedule.step(1, 1, 1).at(-1), "step must be at least 0, not -1"),
                refusal(() -> Schedule.exponential(1, 1).at(-1), "step must be at least 0, not -1"),
                refusal(() -> Schedule.cosine(1, 1).at(-1), "step must be at least 0, not -1"),
                refusal(() -> Schedule.constant(1).warmUp(1).at(-1), "step must be at least 0, not -1"));
    }

    private static Arguments refusal(ThrowingCallable bad, String message) {
        return Arguments.of(bad, message);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesArgumentsOutOfRange(ThrowingCallable bad, String message) {
        assertThatIllegalArgumentException().isThrownBy(bad).withMessage(message);
    }

    private static double[] values(Schedule schedule, long... steps) {
        return LongStream.of(steps).mapToDouble(schedule::at).toArray();
    }
}
