package org.thalweg.optim.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.optim.average.Averaging;
import org.thalweg.optim.average.Lookahead;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.optim.sharpness.Sharpness;

/** Whatever is written for a rule, a schedule and the like, the answer is one of them or a sentence that says where it ends. */
@Timeout(3600)
class TextFuzzTest {
    private static final String LIKELY = "0123456789.eE+-,:=()[] aAbz_\"\u00e9\ud83d\u0000\n\u0085\u2028*/NaN";

    /** What is read. */
    private enum Kind {
        RULE(
                Rules::parse,
                List.of(
                        "adam:beta1=0.95,epsilon=1e-6",
                        "clip-by-global-norm:max-norm=1 + adamw + weight-decay:decay=0.1",
                        "momentum:form=averaged,beta=0.9",
                        "rms-prop:centered=true")),
        SCHEDULE(
                Schedule::parse,
                List.of(
                        "cosine(1e-3, 10_000).warmUp(500)",
                        "multiStep(0.1, [30, 60, 80], 0.1)",
                        "constant(0.1).then(10, linear(0.1, 20).times(2)).reduceOnPlateau(0.5, 2, 0.1, abs, 1, 0, max)",
                        "warmRestarts(0.1, 10, 2)")),
        AVERAGE(text -> Averaging.parse(text, 100, 10), List.of("ema:0.99,copy", "swa:every=44", "polyak:start=3")),
        LOOKAHEAD(Lookahead::parse, List.of("5,0.5", "every=10,share=0.25")),
        SHARPNESS(Sharpness::parse, List.of("sam:0.05", "asam:rho=0.5,eta=0.01", "0.1"));

        private final Consumer<String> parser;
        private final List<String> valid;

        Kind(Consumer<String> parser, List<String> valid) {
            this.parser = parser;
            this.valid = valid;
        }
    }

    private static void fuzz(Kind kind, int inputs) {
        kind.valid.forEach(kind.parser);
        Random random = new Random(kind.ordinal());
        int refused = 0;
        for (int i = 0; i < inputs; i++) {
            String text = damaged(kind.valid.get(random.nextInt(kind.valid.size())), random);
            try {
                kind.parser.accept(text);
            } catch (IllegalArgumentException e) {
                refused++;
                assertThat(String.valueOf(e.getMessage()))
                        .as("input %d: %s", i, text)
                        .hasSizeLessThan(3000)
                        .doesNotContain("\n")
                        .matches("cannot read .* at character \\d+, .+|an? .* of \\d+ characters is too long.*");
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("input %d of %s: %s".formatted(i, kind, text), e);
            }
        }
        assertThat(refused).isGreaterThan(inputs / 3);
    }

    private static String damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int changes = random.nextInt(4); changes >= 0 && !damaged.isEmpty(); changes--) {
            int at = random.nextInt(damaged.length());
            char other = random.nextInt(8) == 0
                    ? (char) random.nextInt(1 << 16)
                    : LIKELY.charAt(random.nextInt(LIKELY.length()));
            switch (random.nextInt(5)) {
                case 0 -> damaged.setCharAt(at, other);
                case 1 -> damaged.insert(at, other);
                case 2 -> damaged.deleteCharAt(at);
                case 3 -> damaged.insert(at, damaged.substring(0, at));
                default -> damaged.insert(at, String.valueOf(other).repeat(1 << random.nextInt(13)));
            }
        }
        return damaged.toString();
    }

    @ParameterizedTest
    @EnumSource
    void survivesDamage(Kind kind) {
        fuzz(kind, 2_000);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void survivesMuchDamage(Kind kind) {
        fuzz(kind, 100_000);
    }
}
