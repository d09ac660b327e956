package org.thalweg.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.train.metrics.Diagnosis.Verdict;

class DiagnosisTest {
    private static final double TEN_CLASSES = Math.log(10);

    private static List<Double> losses(int epochs, DoubleUnaryOperator loss) {
        return IntStream.rangeClosed(1, epochs)
                .mapToObj(epoch -> loss.applyAsDouble(epoch))
                .toList();
    }

    private static Diagnosis diagnose(int epochs, DoubleUnaryOperator train, DoubleUnaryOperator heldOut) {
        return Diagnosis.of(new LearningCurve(losses(epochs, train), losses(epochs, heldOut), TEN_CLASSES), "test");
    }

    @Test
    void a_small_loss_near_the_training_loss_fits_well() {
        Diagnosis diagnosis = diagnose(20, e -> 0.9 * Math.exp(-e / 2) + 0.02, e -> 0.9 * Math.exp(-e / 2) + 0.08);
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.WELL_FITTED);
        assertThat(diagnosis.sentence())
                .isEqualTo("fits well: the training loss 0.0200 is small, and the test loss 0.0800 is near it");
    }

    @Test
    void a_held_out_loss_that_turns_overfits_since_then() {
        Diagnosis diagnosis = diagnose(20, e -> Math.exp(-e / 3), e -> 0.3 + 0.01 * Math.abs(e - 7));
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.OVERFITTING);
        assertThat(diagnosis.sentence())
                .startsWith("overfitting: the test loss 0.430 is far above the training loss 0.00127,"
                        + " and has risen since epoch 7; try stronger regularisation");
    }

    @Test
    void a_large_gap_overfits_even_without_a_turn() {
        Diagnosis diagnosis = diagnose(20, e -> 1.5 * Math.exp(-e / 3), e -> 0.5 + Math.exp(-e));
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.OVERFITTING);
        assertThat(diagnosis.evidence()).doesNotContain("risen");
    }

    @Test
    void a_large_training_loss_that_stagnates_underfits() {
        Diagnosis diagnosis = diagnose(20, e -> 1.75 + Math.exp(-e), e -> 1.8 + Math.exp(-e));
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNDERFITTING);
        assertThat(diagnosis.evidence())
                .isEqualTo("the training loss 1.75 is 76 % of what a constant answer would get"
                        + " and has hardly fallen since epoch 4");
        assertThat(diagnosis.remedies().getFirst()).startsWith("a better optimization");
    }

    @Test
    void a_loss_that_still_falls_is_not_judged_by_its_size() {
        Diagnosis diagnosis = diagnose(10, e -> 2.2 - 0.05 * e, e -> 2.2 - 0.05 * e);
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.STILL_LEARNING);
        assertThat(diagnosis.sentence())
                .isEqualTo("still learning: the test loss was still falling, to 1.70; try more epochs");
    }

    @Test
    void a_training_loss_that_gets_away_diverged() {
        assertThat(diagnose(8, e -> e < 5 ? 1.0 : 2.4, e -> 2.3).verdict()).isEqualTo(Verdict.DIVERGED);
        assertThat(diagnose(8, e -> e < 8 ? 1.0 : Double.NaN, e -> 1.0).verdict())
                .isEqualTo(Verdict.DIVERGED);
        assertThat(diagnose(1, e -> Double.POSITIVE_INFINITY, e -> 1.0).verdict())
                .isEqualTo(Verdict.DIVERGED);
    }

    @ParameterizedTest
    @CsvSource({"0, TOO_SHORT", "2, TOO_SHORT", "3, WELL_FITTED"})
    void two_epochs_are_no_curve(int epochs, Verdict verdict) {
        assertThat(diagnose(epochs, e -> 0.1, e -> 0.1).verdict()).isEqualTo(verdict);
    }

    /** Each threshold from both sides, as shares of the baseline. */
    @ParameterizedTest
    @CsvSource({
        "0.05, 0.149, 0.149, WELL_FITTED",
        "0.05, 0.151, 0.151, OVERFITTING",
        "0.30, 0.440, 0.440, WELL_FITTED",
        "0.30, 0.460, 0.460, OVERFITTING",
        "0.20, 0.221, 0.270, WELL_FITTED",
        "0.20, 0.219, 0.270, OVERFITTING",
        "0.499, 0.51, 0.51, WELL_FITTED",
        "0.501, 0.51, 0.51, UNDERFITTING",
        "0.30, 0.421, 0.400, STILL_LEARNING",
        "0.30, 0.419, 0.400, WELL_FITTED"
    })
    void thresholds_are_shares_of_the_baseline(double train, double before, double last, Verdict verdict) {
        for (double baseline : new double[] {1e-6, 1, 2.3, 1e6}) {
            List<Double> training = DoubleStream.generate(() -> baseline * train)
                    .limit(4)
                    .boxed()
                    .toList();
            List<Double> heldOut = DoubleStream.of(before, before, before, last)
                    .map(share -> baseline * share)
                    .boxed()
                    .toList();
            assertThat(Diagnosis.of(new LearningCurve(training, heldOut, baseline), "validation")
                            .verdict())
                    .isEqualTo(verdict);
        }
    }

    @Test
    void curves_that_do_not_pair_up_and_baselines_of_nothing_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LearningCurve(List.of(1.0), List.of(), 1))
                .withMessageContaining("1 and 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new LearningCurve(List.of(), List.of(), 0));
    }
}
