package org.thalweg.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    /** Student's own data, 1908: hours of sleep gained with two drugs, as R's {@code sleep} has them. */
    private static final double[] FIRST = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};

    private static final double[] SECOND = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

    @Test
    void a_spread_is_that_of_the_book() {
        Spread spread = Spread.of(2, 4, 4, 4, 5, 5, 7, 9); // sum 40, squares about the mean 32
        assertThat(spread.mean()).isEqualTo(5);
        assertThat(spread.deviation()).isEqualTo(Math.sqrt(32.0 / 7), within(1e-15));
        assertThat(spread.median()).isEqualTo(4.5);
        assertThat(spread.least()).isEqualTo(2);
        assertThat(spread.most()).isEqualTo(9);
        assertThat(Spread.of(3).deviation()).isNaN();
        assertThat(Spread.of(3).interval(0.95).holds(1e300)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(Spread::of);
    }

    @Test
    void a_median_counts_what_never_ends_as_longest() {
        assertThat(Spread.median(Double.POSITIVE_INFINITY, 1, 2)).isEqualTo(2);
        assertThat(Spread.median(Double.POSITIVE_INFINITY, 1, 2, Double.POSITIVE_INFINITY))
                .isInfinite();
        assertThat(Spread.median(4, 1)).isEqualTo(2.5);
    }

    @Test
    void a_means_interval_takes_students_table() {
        Interval interval = Spread.of(1, 2, 3, 4, 5).interval(0.95);
        double reach = 2.776445105 * Math.sqrt(2.5 / 5); // t of 4 degrees at 0.975
        assertThat(interval.low()).isEqualTo(3 - reach, within(1e-8));
        assertThat(interval.high()).isEqualTo(3 + reach, within(1e-8));
    }

    @Test
    void welchs_test_says_what_r_says_of_students_sleep() {
        MeanDifference found = MeanDifference.welch(FIRST, SECOND); // t.test(extra ~ group, data = sleep)
        assertThat(found.difference()).isEqualTo(-1.58, within(1e-12));
        assertThat(found.degrees()).isEqualTo(17.776, within(5e-4));
        assertThat(found.p()).isEqualTo(0.07939, within(5e-6));
        Interval interval = found.interval(0.95);
        assertThat(interval.low()).isEqualTo(-3.3654832, within(1e-7));
        assertThat(interval.high()).isEqualTo(0.2054832, within(1e-7));
        assertThat(interval.holdsZero()).isTrue();
    }

    @Test
    void an_interval_ends_at_zero_where_its_level_is_one_less_p() {
        MeanDifference found = MeanDifference.welch(FIRST, SECOND);
        assertThat(found.interval(1 - found.p()).high()).isEqualTo(0, within(1e-9));
        assertThat(MeanDifference.welch(SECOND, FIRST).p()).isEqualTo(found.p());
    }

    @Test
    void what_does_not_vary_differs_for_certain_or_not_at_all() {
        assertThat(MeanDifference.welch(new double[] {1, 1}, new double[] {2, 2})
                        .p())
                .isZero();
        assertThat(MeanDifference.welch(new double[] {1, 1}, new double[] {1, 1})
                        .p())
                .isEqualTo(1);
        assertThat(MeanDifference.welch(new double[] {1, 1}, new double[] {2, 2})
                        .interval(0.9)
                        .high())
                .isEqualTo(-1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanDifference.welch(new double[] {1}, new double[] {2, 2}))
                .withMessageContaining("more seeds");
    }

    @Test
    void the_sign_test_counts_as_the_binomial_does() {
        SignTest sleep = SignTest.of(FIRST, SECOND); // nine smaller, one equal: 2 / 2^9
        assertThat(sleep.larger()).isZero();
        assertThat(sleep.smaller()).isEqualTo(9);
        assertThat(sleep.p()).isEqualTo(2 / 512.0, within(1e-15));
        assertThat(SignTest.of(new double[] {2, 2, 2, 2, 0}, new double[] {1, 1, 1, 1, 1})
                        .p())
                .isEqualTo(12 / 32.0, within(1e-15));
        assertThat(SignTest.of(new double[] {1}, new double[] {1}).p()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> SignTest.of(FIRST, new double[] {1}));
    }

    @Test
    void holm_steps_down() {
        Holm holm = Holm.of(List.of(0.01, 0.04, 0.03, 0.005), 0.95); // R: p.adjust(c(.01, .04, .03, .005), "holm")
        double[] adjusted =
                holm.adjusted().stream().mapToDouble(Double::doubleValue).toArray();
        assertThat(adjusted).containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-15));
        double[] levels =
                holm.levels().stream().mapToDouble(Double::doubleValue).toArray();
        assertThat(levels).containsExactly(new double[] {1 - 0.05 / 3, 0.975, 0.975, 0.9875}, within(1e-15));
        assertThat(Holm.of(List.of(0.9, 0.9), 0.95).adjusted()).containsExactly(1.0, 1.0);
    }

    @Test
    void holms_levels_leave_zero_out_where_a_difference_is_shown() {
        Random random = new Random(8);
        for (int trial = 0; trial < 300; trial++) {
            List<MeanDifference> differences = random.ints(6)
                    .mapToObj(
                            _ -> MeanDifference.welch(normal(random, 5, 0), normal(random, 5, 2 * random.nextDouble())))
                    .toList();
            Holm holm = Holm.of(differences.stream().map(MeanDifference::p).toList(), 0.95);
            for (int i = 0; i < differences.size(); i++) {
                boolean shown = holm.adjusted().get(i) <= 0.05;
                assertThat(differences.get(i).interval(holm.levels().get(i)).holdsZero())
                        .isEqualTo(!shown);
            }
        }
    }

    @Test
    void a_bootstrap_of_the_mean_is_the_normal_interval_of_a_large_sample() {
        double[] sample = normal(new Random(3), 400, 7);
        Interval interval = new Bootstrap(4_000, 5).mean(sample, 0.9);
        Spread spread = Spread.of(sample);
        // The bootstrap's deviation is with n below the squares; quantiles of 4,000 draws are off by some 0.05 of it.
        double reach = 1.6449 * spread.standardError() * Math.sqrt(399 / 400.0);
        assertThat(interval.low()).isEqualTo(spread.mean() - reach, within(0.15 * spread.standardError()));
        assertThat(interval.high()).isEqualTo(spread.mean() + reach, within(0.15 * spread.standardError()));
        assertThat(new Bootstrap(4_000, 5).mean(sample, 0.9)).isEqualTo(interval);
        assertThat(new Bootstrap(4_000, 6).mean(sample, 0.9)).isNotEqualTo(interval);
    }

    @Test
    void a_bootstrap_of_two_numbers_draws_all_four_samples() {
        Interval interval = new Bootstrap(2_000, 1).mean(new double[] {0, 1}, 0.95); // 0, 1/2, 1/2, 1
        assertThat(interval.low()).isZero();
        assertThat(interval.high()).isEqualTo(1);
        Interval half = new Bootstrap(2_000, 1).mean(new double[] {0, 1}, 0.4);
        assertThat(half.low()).isEqualTo(0.5);
        assertThat(half.high()).isEqualTo(0.5);
    }

    @Test
    void a_bootstrap_pairs_what_belongs_together() {
        double[] first = {1, 10, 100, 1000};
        double[] second = Arrays.stream(first).map(value -> value - 2).toArray();
        Bootstrap bootstrap = new Bootstrap(500, 1);
        assertThat(bootstrap.pairedDifference(first, second, 0.95).low()).isEqualTo(2);
        assertThat(bootstrap.difference(first, second, 0.95).holdsZero()).isTrue();
    }

    /** What the class says about small samples: the percentile interval is too short there, and Student's is not. */
    @Test
    void students_interval_of_five_keeps_its_level_and_the_bootstraps_does_not() {
        Random random = new Random(11);
        int repeats = 1_000;
        int student = 0;
        int drawn = 0;
        for (int i = 0; i < repeats; i++) {
            double[] five = normal(random, 5, 0);
            student += Spread.of(five).interval(0.95).holdsZero() ? 1 : 0;
            drawn += new Bootstrap(400, i).mean(five, 0.95).holdsZero() ? 1 : 0;
        }
        assertThat(student / (double) repeats).isBetween(0.93, 0.97);
        assertThat(drawn / (double) repeats).isBetween(0.78, 0.88);
    }

    private static double[] normal(Random random, int count, double mean) {
        return random.doubles(count).map(_ -> mean + random.nextGaussian()).toArray();
    }
}
