package org.thalweg.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchGrowthTest {
    private static final MultiStep FIFTHS = new MultiStep(0.1, List.of(60L, 120L, 160L), 0.2);

    @Test
    void growsTheBatchByWhatTheRateWouldHaveLost() {
        BatchGrowth growth = BatchGrowth.insteadOf(FIFTHS, 128, 16_000);
        assertThat(growth.batch())
                .hasToString(
                        "constant(128).then(60, constant(640)).then(72, constant(3200)).then(74, constant(16000))");
        for (long step : new long[] {0, 59, 60, 71, 72, 74, 1000}) {
            assertThat(growth.rate().at(step)).isCloseTo(0.1, within(1e-16));
        }
    }

    @Test
    void lowersTheRateOnceTheBatchIsAsLargeAsItCanBe() {
        BatchGrowth growth = BatchGrowth.insteadOf(FIFTHS, 128, 640);
        assertThat(growth.batch().at(1000)).isEqualTo(640);
        assertThat(growth.rate().at(60)).isCloseTo(0.1, within(1e-16));
        assertThat(growth.rate().at(72)).isCloseTo(0.02, within(1e-16));
        assertThat(growth.rate().at(1000)).isCloseTo(0.004, within(1e-16));
    }

    /** Walks the updates one by one, counting examples. */
    @ParameterizedTest
    @CsvSource({"128, 128, 0.2", "128, 640, 0.2", "100, 1000, 0.3", "32, 4096, 0.1", "7, 1000, 0.5"})
    void keepsTheRatioOfRateAndBatchAtEveryExample(long batch, long most, double factor) {
        MultiStep decay = new MultiStep(0.1, List.of(60L, 120L, 160L), factor);
        BatchGrowth growth = BatchGrowth.insteadOf(decay, batch, most);
        assertThat(Schedule.parse(growth.batch().toString())).isEqualTo(growth.batch());
        assertThat(Schedule.parse(growth.rate().toString())).isEqualTo(growth.rate());
        long examples = 0;
        long step = 0;
        for (; examples < 200 * batch; step++) {
            long size = (long) growth.batch().at(step);
            double ratio = growth.rate().at(step) / size;
            // A stair's last batch may reach into the next stair; all stairs after it are late by less than that.
            boolean now = close(ratio, decay.at(examples / batch) / batch);
            boolean late = close(ratio, decay.at(Math.max(0, examples - 3 * most) / batch) / batch);
            assertThat(now || late).as("step %d", step).isTrue();
            examples += size;
        }
        if (batch == most) {
            assertThat(step).isEqualTo(200);
        } else {
            assertThat(step).isLessThan(180);
        }
    }

    private static boolean close(double one, double other) {
        return Math.abs(one - other) < 1e-12 * other;
    }

    @Test
    void refusesWhatCannotGrow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchGrowth.insteadOf(new MultiStep(0.1, List.of(5L), 2), 1, 2))
                .withMessage("factor must be at most 1, for batches that grow, not 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchGrowth.insteadOf(FIFTHS, 128, 64))
                .withMessage("most must be at least the first batch, not 64");
    }
}
