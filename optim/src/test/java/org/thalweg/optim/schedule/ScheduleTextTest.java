package org.thalweg.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "constant(0.001)",
                "constant(0)",
                "constant(1e-8)",
                "constant(1e7)",
                "step(0.1, 30, 0.1)",
                "step(0.1, 9223372036854775807, 2)",
                "exponential(0.1, 0.9999)",
                "cosine(0.1, 90)",
                "cosine(0.1, 90, 1e-5)",
                "cosine(0.1, 90).warmUp(5)",
                "constant(0.1).warmUp(5).warmUp(0)"
            })
    void canonicalTextIsReadAndWrittenUnchanged(String text) {
        assertThat(Schedule.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.001                          | constant(0.001)
            '  1e-3 '                      | constant(0.001)
            .5                             | constant(0.5)
            +2E+1                          | constant(20)
            0.1.warmUp(5)                  | constant(0.1).warmUp(5)
            3.warmUp(5)                    | constant(3).warmUp(5)
            Cosine( 1E-3 , 10_000 )        | cosine(0.001, 10000)
            cosine(0.1,1e4,0).warm-up(5)   | cosine(0.1, 10000)x.warmUp(5)
            'cosine(0.1, 90)\t. WARM_UP(5)'| cosine(0.1, 90)x.warmUp(5)
            """)
    void readsWhatPeopleWrite(String text, String canonical) {
        assertThat(Schedule.parse(text)).hasToString(canonical.replace("x", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                    | 1  | expected a number or one of constant(rate), step(rate, every, factor)
            cosin(0.1, 90)        | 1  | there is no schedule "cosin"; did you mean cosine? (known: constant, step
            zzzzzz(0.1)           | 1  | there is no schedule "zzzzzz" (known: constant, step
            cosine                | 7  | expected '(' in cosine(rate, steps[, floor]), found the end
            cosine(0.1, 90        | 15 | expected ',' in cosine(rate, steps[, floor]), found the end
            cosine(0.1)           | 11 | an argument is missing: cosine(rate, steps[, floor])
            cosine()              | 8  | an argument is missing: cosine(rate, steps[, floor])
            cosine(1, 2, 0, 4)    | 17 | expected the end of cosine(rate, steps[, floor]), found '4'
            cosine(1, x)          | 11 | expected a number for steps of cosine(rate, steps[, floor]), found 'x'
            cosine(1, 2.5)        | 11 | expected a whole number from
            cosine(1, 1e99)       | 11 | expected a whole number from
            cosine(1, 99999999999999999999) | 11 | expected a whole number from
            cosine(1, 0)          | 1  | steps must be at least 1, not 0
            constant(1).warmUp(-1)| 13 | steps must be at least 0, not -1
            -1                    | 1  | rate must be a finite number of at least 0, not -1
            1e999                 | 1  | rate must be a finite number of at least 0, not infinity
            cosine(1, 2) x        | 14 | expected nothing more, or a dot and one of .warmUp(steps), found 'x'
            cosine(1, 2).         | 14 | expected one of .warmUp(steps), found the end
            cosine(1, 2).warmup   | 20 | expected '(' in .warmUp(steps), found the end
            cosine(1, 2).warnUp(3)| 14 | there is no schedule "warnUp"; did you mean warmUp?
            cosine(1, 2).step(1)  | 14 | step starts a schedule and cannot follow a dot
            warmUp(5)             | 1  | warmUp follows another schedule and a dot, as in constant(0.1).warmUp(10)
            """)
    void saysWhereAndWhatWasExpected(String text, int character, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.parse(text))
                .withMessageStartingWith("cannot read schedule \"%s\": at character %d, %s", text, character, problem);
    }

    @Test
    void refusesEndlessText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.parse("1".repeat(5000)))
                .withMessage("a schedule of 5000 characters is too long; at most 4096 are read");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.parse("c".repeat(4000)))
                .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(600));
    }

    @Test
    void survivesTheLongestChain() {
        String chain = "1" + ".warmUp(1)".repeat(400);
        Schedule schedule = Schedule.parse(chain);
        assertThat(schedule.at(0)).isEqualTo(1);
        assertThat(schedule.at(1000)).isEqualTo(1);
        assertThat(schedule).hasToString("constant(1)" + chain.substring(1));
    }

    @Test
    void roundTripsAnyArguments() {
        Random random = new Random(20120628);
        for (int i = 0; i < 2000; i++) {
            double rate = Math.abs(Double.longBitsToDouble(random.nextLong()));
            double part = random.nextBoolean() ? 0 : random.nextDouble();
            long steps = 1 + (random.nextLong() >>> (1 + random.nextInt(62))) / 2;
            if (rate > 0 && rate < Double.POSITIVE_INFINITY) {
                for (Schedule schedule : new Schedule[] {
                    new Constant(rate),
                    new Step(rate, steps, rate),
                    new Exponential(rate, rate),
                    new Cosine(rate, steps, part * rate).warmUp(steps)
                }) {
                    assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule);
                }
            }
        }
    }

    @Test
    void everyInputIsReadOrRefused() {
        String[] pieces = {
            "constant",
            "step",
            "exponential",
            "cosine",
            "warmUp",
            "(",
            ")",
            ",",
            ".",
            " ",
            "0.1",
            "30",
            "-1",
            "1e-3",
            "1e400",
            "_",
            "\t",
            "\0",
            "é",
            "NaN",
            "infinity",
            "cosine(0.1, 90)",
            ".warmUp(5)",
            "step(0.1, 30, 0.1)"
        };
        Random random = new Random(20170202);
        int read = 0;
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "" : "cosine(0.1, 90).warmUp(5)");
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(text.length() + 1);
                int end = Math.min(text.length(), at + random.nextInt(3));
                text.replace(at, end, pieces[random.nextInt(pieces.length)]);
            }
            read += isRead(text.toString()) ? 1 : 0;
        }
        assertThat(read).isBetween(50, 1500);
    }

    private static boolean isRead(String text) {
        Schedule schedule;
        try {
            schedule = Schedule.parse(text);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).startsWith("cannot read schedule").doesNotContainPattern("\\p{Cntrl}");
            return false;
        }
        assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule);
        assertThat(schedule.at(0)).isFinite();
        return true;
    }
}
