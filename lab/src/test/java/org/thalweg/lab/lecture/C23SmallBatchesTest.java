package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C23SmallBatches.Epoch;

class C23SmallBatchesTest {
    private static Outcome outcome(double... losses) {
        List<Double> batches = Seeds.factors(1, 4, losses.length);
        List<Double> all = Arrays.stream(losses).boxed().toList();
        return new C23SmallBatches()
                .judge(List.of(new Epoch(batches, all, batches)))
                .outcome();
    }

    @Test
    void aLossThatRisesWithEachSizeHolds() {
        assertThat(outcome(0.1, 0.2, 0.3, 0.4, 0.5, 0.6)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void aLossThatRisesInAllHoldsWithinLimits() {
        assertThat(outcome(0.2, 0.1, 0.3, 0.4, 0.5, 0.6)).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(0.1, 0.1, 0.3, 0.4, 0.5, 0.5)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void anotherLossDoesNotHold() {
        assertThat(outcome(0.6, 0.5, 0.4, 0.3, 0.2, 0.1)).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(0.4, 0.4, 0.4, 0.4, 0.4, 0.4)).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(0.5, 0.4, 0.3, 0.2, 0.5, 0.6)).isEqualTo(Outcome.NOT_HERE);
    }
}
