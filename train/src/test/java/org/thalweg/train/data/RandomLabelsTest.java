package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomLabelsTest {
    private final Dataset digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(1));

    private double changed(Dataset other) {
        int[] before = digits.train().labels();
        int[] after = other.train().labels();
        long different = IntStream.range(0, before.length)
                .filter(row -> before[row] != after[row])
                .count();
        return different / (double) before.length;
    }

    @Test
    void asManyChangeAsAreAskedFor() {
        assertThat(changed(digits.withRandomLabels(0, 1))).isZero();
        // Of ten classes a draw is the right one in one of ten; three standard deviations of 1,437 draws.
        assertThat(changed(digits.withRandomLabels(1, 1))).isEqualTo(0.9, within(0.024));
        assertThat(changed(digits.withRandomLabels(0.5, 1))).isEqualTo(0.45, within(0.04));
    }

    @Test
    void theSameSeedDrawsTheSameAndTheTestPartStays() {
        Dataset one = digits.withRandomLabels(1, 7);
        assertThat(one.train().labels())
                .isEqualTo(digits.withRandomLabels(1, 7).train().labels());
        assertThat(one.train().labels())
                .isNotEqualTo(digits.withRandomLabels(1, 8).train().labels());
        assertThat(one.test().labels()).isEqualTo(digits.test().labels());
        assertThat(one.train().labels()).contains(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void whatHasNoClassesIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> digits.withRandomLabels(1.5, 1));
        Dataset diabetes = Dataset.of(Corpus.load("diabetes", Optional.empty()), new Split(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> diabetes.withRandomLabels(1, 1))
                .withMessageContaining("no classes");
    }
}
