package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C39EarlyStopping.Run;
import org.thalweg.lab.lecture.C39EarlyStopping.Runs;

class C39EarlyStoppingTest {
    /** Three epochs, the second of which is the best. */
    private static Run run(double atChosen, double atEnd, int chosen) {
        return new Run(List.of(1.0, 0.5, 0.8), List.of(1.0, 0.6, 0.9), List.of(0.5, atChosen, atEnd), chosen);
    }

    private static Outcome outcome(double smallStopped, double smallEnd, double largeStopped, double largeEnd) {
        List<Runs> measured = new ArrayList<>();
        for (int seed = 0; seed < 10; seed++) {
            double luck = 0.001 * (seed % 3);
            measured.add(new Runs(
                    run(smallStopped + luck, smallEnd - luck, 2), run(largeStopped - luck, largeEnd + luck, 2)));
        }
        return new C39EarlyStopping().judge(measured).outcome();
    }

    @Test
    void aGapThatStaysHolds() {
        assertThat(outcome(0.95, 0.93, 0.92, 0.90)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void withoutAGapItHoldsWithinLimits() {
        assertThat(outcome(0.95, 0.90, 0.95, 0.92)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void aGapThatIsClosedSpeaksAgainstIt() {
        assertThat(outcome(0.95, 0.93, 0.96, 0.90)).isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void aBadChoiceSpeaksAgainstIt() {
        Runs late = new Runs(run(0.95, 0.93, 3), run(0.92, 0.9, 2));
        assertThat(new C39EarlyStopping().judge(List.of(late, late)).outcome()).isEqualTo(Outcome.NOT_HERE);
    }
}
