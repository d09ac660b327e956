package org.thalweg.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static SequencedMap<String, double[]> figures(double[]... rows) {
        SequencedMap<String, double[]> figures = new LinkedHashMap<>();
        for (double[] row : rows) {
            figures.put(List.of("a", "b", "c", "d", "e").get(figures.size()), row);
        }
        return figures;
    }

    private static double[] normal(Random random, double mean) {
        return random.doubles(5).map(_ -> mean + 0.01 * random.nextGaussian()).toArray();
    }

    @Test
    void what_is_far_apart_is_told_apart() {
        Random random = new Random(1);
        Verdict verdict =
                Verdict.of(figures(normal(random, 0.3), normal(random, 0.1), normal(random, 0.2)), Measure.ERROR);
        assertThat(verdict.ranking()).containsExactly("b", "c", "a");
        assertThat(verdict.pairs()).hasSize(3).allMatch(Verdict.Pair::shown);
        assertThat(verdict.pair("a", "b").difference()).isEqualTo(0.2, within(0.02));
        assertThat(verdict.sentence()).startsWith("b is best").contains("below that of c by");
    }

    @Test
    void what_is_near_is_not_told_apart_but_from_what_is_far() {
        Verdict verdict = Verdict.of(
                figures(new double[] {0.10, 0.12, 0.11, 0.13}, new double[] {0.11, 0.10, 0.13, 0.13}, new double[] {
                    0.4, 0.41, 0.39, 0.4
                }),
                Measure.ERROR);
        assertThat(verdict.pair("a", "b").shown()).isFalse();
        assertThat(verdict.pair("b", "a").interval().holdsZero()).isTrue();
        assertThat(verdict.sentence()).contains("no difference from b is shown").contains("worse than it: c");
    }

    @Test
    void equal_rules_are_told_apart_in_one_case_of_twenty_at_most() {
        Random random = new Random(2);
        int wrong = 0;
        int repeats = 1_000;
        for (int i = 0; i < repeats; i++) {
            Verdict verdict = Verdict.of(
                    figures(
                            normal(random, 0.2),
                            normal(random, 0.2),
                            normal(random, 0.2),
                            normal(random, 0.2),
                            normal(random, 0.2)),
                    Measure.ERROR);
            wrong += verdict.pairs().stream().anyMatch(Verdict.Pair::shown) ? 1 : 0;
        }
        // Four deviations of a binomial above 0.05. Without Holm's procedure it would be some 0.25.
        assertThat(wrong / (double) repeats).isLessThan(0.05 + 4 * Math.sqrt(0.05 * 0.95 / repeats));
    }

    @Test
    void one_seed_gives_no_verdict() {
        Verdict verdict = Verdict.of(figures(new double[] {0.1}, new double[] {0.9}), Measure.ERROR);
        assertThat(verdict.pairs()).isEmpty();
        assertThat(verdict.sentence()).startsWith("No verdict");
        assertThatIllegalArgumentException().isThrownBy(() -> verdict.pair("a", "b"));
    }

    @Test
    void a_profile_is_that_of_hand() {
        SequencedMap<String, List<Double>> costs = new LinkedHashMap<>();
        costs.put("a", List.of(10.0, 30.0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
        costs.put("b", List.of(20.0, 10.0, 7.0, Double.POSITIVE_INFINITY));
        PerformanceProfile profile = PerformanceProfile.of(costs);
        double infinity = Double.POSITIVE_INFINITY;
        assertThat(profile.ratios().get("a")).containsExactly(1.0, 3.0, infinity, infinity);
        assertThat(profile.ratios().get("b")).containsExactly(2.0, 1.0, 1.0, infinity);
        assertThat(profile.share("a", 1)).isEqualTo(0.25);
        assertThat(profile.share("a", 3)).isEqualTo(0.5);
        assertThat(profile.share("b", 1.5)).isEqualTo(0.5);
        assertThat(profile.share("b", 4)).isEqualTo(0.75);
        // The integral of the share over 1 to 4, over 3: (3 + 1) / 4 / 3 and (2 + 3 + 3) / 4 / 3.
        assertThat(profile.score("a", 4)).isEqualTo(1 / 3.0, within(1e-15));
        assertThat(profile.score("b", 4)).isEqualTo(2 / 3.0, within(1e-15));
        costs.put("c", List.of(1.0));
        assertThatIllegalArgumentException().isThrownBy(() -> PerformanceProfile.of(costs));
    }
}
