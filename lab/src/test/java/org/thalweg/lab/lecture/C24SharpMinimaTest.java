package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C24SharpMinima.Batches;
import org.thalweg.lab.lecture.C24SharpMinima.Place;

class C24SharpMinimaTest {
    private static Place place(double validation, double keskar, double eigenvalue) {
        return new Place(0.1, 5, 0.05, validation, 0.02, keskar, eigenvalue);
    }

    /** Small batches have a sharpness of 2 and an eigenvalue of 5. */
    private static Batches batches(double keskar, double eigenvalue) {
        return new Batches(
                List.of(place(0.1, 2, 5), place(0.2, 90, 90)),
                List.of(place(0.3, 0, 0), place(0.1, keskar, eigenvalue)));
    }

    private static Outcome outcome(List<Batches> measured) {
        return new C24SharpMinima().judge(measured).outcome();
    }

    @Test
    void sharperByBothMeasuresHolds() {
        assertThat(outcome(Collections.nCopies(6, batches(3, 6)))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void oneMeasureIsALimit() {
        assertThat(outcome(Collections.nCopies(6, batches(3, 4)))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(Collections.nCopies(6, batches(1, 6)))).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void flatterSpeaksAgainstIt() {
        assertThat(outcome(Collections.nCopies(6, batches(1, 4)))).isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void aBatchThatNeverGetsThereShowsNothing() {
        Batches none = new Batches(List.of(place(0.1, 2, 5)), List.of());
        assertThat(outcome(Collections.nCopies(6, none))).isEqualTo(Outcome.NOT_HERE);
    }
}
