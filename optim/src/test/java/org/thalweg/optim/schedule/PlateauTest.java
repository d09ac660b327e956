package org.thalweg.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.optim.schedule.ReduceOnPlateau.Aim;
import org.thalweg.optim.schedule.ReduceOnPlateau.ThresholdMode;

class PlateauTest {
    private static double[] measured = {};

    /** The first row of the fixture holds the measurements, and comes first. */
    @ParameterizedTest
    @MethodSource("org.thalweg.optim.schedule.ScheduleTest#torchPlateaus")
    void agreesWithPyTorch(String text, double[] rates) {
        assertThat(rates).hasSize(40);
        if (text.equals("measured")) {
            measured = rates;
            return;
        }
        PlateauWatch watch = watch(text);
        for (int i = 0; i < rates.length; i++) {
            assertThat(watch.at(i)).as("before measurement %d", i).isCloseTo(rates[i], within(1e-13 * rates[i]));
            watch.observe(measured[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("org.thalweg.optim.schedule.ScheduleTest#torchPlateaus")
    void goesOnFromItsStateAsIfNothingHadHappened(String text, double[] rates) {
        if (text.equals("measured")) {
            return;
        }
        PlateauWatch whole = watch(text);
        DoubleStream.of(rates).limit(17).forEach(whole::observe);
        PlateauWatch resumed = watch(text);
        resumed.restore(whole.state());
        for (int i = 17; i < 40; i++) {
            assertThat(resumed.observe(rates[i])).isEqualTo(whole.observe(rates[i]));
            assertThat(resumed.at(i)).isEqualTo(whole.at(i));
            assertThat(resumed.state()).isEqualTo(whole.state());
        }
    }

    @Test
    void aRelativeThresholdIsAShareAndAnAbsoluteOneADistance() {
        // A fall from 10 to 9.5 is a twentieth, but half a unit.
        assertThat(reducedBy(plateau(0.1, ThresholdMode.REL, Aim.MIN), 10, 9.5)).isTrue();
        assertThat(reducedBy(plateau(0.1, ThresholdMode.ABS, Aim.MIN), 10, 9.5)).isFalse();
        assertThat(reducedBy(plateau(0.1, ThresholdMode.REL, Aim.MIN), 0.1, 0.05))
                .isFalse();
        assertThat(reducedBy(plateau(0.1, ThresholdMode.ABS, Aim.MIN), 0.1, 0.05))
                .isTrue();
        assertThat(reducedBy(plateau(0.1, ThresholdMode.REL, Aim.MAX), 10, 10.5))
                .isTrue();
        assertThat(reducedBy(plateau(0.1, ThresholdMode.ABS, Aim.MAX), 10, 10.5))
                .isFalse();
    }

    @Test
    void exactlyTheThresholdIsNotBetter() {
        assertThat(reducedBy(plateau(0.25, ThresholdMode.REL, Aim.MIN), 8, 6)).isTrue();
        assertThat(reducedBy(plateau(0.25, ThresholdMode.REL, Aim.MIN), 8, 5.999))
                .isFalse();
        assertThat(reducedBy(plateau(2, ThresholdMode.ABS, Aim.MIN), 8, 6)).isTrue();
        assertThat(reducedBy(plateau(0, ThresholdMode.ABS, Aim.MIN), 8, 8)).isTrue();
    }

    @Test
    void aNegativeMeasurementThatGotWorseIsNotBetter() {
        assertThat(reducedBy(plateau(0.1, ThresholdMode.REL, Aim.MIN), -10, -9.5))
                .isTrue();
        assertThat(reducedBy(plateau(0.1, ThresholdMode.REL, Aim.MIN), -10, -11.5))
                .isFalse();
        assertThat(reducedBy(plateau(0.1, ThresholdMode.REL, Aim.MAX), -10, -10.5))
                .isTrue();
    }

    @Test
    void isReducedAfterMoreThanPatienceBadOnes() {
        PlateauWatch watch = watch("1.reduceOnPlateau(0.5, 2)");
        boolean[] reduced = new boolean[7];
        for (int i = 0; i < reduced.length; i++) {
            reduced[i] = watch.observe(1);
        }
        assertThat(reduced).containsExactly(false, false, false, true, false, false, true);
        assertThat(watch.at(0)).isEqualTo(0.25);
    }

    @Test
    void multipliesTheScheduleBeforeAndStopsAtTheFloorButNeverRaises() {
        PlateauWatch watch = watch("step(8, 10, 0.5).warmUp(4).reduceOnPlateau(0.5, 0, 0, rel, 0, 3, min)");
        watch.observe(1);
        assertThat(watch.at(0)).isEqualTo(2);
        assertThat(watch.at(4)).isEqualTo(8);
        watch.observe(1);
        assertThat(watch.at(0)).as("below the floor by itself").isEqualTo(2);
        assertThat(watch.at(4)).isEqualTo(4);
        assertThat(watch.at(14)).isEqualTo(3);
    }

    @Test
    void whatIsNotANumberIsBadAndNeverBest() {
        PlateauWatch watch = watch("1.reduceOnPlateau(0.5, 0)");
        assertThat(watch.observe(Double.NaN)).isTrue();
        assertThat(watch.state().best()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(watch.observe(3)).isFalse();
        assertThat(watch.state().best()).isEqualTo(3);
    }

    @Test
    void unfedItHasTheValuesOfWhatItFollows() {
        Schedule cosine = Schedule.cosine(0.1, 9);
        assertThat(cosine.reduceOnPlateau().at(4)).isEqualTo(cosine.at(4));
        assertThat(cosine.reduceOnPlateau().watch().at(4)).isEqualTo(cosine.at(4));
    }

    @Test
    void standsLastAndRefusesWhatIsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.constant(1).reduceOnPlateau().warmUp(3))
                .withMessageContaining("must stand last");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> watch("1.reduceOnPlateau()").times(3))
                .withMessageContaining("must stand last");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReduceOnPlateau(Schedule.constant(1), 1, 3))
                .withMessage("factor must be above 0 and below 1, not 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlateauWatch.State(Double.NaN, 0, 0, 0))
                .withMessage("best must be a number, not NaN");
    }

    private static boolean reducedBy(ReduceOnPlateau plateau, double first, double second) {
        PlateauWatch watch = plateau.watch();
        assertThat(watch.observe(first)).isFalse();
        return watch.observe(second);
    }

    private static ReduceOnPlateau plateau(double threshold, ThresholdMode mode, Aim aim) {
        return new ReduceOnPlateau(Schedule.constant(1), 0.5, 0, threshold, mode, 0, 0, aim);
    }

    private static PlateauWatch watch(String text) {
        return ((ReduceOnPlateau) Schedule.parse(text)).watch();
    }
}
