package org.thalweg.optim.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Normal numbers: their parts against exact functions, samples against what the distribution says of them. */
class NormalTest {
    private static final int DRAWS = 1 << 23;

    static long[] keys() {
        return LongStream.of(0, 1, -1).map(Counter::key).toArray();
    }

    private static float[] draws(long key, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = Normal.at(key, i);
        }
        return numbers;
    }

    /** The probability of more than z, for z of 0 or more: Taylor's series of the density, a continued fraction further out. */
    private static double beyond(double z) {
        if (z < 3) {
            double term = z;
            double sum = z;
            for (int n = 1; Math.abs(term) > 1e-18; n++) {
                term *= z * z / (2 * n + 1);
                sum += term;
            }
            return 0.5 - sum * density(z);
        }
        double fraction = z;
        for (int n = 200; n > 0; n--) {
            fraction = z + n / fraction;
        }
        return density(z) / fraction;
    }

    private static double density(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    @Test
    void radiiAreRight() {
        Random random = new Random(71);
        for (int trial = 0; trial < 400_000; trial++) {
            int bits = random.nextInt() >>> random.nextInt(Integer.SIZE) ^ (trial % 2 == 0 ? 0 : -1);
            double u = Math.fma(bits >>> 1, 0x1p-31f, 0x1p-32f);
            double radius = Math.sqrt(-2 * Math.log(u));
            assertThat((double) Normal.radius(bits))
                    .as("radius of %d", bits)
                    .isCloseTo(radius, within(4.5e-6 * radius));
        }
        assertThat(Normal.radius(0)).isCloseTo((float) Math.sqrt(64 * Math.log(2)), within(2e-5f));
        assertThat(Normal.radius(-1)).isZero();
    }

    @Test
    void anglesAreRight() {
        for (int i = -1000; i <= 1000; i++) {
            float x = i / 2000f;
            assertThat((double) Normal.sine(x)).isCloseTo(Math.sin(Math.PI * x), within(1.5e-6));
            assertThat((double) Normal.cosine(x)).isCloseTo(Math.cos(Math.PI * x), within(3e-7));
        }
    }

    /** 16 boxes for the angle, 16 for the radius down to one in 2^16: chi-squared of 255 degrees of freedom. */
    @ParameterizedTest
    @MethodSource("keys")
    void theAngleIsUniformAndIndependentOfTheRadius(long key) {
        int[] boxes = new int[256];
        double[] expected = new double[256];
        for (int i = 0; i < 8 * DRAWS; i++) {
            int bits = Counter.bits(key, i);
            int level = Math.min(15, Integer.numberOfLeadingZeros(bits));
            boxes[(Normal.turn(bits) >>> 28) * 16 + level]++;
        }
        double chiSquared = 0;
        for (int box = 0; box < boxes.length; box++) {
            int level = box % 16;
            expected[box] = 8.0 * DRAWS / 16 * Math.pow(0.5, level == 15 ? 15 : level + 1);
            chiSquared += (boxes[box] - expected[box]) * (boxes[box] - expected[box]) / expected[box];
        }
        assertThat(chiSquared).isBetween(255 - 6 * Math.sqrt(510), 255 + 6 * Math.sqrt(510));
    }

    /** Eight boxes for the angle, four for the radius, of one probability each: chi-squared of 31 degrees of freedom. */
    @ParameterizedTest
    @MethodSource("keys")
    void pairsGoAllAroundTheCircle(long key) {
        float[] numbers = draws(key, DRAWS);
        int[] boxes = new int[32];
        for (int i = 0; i < DRAWS; i++) {
            if ((i & Normal.HALF) == 0) {
                double x = numbers[i];
                double y = numbers[i + Normal.HALF];
                int angle = (int) Math.floor(4 * (Math.atan2(y, x) / Math.PI + 1)) % 8;
                int radius = (int) (4 * Math.exp(-(x * x + y * y) / 2));
                boxes[angle * 4 + Math.min(radius, 3)]++;
            }
        }
        double expected = DRAWS / 2.0 / boxes.length;
        double chiSquared = 0;
        for (int count : boxes) {
            chiSquared += (count - expected) * (count - expected) / expected;
        }
        assertThat(chiSquared).isBetween(8.0, 75.0);
    }

    @Test
    void halfOfTheNumbersAreNegative() {
        int negative = 0;
        for (float number : draws(Counter.key(11), DRAWS)) {
            negative += number < 0 ? 1 : 0;
        }
        assertThat(negative / (double) DRAWS).isCloseTo(0.5, within(5 * 0.5 / Math.sqrt(DRAWS)));
    }

    /** The mean of z^k over n draws has the variance (E z^2k - (E z^k)^2) / n; five standard deviations. */
    @ParameterizedTest
    @MethodSource("keys")
    void momentsUpToTheFourth(long key) {
        double[] sums = new double[5];
        for (float z : draws(key, DRAWS)) {
            double power = 1;
            for (int k = 1; k <= 4; k++) {
                power *= z;
                sums[k] += power;
            }
        }
        double[] expected = {1, 0, 1, 0, 3};
        double[] variances = {0, 1, 2, 15, 96};
        for (int k = 1; k <= 4; k++) {
            assertThat(sums[k] / DRAWS)
                    .as("moment %d", k)
                    .isCloseTo(expected[k], within(5 * Math.sqrt(variances[k] / DRAWS)));
        }
    }

    /** Kolmogorov and Smirnov's distance: its root of n times is above 2.2 once in 8,000 samples. */
    @ParameterizedTest
    @MethodSource("keys")
    void distributionFunction(long key) {
        float[] sorted = draws(key, DRAWS);
        Arrays.sort(sorted);
        double distance = 0;
        for (int i = 0; i < DRAWS; i++) {
            double below = sorted[i] < 0 ? beyond(-sorted[i]) : 1 - beyond(sorted[i]);
            distance = Math.max(distance, Math.max(below - (double) i / DRAWS, (i + 1.0) / DRAWS - below));
        }
        assertThat(distance * Math.sqrt(DRAWS)).isBetween(0.2, 2.2);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void tails(long key) {
        float[] numbers = draws(key, DRAWS);
        for (double z : new double[] {2, 3, 3.5, 4, 4.5}) {
            double expected = 2 * beyond(z) * DRAWS;
            long found = 0;
            for (float number : numbers) {
                found += Math.abs(number) > z ? 1 : 0;
            }
            assertThat((double) found).as("beyond %s", z).isCloseTo(expected, within(5 * Math.sqrt(expected)));
        }
    }

    /** Products and products of squares, which show a common scale, of neighbours and of sequences with keys that are neighbours. */
    @Test
    void nothingIsCorrelated() {
        float[] first = draws(Counter.key(7, 0, 1, 1), DRAWS);
        for (int lag : new int[] {1, 2, 3, 8, 16, 32, 64, 4096, 65_536}) {
            mustNotBeCorrelated("lag " + lag, first, lag, first);
        }
        mustNotBeCorrelated("seed", first, 0, draws(Counter.key(8, 0, 1, 1), DRAWS));
        mustNotBeCorrelated("stream", first, 0, draws(Counter.key(7, 1, 1, 1), DRAWS));
        mustNotBeCorrelated("tensor", first, 0, draws(Counter.key(7, 0, 2, 1), DRAWS));
        mustNotBeCorrelated("step", first, 0, draws(Counter.key(7, 0, 1, 2), DRAWS));
    }

    private static void mustNotBeCorrelated(String what, float[] first, int from, float[] second) {
        int count = first.length - from;
        double products = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double x = first[i + from];
            double y = second[i];
            products += x * y;
            squares += (x * x - 1) * (y * y - 1);
        }
        assertThat(products / count).as("%s", what).isCloseTo(0, within(5 / Math.sqrt(count)));
        assertThat(squares / count).as("squares, %s", what).isCloseTo(0, within(10 / Math.sqrt(count)));
    }
}
