package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C01BatchOrStochastic.Course;
import org.thalweg.lab.lecture.C01BatchOrStochastic.Errors;

class C01BatchOrStochasticTest {
    private static Course course(DoubleUnaryOperator batch, double factor, double exponent) {
        List<Double> times =
                IntStream.range(0, 40).mapToObj(i -> Math.pow(10, i / 10.0)).toList();
        return new Course(
                100,
                IntStream.range(0, 60).mapToObj(t -> batch.applyAsDouble(t)).toList(),
                times,
                times.stream().map(t -> factor * Math.pow(t, exponent)).toList());
    }

    private static double linear(double t) {
        return Math.pow(0.8, t);
    }

    private static Outcome outcome(Course... logistic) {
        Course line = course(C01BatchOrStochasticTest::linear, 1, -1);
        return new C01BatchOrStochastic()
                .judge(List.of(logistic).stream()
                        .map(one -> new Errors(line, one))
                        .toList())
                .outcome();
    }

    @Test
    void aLineAndTheReciprocalHold() {
        assertThat(outcome(course(C01BatchOrStochasticTest::linear, 1, -1.1))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void anotherPowerIsALimitOrFails() {
        assertThat(outcome(course(C01BatchOrStochasticTest::linear, 1, -0.7))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(course(C01BatchOrStochasticTest::linear, 1, -0.3))).isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void sublinearBatchGradientFails() {
        assertThat(outcome(course(t -> 1 / (1 + t), 0.001, -1))).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(course(t -> 1, 0.1, -1))).isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void oneSeedThatIsBehindAfterAPassIsEnoughAgainstIt() {
        Course ahead = course(C01BatchOrStochasticTest::linear, 1, -1);
        Course behind = course(C01BatchOrStochasticTest::linear, 100, -1);
        assertThat(outcome(ahead, behind)).isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void theBatchErrorOvertakesWhereTheCurvesCross() {
        // 0.8^passes against 1 / (100 passes): they cross at 36.9 passes.
        assertThat(course(C01BatchOrStochasticTest::linear, 1, -1).overtaken()).isEqualTo(36.9, within(5.0));
        assertThat(course(t -> 1, 1, -1).overtaken()).isInfinite();
    }
}
