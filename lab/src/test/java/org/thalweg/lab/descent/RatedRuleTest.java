package org.thalweg.lab.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.Rules;

class RatedRuleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adam|adam|",
                "adam:lr=0.05|adam|constant(0.05)",
                "adam: lr = 5e-2 |adam|constant(0.05)",
                "adam:LR=1e+1,beta1=0.5|adam:beta1=0.5|constant(10)",
                "adam:beta1=0.5,lr=0.1|adam:beta1=0.5|constant(0.1)",
                "adam:beta1=0.5,lr=0.1,beta2=0.9|adam:beta1=0.5,beta2=0.9|constant(0.1)",
                "momentum:lr=cosine(0.1, 500).warmUp(5),beta=0.8|momentum:beta=0.8|cosine(0.1, 500).warmUp(5)",
                "sgd:lr=multiStep(0.1, [10, 20], 0.5)|sgd|multiStep(0.1, [10, 20], 0.5)",
                "clip-by-norm:max-norm=2,lr=0.3 + sgd|clip-by-norm:max-norm=2 + sgd|constant(0.3)",
                "clip-by-norm:max-norm=2 + sgd:lr=0.3|clip-by-norm:max-norm=2 + sgd|constant(0.3)",
                "clip-by-norm:max-norm=2 + sgd:lr=0.3+weight-decay|clip-by-norm:max-norm=2 + sgd + weight-decay|constant(0.3)"
            })
    void reads_a_rule_and_its_rate(String text, String rule, String rate) {
        RatedRule read = RatedRule.parse(text);
        assertThat(read.rule()).isEqualTo(Rules.parse(rule));
        assertThat(read.rate().map(Object::toString).orElse(null)).isEqualTo(rate);
    }

    @Test
    void knows_the_name_without_the_rate() {
        assertThat(RatedRule.parse("adam:lr=0.05,beta1=0.5").name()).isEqualTo("adam:beta1=0.5");
        assertThat(RatedRule.parse("adam:lr=0.05").rule()).isEqualTo(new Adam());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adam:lr=fast|at character 9, lr needs a number or a schedule",
                "adam:lr=|at character 9, lr needs a number or a schedule",
                "adam:lr=0.1,lr=0.2|lr is given twice",
                "adm:lr=0.1|did you mean adam?",
                "adam:lr=0.1,beta7=1|there is no option of adam \"beta7\"",
                "adam:lr=cosine(0.1|lr needs a number or a schedule"
            })
    void says_what_is_wrong(String text, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RatedRule.parse(text))
                .withMessageContaining(problem);
    }

    @Test
    void survives_damage() {
        String valid = "clip-by-norm:max-norm=2 + momentum:lr=cosine(0.1, 500).warmUp(5),beta=0.8";
        String likely = "0123456789.eE+-,:=()[] lrsgd";
        Random random = new Random(2);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(valid);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                int at = random.nextInt(text.length());
                text.replace(at, at + random.nextInt(2), "" + likely.charAt(random.nextInt(likely.length())));
            }
            try {
                RatedRule.parse(text.toString());
            } catch (IllegalArgumentException e) {
                refused++;
                assertThat(e.getMessage()).startsWith("cannot read rule ").doesNotContain("\n");
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }
}
