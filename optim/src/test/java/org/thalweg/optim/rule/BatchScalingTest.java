package org.thalweg.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchScalingTest {
    /** Four times the batch: 1 - (1 - beta) * 4, in exact decimals. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "momentum:beta=0.875 | momentum:beta=0.5",
                "momentum:beta=0.5 | momentum:beta=0",
                "adam:beta1=0.875,beta2=0.9921875 | adam:beta1=0.5,beta2=0.96875",
                "rms-prop:alpha=0.9375 | rms-prop:alpha=0.75",
                "adadelta:rho=0.875 | adadelta:rho=0.5",
                "lamb:beta1=0.875,beta2=0.9375 | lamb:beta1=0.5,beta2=0.75",
                "clip-by-global-norm + sgdw:beta=0.875 + weight-decay | clip-by-global-norm + sgdw:beta=0.5 + weight-decay",
                "schedule-free-sgd | schedule-free-sgd",
                "sgd | sgd"
            })
    void averagesRememberAsManyExamples(String rule, String scaled) {
        assertThat(BatchScaling.averages(Rules.parse(rule), 64, 256)).isEqualTo(Rules.parse(scaled));
    }

    @Test
    void theSameBatchLeavesEveryReadyRule() {
        assertThat(Rules.ready())
                .allSatisfy(
                        rule -> assertThat(BatchScaling.averages(rule, 8, 8)).isEqualTo(rule));
    }

    @Test
    void everyReadyRuleCanBeScaled() {
        assertThat(Rules.ready())
                .allSatisfy(
                        rule -> assertThat(BatchScaling.averages(rule, 8, 16)).hasSameClassAs(rule));
    }
}
