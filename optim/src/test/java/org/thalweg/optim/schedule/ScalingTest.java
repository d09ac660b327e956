package org.thalweg.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScalingTest {
    private static final double ULPS = 1e-15;

    @Test
    void theRateGrowsAsTheBatchOrItsSquareRoot() {
        assertThat(Scaling.LINEAR.factor(256, 8192)).isEqualTo(32);
        assertThat(Scaling.LINEAR.factor(256, 64)).isEqualTo(0.25);
        assertThat(Scaling.SQRT.factor(256, 4096)).isEqualTo(4);
        assertThat(Scaling.SQRT.factor(256, 256)).isEqualTo(1);
    }

    @Test
    void aScaledScheduleSaysSo() {
        Schedule cosine = Schedule.cosine(0.1, 90).warmUp(5);
        assertThat(Scaling.LINEAR.scaled(cosine, 256, 1024)).hasToString("cosine(0.1, 90).warmUp(5).times(4)");
        assertThat(Scaling.SQRT.scaled(cosine, 256, 1024).at(5)).isEqualTo(0.2);
        assertThat(Scaling.LINEAR.scaled(cosine, 256, 256)).isEqualTo(cosine);
        Schedule plateau = Schedule.parse("0.1.reduceOnPlateau(0.5, 3, 0.01, abs, 2, 0.001, max)");
        assertThat(Scaling.LINEAR.scaled(plateau, 64, 128))
                .hasToString("constant(0.1).times(2).reduceOnPlateau(0.5, 3, 0.01, abs, 2, 0.002, max)");
    }

    /** N = 1 / (1 - beta) updates of 32 examples each are N / 4 updates of 128. */
    @Test
    void momentumRemembersAsManyExamples() {
        double beta = Scaling.momentum(0.99, 32, 128);
        assertThat(beta).isCloseTo(0.96, within(ULPS));
        assertThat(128 / (1 - beta)).isCloseTo(32 / (1 - 0.99), within(1e-9));
        assertThat(Scaling.momentum(0.9, 128, 32)).isCloseTo(0.975, within(ULPS));
        assertThat(Scaling.momentum(0.9, 32, 32)).isCloseTo(0.9, within(ULPS));
        assertThat(Scaling.momentum(0.9, 1, 1000)).as("less than a batch").isZero();
        assertThat(Scaling.secondMoment(0.999, 32, 320)).isCloseTo(0.99, within(ULPS));
    }

    @Test
    void refusesWhatIsNoBatchOrNoMomentum() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scaling.LINEAR.factor(0, 1))
                .withMessage("the batch size scaled from must be at least 1, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scaling.momentum(1, 1, 1))
                .withMessage("beta must be from 0 to below 1, not 1");
    }
}
