package org.thalweg.train.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTest {
    private static final int DRAWS = 100_000;

    /** Over evenly spaced draws each token comes as often as its share of the tempered softmax says. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 3})
    void tokens_come_as_often_as_the_temperature_says(double temperature) {
        float[] scores = {1, -2, 3, 2.5f, -90};
        Sampling sampling = new Sampling(1, temperature, 1);
        long[] counts = new long[scores.length];
        for (int i = 0; i < DRAWS; i++) {
            counts[sampling.choose(scores, (i + 0.5) / DRAWS)]++;
        }
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp(score / temperature);
        }
        for (int i = 0; i < scores.length; i++) {
            assertThat(counts[i] / (double) DRAWS)
                    .isCloseTo(Math.exp(scores[i] / temperature) / sum, within(2.0 / DRAWS));
        }
    }

    @Test
    void at_zero_the_likeliest_is_chosen_whatever_is_drawn() {
        for (double drawn : new double[] {0, 0.5, Math.nextDown(1.0)}) {
            assertThat(new Sampling(1, 0, 1).choose(new float[] {1, 5, 2}, drawn))
                    .isOne();
        }
    }

    @Test
    void scores_far_apart_overflow_nothing() {
        Sampling sampling = new Sampling(1, 0.01, 1);
        assertThat(sampling.choose(new float[] {-1e30f, 1e30f}, 0.999)).isOne();
    }

    @Test
    void lengths_and_temperatures_out_of_range_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sampling(0, 1, 1))
                .withMessageContaining("1,000,000");
        assertThatIllegalArgumentException().isThrownBy(() -> new Sampling(1, -0.1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sampling(1, Double.NaN, 1));
    }
}
