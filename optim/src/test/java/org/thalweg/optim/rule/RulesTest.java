package org.thalweg.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

class RulesTest {
    /** A rule of a user's own. */
    record Halved(double share, int times) implements Rule {
        @Override
        public Expr direction(Expr gradient, Trace trace) {
            return gradient;
        }
    }

    @ParameterizedTest
    @MethodSource("org.thalweg.optim.rule.Rules#ready")
    void everyReadyRuleIsReadByItsBareName(Rule rule) {
        assertThat(Rules.format(rule)).isEqualTo(Rules.name(rule));
        assertThat(Rules.parse(Rules.name(rule))).isEqualTo(rule);
        assertThat(rule).isInstanceOf(Record.class);
        assertThat(rule.getClass()).hasAnnotation(About.class);
    }

    @Test
    void namesAreUnlikeEachOther() {
        assertThat(Rules.names())
                .doesNotHaveDuplicates()
                .contains("sgd", "rms-prop", "adamw", "l2", "clip-by-global-norm", "weight-decay");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adam:beta1=0.95,epsilon=1e-6",
                "momentum:dampening=0.1",
                "momentum:form=rate-inside",
                "rms-prop:centered=true,epsilon-place=inside-root",
                "clip-by-global-norm:max-norm=5 + adam + weight-decay:decay=0.1",
                "trust-ratio:coefficient=0.001,decay=5e-4 + momentum:form=rate-inside"
            })
    void canonicalTextIsReadAndWrittenUnchanged(String text) {
        assertThat(Rules.format(Rules.parse(text))).isEqualTo(text);
    }

    @Test
    void readsOptionsAndKeepsDefaults() {
        assertThat(Rules.parse("adam:beta1=0.95,epsilon=1e-6")).isEqualTo(new Adam(0.95, 0.999, 1e-6));
        assertThat(Rules.parse("l2+adam")).isEqualTo(new L2().then(new Adam()));
        assertThat(Rules.parse("clip-by-global-norm:max-norm=1 + adam + weight-decay"))
                .isEqualTo(new ClipByGlobalNorm(1).then(new Adam()).then(new WeightDecay()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ' RMSProp '                       | rms-prop
            rmsprop:CENTERED=True             | rms-prop:centered=true
            adam-w                            | adamw
            AdamW : decay = 0.1               | adamw:decay=0.1
            Clip_By_Global_Norm:maxNorm=2.50  | clip-by-global-norm:max-norm=2.5
            clip-by-global-norm:max_norm=1e+6+adam| clip-by-global-norm:max-norm=1000000 + adam
            adam:beta1=0.9                    | adam
            adam:epsilon=+1e-3+sgd            | adam:epsilon=0.001 + sgd
            momentum:form=RATE_INSIDE         | momentum:form=rate-inside
            momentum:form=rateInside,beta=.5  | momentum:beta=0.5,form=rate-inside
            """)
    void readsWhatPeopleWrite(String text, String canonical) {
        assertThat(Rules.format(Rules.parse(text))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                  | 1  | expected the name of a rule (known: sgd, momentum
            adm                 | 1  | there is no rule "adm"; did you mean adam? (known: sgd, momentum
            sgd + rmsporp       | 7  | there is no rule "rmsporp"; did you mean rms-prop? (known: sgd
            zzzzzzz             | 1  | there is no rule "zzzzzzz" (known: sgd
            adam +              | 7  | expected the name of a rule (known: sgd
            adam ++ sgd         | 7  | expected the name of a rule (known: sgd
            adam > sgd          | 1  | there is no rule "adam > sgd"
            adam:eps=1e-6       | 6  | there is no option of adam "eps"; did you mean epsilon? (known: beta1, beta2, epsilon, bias-correction, epsilon-place)
            adam:rate=1         | 6  | there is no option of adam "rate" (known: beta1, beta2, epsilon, bias-correction, epsilon-place)
            sgd:beta=1          | 5  | there is no option of sgd "beta" (known: none)
            adam:               | 6  | expected an option and its value, as in adam:beta1=0.95,epsilon=1e-6
            adam:beta1          | 6  | expected an option and its value, as in adam:beta1=0.95,epsilon=1e-6
            adam:beta1=0.9,     | 16 | expected an option and its value, as in adam:beta1=0.95,epsilon=1e-6
            adam:beta1=         | 12 | expected a number, not ""
            adam:beta1=x        | 12 | expected a number, not "x"
            adam:beta1=NaN      | 12 | expected a number, not "NaN"
            adam:beta1=0x1p-1   | 12 | expected a number, not "0x1p-1"
            adam:beta1=.9,Beta-1=.8| 15 | Beta-1 is given twice
            rms-prop:centered=1 | 19 | expected true or false, not "1"
            momentum:form=polyak| 15 | expected rate-outside or rate-inside or averaged, not "polyak"
            sgd+adam:beta1=1.5  | 5  | beta1 must be at least 0 and below 1, not 1.5
            adam:epsilon=inf    | 1  | epsilon must be 0 or more, not Infinity
            """)
    void saysWhereAndWhatWasExpected(String text, int character, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rules.parse(text))
                .withMessageStartingWith("cannot read rule \"%s\": at character %d, %s", text, character, problem);
    }

    @Test
    void writesRulesOfOnesOwn() {
        Rule lambda = (gradient, trace) -> gradient;
        assertThat(Rules.format(new Halved(0.5, 3).then(new Sgd()))).isEqualTo("halved:share=0.5,times=3 + sgd");
        assertThat(Rules.format(lambda)).isEqualTo(lambda.toString());
        assertThat(Rules.options(lambda)).isEmpty();
    }

    @Test
    void describesOptions() {
        assertThat(Rules.options(new Momentum()))
                .containsExactly(
                        new Rules.Option("beta", "0.9", "a number"),
                        new Rules.Option("dampening", "0", "a number"),
                        new Rules.Option("form", "rate-outside", "rate-outside or rate-inside or averaged"));
    }

    @Test
    void everyInputIsReadOrRefused() {
        List<String> pieces = List.of(
                "adam",
                "sgd",
                "momentum",
                "rms-prop",
                ":",
                ",",
                "=",
                "+",
                " ",
                ">",
                "beta1",
                "form",
                "averaged",
                "0.9",
                "-1",
                "1e-3",
                "1e+400",
                "centered=true",
                "\t",
                "\0",
                "é",
                "infinity",
                "adam:beta1=0.95",
                " + l2:decay=2");
        Random random = new Random(19830101);
        int read = 0;
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "" : "rms-prop:alpha=0.9,centered=true + l2");
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(text.length() + 1);
                int end = Math.min(text.length(), at + random.nextInt(3));
                text.replace(at, end, pieces.get(random.nextInt(pieces.size())));
            }
            read += isRead(text.toString()) ? 1 : 0;
        }
        assertThat(read).isBetween(50, 1500);
    }

    private static boolean isRead(String text) {
        Rule rule;
        try {
            rule = Rules.parse(text);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).startsWith("cannot read rule").doesNotContainPattern("\\p{Cntrl}");
            return false;
        }
        assertThat(Rules.parse(Rules.format(rule))).isEqualTo(rule);
        return true;
    }
}
