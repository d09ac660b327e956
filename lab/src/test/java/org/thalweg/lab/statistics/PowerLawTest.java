package org.thalweg.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PowerLawTest {
    @Test
    void findsTheLawThatMadeTheNumbers() {
        double[] x = {1, 2, 5, 10, 100};
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = 3 * Math.pow(x[i], -1.5);
        }
        PowerLaw law = PowerLaw.fitted(x, y);
        assertThat(law.exponent()).isEqualTo(-1.5, within(1e-12));
        assertThat(law.factor()).isEqualTo(3, within(1e-12));
        assertThat(law.at(7)).isEqualTo(3 * Math.pow(7, -1.5), within(1e-12));
    }

    @Test
    void needsDifferentNumbersAboveZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PowerLaw.fitted(new double[] {2, 2}, new double[] {1, 3}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PowerLaw.fitted(new double[] {1, 2}, new double[] {0, 3}));
    }
}
