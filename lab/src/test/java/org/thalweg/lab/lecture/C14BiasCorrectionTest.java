package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C14BiasCorrection.Course;
import org.thalweg.lab.lecture.C14BiasCorrection.Forms;

class C14BiasCorrectionTest {
    private static final List<Double> STEPS = List.of(1.0, 10.0, 100.0, 3000.0);

    private static Forms forms(List<Double> plain, double mean, double runningLoss, double uncorrectedError) {
        return new Forms(
                STEPS,
                plain,
                List.of(1.0, mean, 1.0, 1.0),
                List.of(1.0, 1.0, 1.0, 1.0),
                new Course(1.5, 0.03),
                new Course(1.0, uncorrectedError),
                new Course(runningLoss, 0.03));
    }

    private static Outcome outcome(Forms... measured) {
        return new C14BiasCorrection().judge(List.of(measured)).outcome();
    }

    @Test
    void offAtFirstAloneHolds() {
        assertThat(outcome(forms(List.of(3.0, 6.0, 1.2, 1.0), 1.1, 1.45, 0.03))).isEqualTo(Outcome.HOLDS);
        assertThat(outcome(forms(List.of(0.3, 0.5, 0.9, 1.0), 0.9, 1.45, 0.03)))
                .as("too short is off as well")
                .isEqualTo(Outcome.HOLDS);
    }

    @Test
    void offForLongHoldsWithinLimits() {
        assertThat(outcome(forms(List.of(3.0, 6.0, 3.0, 1.0), 1.1, 1.45, 0.03))).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void anythingElseDoesNot() {
        assertThat(outcome(forms(List.of(1.1, 1.1, 1.1, 1.0), 1.1, 1.45, 0.03)))
                .as("never matters")
                .isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(forms(List.of(3.0, 6.0, 3.0, 2.0), 1.1, 1.45, 0.03)))
                .as("matters for good")
                .isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(forms(List.of(3.0, 6.0, 1.2, 1.0), 1.5, 1.45, 0.03)))
                .as("the mean is something else")
                .isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(forms(List.of(3.0, 6.0, 1.2, 1.0), 1.1, 0.9, 0.03)))
                .as("the mean begins otherwise")
                .isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(forms(List.of(3.0, 6.0, 1.2, 1.0), 1.1, 1.45, 0.05)))
                .as("trainings end otherwise")
                .isEqualTo(Outcome.NOT_HERE);
    }
}
