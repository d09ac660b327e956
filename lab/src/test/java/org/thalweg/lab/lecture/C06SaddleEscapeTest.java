package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C06SaddleEscape.Escape;
import org.thalweg.lab.lecture.C06SaddleEscape.Escapes;

class C06SaddleEscapeTest {
    private static final List<String> NAMES =
            List.of("SGD", "momentum", "Nesterov", "Adagrad", "RMSProp", "Adadelta", "Adam");
    private static final List<Double> ADAPTIVE_FIRST = List.of(900.0, 500.0, 400.0, 300.0, 20.0, 30.0, 40.0);
    private static final List<Double> ADAGRAD_LATE = List.of(900.0, 500.0, 400.0, 450.0, 20.0, 30.0, 40.0);
    private static final List<Double> ADAPTIVE_LAST = List.of(10.0, 5.0, 4.0, 300.0, 20.0, 30.0, 40.0);

    private static Outcome outcome(List<Double> usual, List<Double> careful) {
        List<Escape> rules = IntStream.range(0, NAMES.size())
                .mapToObj(i -> new Escape(NAMES.get(i), usual.get(i), careful.get(i), 0.1, List.of(0.1)))
                .toList();
        return new C06SaddleEscape()
                .judge(List.of(new Escapes(0.05, 1_000, rules)))
                .outcome();
    }

    @Test
    void allAdaptiveRulesFirstHolds() {
        assertThat(outcome(ADAPTIVE_FIRST, ADAPTIVE_FIRST)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void someOfThemOrOneWayIsALimit() {
        assertThat(outcome(ADAGRAD_LATE, ADAGRAD_LATE)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(ADAPTIVE_FIRST, ADAPTIVE_LAST)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void adaptiveRulesLastFails() {
        assertThat(outcome(ADAPTIVE_LAST, ADAPTIVE_LAST)).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(ADAGRAD_LATE, ADAPTIVE_LAST)).isEqualTo(Outcome.NOT_HERE);
    }
}
