package org.thalweg.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
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
                "constant(0.1).warmUp(5).warmUp(0)",
                "cosine(0.1, 90).warmUp(5, 0)",
                "cosine(0.1, 90).warmUp(5, 0.1, exponential)",
                "cosine(0.1, 90).warmUp(5, 0.2, constant)",
                "inverseTime(0.1)",
                "inverseTime(0.1, 0.01)",
                "inverseSquareRoot(0.1, 4000)",
                "multiStep(0.1, [30], 0.1)",
                "multiStep(0.1, [30, 60, 80], 0.1)",
                "tenths(0.1, 90)",
                "linear(0.1, 90)",
                "polynomial(0.1, 90, 2, 0.001)",
                "warmRestarts(0.1, 10, 2)",
                "triangular(0.001, 0.1, 10)",
                "triangular2(0.001, 0.1, 10, 20)",
                "expRange(0.001, 0.1, 10, 0.99, 20)",
                "oneCycle(0.1, 90)",
                "oneCycle(0.1, 90, 0.3, 25, 10000, linear, true)",
                "warmUpStableDecay(0.1, 5, 80, 15)",
                "warmUpStableDecay(0.1, 5, 80, 15, 0.001, sqrt)",
                "constant(0.1).then(30, constant(0.01)).then(60, cosine(0.001, 30).warmUp(2))",
                "cosine(0.1, 90).times(4).warmUp(5, 0.25)",
                "constant(0.1).reduceOnPlateau()",
                "cosine(0.1, 90).warmUp(5).reduceOnPlateau(0.5, 3, 0.01, abs, 2, 1e-6, max)"
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
            0.1.then(30,0.01).then(60,1e-3)| constant(0.1).then(30, constant(0.01)).then(60, constant(0.001))
            multi-step(1,[ 1 ,2e1,3_00 ],2)| multiStep(1, [1, 20, 300], 2)
            oneCycle(1,9,.5,2,3,LINEAR,True) | oneCycle(1, 9, 0.5, 2, 3, linear, true)
            oneCycle(1,9,.3,25,1e4,cosine,false) | oneCycle(1, 9)
            1.warmUp(4, 0.25, linear)      | constant(1).warmUp(4)
            1.reduceOnPlateau(.1, 10, 1e-4)| constant(1).reduceOnPlateau()
            Cosine( 1E-3 , 10_000 )        | cosine(0.001, 10000)
            cosine(0.1,1e4,0).warm-up(5)   | cosine(0.1, 10000)x.warmUp(5)
            'cosine(0.1, 90)\t. WARM_UP(5)'| cosine(0.1, 90)x.warmUp(5)
            """)
    void readsWhatPeopleWrite(String text, String canonical) {
        assertThat(Schedule.parse(text)).hasToString(canonical.replace("x", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                    | 1  | expected a number or one of constant(rate), inverseTime(rate[, decay])
            cosin(0.1, 90)        | 1  | there is no schedule "cosin"; did you mean cosine? (known: constant, inverseTime
            zzzzzz(0.1)           | 1  | there is no schedule "zzzzzz" (known: constant, inverseTime
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
            cosine(1, 2) x        | 14 | expected nothing more, or a dot and one of .warmUp(steps[, start[, rise]]), .then(steps, next), .times(factor), .reduceOnPlateau([factor,
            cosine(1, 2).         | 14 | expected one of .warmUp(steps[, start[, rise]]), .then(
            cosine(1, 2).warmup   | 20 | expected '(' in .warmUp(steps[, start[, rise]]), found the end
            cosine(1, 2).warnUp(3)| 14 | there is no schedule "warnUp"; did you mean warmUp?
            cosine(1, 2).step(1)  | 14 | step starts a schedule and cannot follow a dot
            1.reduceOnPlateau().warmUp(3) | 21 | reduceOnPlateau must stand last, after all other parts
            1.then(2, 1.reduceOnPlateau()) | 3 | reduceOnPlateau must stand last, after all other parts
            1.reduceOnPlateau(0.5)| 22 | an argument is missing: .reduceOnPlateau([factor, patience[, threshold[, th
            multiStep(1, 3, 2)    | 14 | expected '[' in multiStep(rate, milestones, factor), found '3'
            multiStep(1, [], 2)   | 15 | expected a number for milestones of multiStep(rate, milestones, factor), found ']'
            multiStep(1, [3 4], 2)| 17 | expected ',' in multiStep(rate, milestones, factor), found '4'
            multiStep(1, [3, 2.5], 2)| 18 | expected a whole number from
            multiStep(1, [3, 3], 2)| 1 | milestones must be ascending steps from 1 on, not [3, 3]
            multiStep(1, [3       | 16 | expected ',' in multiStep(rate, milestones, factor), found the end
            1.warmUp(3, 0.1, 7)   | 18 | expected linear or constant or exponential for rise of .warmUp(
            1.warmUp(3, 0.1, lin) | 18 | expected linear or constant or exponential, not "lin"
            1.warmUp(3, 2)        | 3  | start must be a share from 0 to 1, not 2
            oneCycle(1, 9, 0.5, 2, 3, linear, 1) | 35 | expected true or false for threePhases of oneCycle(
            1.then(30)            | 10 | an argument is missing: .then(steps, next)
            1.then(30, x)         | 12 | there is no schedule "x" (known: constant,
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
                    new MultiStep(rate, List.of(steps, steps + 1), rate).then(steps, Schedule.tenths(rate, steps)),
                    new InverseSquareRoot(rate, steps).times(rate).warmUp(steps),
                    new WarmUp(new WarmRestarts(rate, steps, 3, part * rate), steps, 1 - part, WarmUp.Rise.EXPONENTIAL),
                    new WarmUpStableDecay(rate, steps, steps, steps, part * rate, WarmUpStableDecay.Fall.COSINE),
                    new OneCycle(rate, steps, part, 2, 3, OneCycle.Curve.LINEAR, part <= 0.5).reduceOnPlateau(),
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
            ".then(3, 0.1)",
            ".reduceOnPlateau()",
            ".warmUp(5, 0.1, constant)",
            "multiStep(0.1, [3, 5], 2)",
            "[",
            "]",
            "true",
            "linear",
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
