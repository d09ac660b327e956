package org.thalweg.lab.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "25Gbit, 3.125e9",
        "10Gbit/s, 1.25e9",
        "'100 Mbit', 1.25e7",
        "1.5GB/s, 1.5e9",
        "800bit/s, 100",
        "1Tbit, 1.25e11",
        "64kbit, 8000"
    })
    void bandwidths(String text, double bytesPerSecond) {
        assertThat(Quantity.bandwidth(text)).isEqualTo(bytesPerSecond);
    }

    @ParameterizedTest
    @CsvSource({"20us, 20e-6", "20µs, 20e-6", "1ms, 1e-3", "1.5 ms, 1.5e-3", "250ns, 250e-9", "0s, 0", "2s, 2"})
    void times(String text, double seconds) {
        assertThat(Quantity.time(text)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({"25MB, 25e6", "1B, 1", "1.5GB, 1.5e9"})
    void sizes(String text, double bytes) {
        assertThat(Quantity.size(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "25",
                "Gbit",
                "-5Gbit",
                "25 G",
                "25gbit",
                "25GB",
                "25Gbit/",
                "25Gbit/s/s",
                "1e9bit",
                "0Gbit",
                "٣Gbit",
                "25Gb",
                "1,5Gbit",
                "25Gbit extra",
                "9999999999999999999999Gbit",
                "20us",
                "NaNGbit"
            })
    void whatIsNoBandwidth(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantity.bandwidth(text))
                .withMessageStartingWith("'%s' is not a bandwidth such as 25Gbit, 10Gbit/s or 3GB/s", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "us", "-20us", "20 u s", "20min", "1h", "20US", "25Gbit"})
    void whatIsNoTime(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantity.time(text))
                .withMessage("'%s' is not a time such as 20us, 1.5ms or 2s", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"25Mbit", "0MB", "25MB/s", "0.5B"})
    void whatIsNoSize(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Quantity.size(text));
    }

    @Test
    void timesToRead() {
        assertThat(Quantity.timeText(20e-6)).isEqualTo("20.0 µs");
        assertThat(Quantity.timeText(0.0143)).isEqualTo("14.3 ms");
        assertThat(Quantity.timeText(12)).isEqualTo("12.0 s");
        assertThat(Quantity.timeText(600)).isEqualTo("10.0 min");
        assertThat(Quantity.timeText(36_000)).isEqualTo("10.0 h");
        assertThat(Quantity.timeText(Double.POSITIVE_INFINITY)).isEqualTo("–");
    }
}
