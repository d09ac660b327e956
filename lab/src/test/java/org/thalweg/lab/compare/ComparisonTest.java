package org.thalweg.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.lab.compare.Assignment.Phase;

/** Comparisons on test problems, which take milliseconds. */
class ComparisonTest {
    private static final Workloads SOURCE = new Workloads(1);

    @TempDir
    private Path folder;

    private static Comparison small() {
        return new Comparison(
                List.of(SOURCE.named("deep-quadratic:dimension=10"), SOURCE.named("quadratic:condition=100")),
                List.of(Contender.of("sgd"), Contender.of("momentum"), Contender.of("adam")),
                new Budget.Steps(6, 60));
    }

    /** What a trial was and found, without how long it took. */
    private static Map<String, String> found(Results results) {
        return results.trials().stream()
                .collect(Collectors.toMap(
                        trial -> trial.what().key(),
                        trial -> "%s %s %s %s %s"
                                .formatted(
                                        trial.what(),
                                        trial.curve().stream()
                                                .map(point -> point.step() + ":" + point.validation())
                                                .toList(),
                                        trial.test(),
                                        trial.divergedAt(),
                                        trial.seconds() >= 0)));
    }

    @ParameterizedTest
    @EnumSource(Tuning.class)
    void chooses_by_validation_and_judges_from_fresh_seeds(Tuning tuning) {
        Results results = small().with(tuning).run(folder);
        assertThat(results.trials()).hasSize(small().with(tuning).trials());
        for (TaskResult task : results.tasks()) {
            for (Standing standing : task.standings()) {
                int last = standing.tried().stream()
                        .mapToInt(it -> it.what().rung())
                        .max()
                        .orElseThrow();
                Trial best = standing.tried().stream()
                        .filter(it -> it.what().rung() == last && !it.diverged())
                        .min(Comparator.comparingDouble(
                                it -> it.curve().getLast().validation().loss()))
                        .orElseThrow();
                assertThat(best.what().steps()).isEqualTo(60);
                assertThat(standing.chosen()).isEqualTo(best);
                assertThat(standing.finals())
                        .allMatch(it -> it.what().values().equals(best.what().values()));
                assertThat(standing.finals())
                        .extracting(it -> it.what().seed())
                        .containsExactlyInAnyOrder(2L, 3L, 4L, 5L, 6L);
                assertThat(standing.tried())
                        .allMatch(it -> it.what().seed() == 1 && it.test().isEmpty());
            }
        }
    }

    @Test
    void every_rule_has_the_same_budget_whichever_way_it_is_searched() {
        for (Tuning tuning : Tuning.values()) {
            long steps = tuning.rungs(9, 900).stream()
                    .mapToLong(rung -> rung.trials() * rung.steps())
                    .sum();
            assertThat(steps).as("%s", tuning).isEqualTo(9 * 900);
        }
    }

    @Test
    void settings_number_so_and_so_are_the_same_on_every_task_and_beside_other_rules() {
        Map<String, List<String>> tried = new LinkedHashMap<>();
        Results three = small().run(folder.resolve("three"));
        Results one = new Comparison(small().workloads(), List.of(Contender.of("adam")), new Budget.Steps(8, 60))
                .run(folder.resolve("one"));
        for (Results results : List.of(three, one)) {
            for (TaskResult task : results.tasks()) {
                tried.put(
                        task.task() + results.trials().size(),
                        task.of("adam").tried().stream()
                                .filter(it -> it.what().number() < 6)
                                .map(it -> it.what().settings())
                                .toList());
            }
        }
        assertThat(tried).hasSize(4);
        assertThat(tried.values().stream().distinct()).hasSize(1);
    }

    @Test
    void what_was_stopped_goes_on_to_the_same_end() throws IOException {
        Results whole = small().run(folder.resolve("whole"));
        Path stopped = folder.resolve("stopped");
        for (int stops = 0; stops < 4; stops++) {
            int after = 9;
            List<Trial> ended = new ArrayList<>();
            Comparison.Watcher impatient = new Comparison.Watcher() {
                @Override
                public void ended(int done, int all, Trial trial) {
                    ended.add(trial);
                }

                @Override
                public boolean stopAsked() {
                    return ended.size() == after;
                }
            };
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> small().run(stopped, impatient))
                    .withMessageContaining("%d of 66 trials".formatted(after * (stops + 1)))
                    .withMessageContaining("goes on");
            Path file = stopped.resolve(Comparison.FILE);
            Files.writeString(file, Files.readString(file) + "{\"key\":\"cut sho");
        }
        assertThat(found(small().run(stopped))).isEqualTo(found(whole));
        assertThat(small().run(stopped).trials()).isEqualTo(small().run(stopped).trials()); // nothing is made again
    }

    @Test
    void helping_processes_find_the_same() {
        Results alone = small().run(folder.resolve("alone"));
        try (Crew crew = small().helpers(2, SOURCE, folder.resolve("logs"))) {
            Results together = small().run(folder.resolve("together"), crew, Comparison.Watcher.NONE);
            assertThat(found(together)).isEqualTo(found(alone));
            assertThat(together.trials()).allMatch(it -> it.place().jobs() == 2);
        }
    }

    @Test
    void times_are_not_compared_among_different_places() {
        Comparison comparison = small().withSeeds(2, 1);
        Results alone = comparison.run(folder);
        assertThat(alone.profile(Results.Cost.SECONDS)).isPresent();
        List<Trial> mixed = new ArrayList<>(alone.trials());
        mixed.replaceAll(it -> it.what().phase() == Phase.FINAL && it.what().number() == 1
                ? new Trial(
                        it.what(),
                        it.curve(),
                        it.test(),
                        it.divergedAt(),
                        it.seconds(),
                        it.scoreSeconds(),
                        new Trial.Place(1, 7))
                : it);
        LinkedHashMap<String, Long> steps = new LinkedHashMap<>();
        comparison.workloads().forEach(workload -> steps.put(workload.name(), 60L));
        Results results = Results.of(comparison, steps, mixed);
        assertThat(results.profile(Results.Cost.SECONDS)).isEmpty();
        assertThat(results.profile(Results.Cost.STEPS)).isPresent();
    }

    @Test
    void what_diverges_is_counted_and_not_chosen() {
        Contender wild = Contender.of("sgd").with(Range.log(Range.RATE, 1e-3, 1e3));
        Results results = new Comparison(
                        List.of(SOURCE.named("quadratic:condition=100")), List.of(wild), new Budget.Steps(20, 200))
                .run(folder);
        Standing standing = results.tasks().getFirst().standings().getFirst();
        // Of a curvature of 100, a rate above 2/100 diverges: 200 steps are enough where it is twice that.
        assertThat(standing.triedDiverged())
                .isEqualTo((int) standing.tried().stream()
                        .filter(it -> it.what().values().getOrDefault(Range.RATE, 0.0) > 0.04)
                        .count())
                .isPositive();
        assertThat(standing.chosen().diverged()).isFalse();
        assertThat(standing.diverged()).isZero();
    }

    @Test
    void a_final_run_that_diverges_counts_with_its_first_weights() {
        Contender wild = Contender.of("sgd").with(Range.fixed(Range.RATE, 1e3));
        Results results = new Comparison(
                        List.of(SOURCE.named("quadratic:condition=100")), List.of(wild), new Budget.Steps(1, 200))
                .run(folder);
        Standing standing = results.tasks().getFirst().standings().getFirst();
        assertThat(standing.diverged()).isEqualTo(5);
        assertThat(standing.test().mean())
                .isEqualTo(standing.finals()
                        .getFirst()
                        .curve()
                        .getFirst()
                        .validation()
                        .loss());
        assertThat(standing.stepsToTarget()).isInfinite();
    }

    @Test
    void another_comparison_in_the_same_folder_is_refused() {
        small().run(folder);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().withSeeds(3, 1).run(folder))
                .withMessageContaining("seeds 5, not 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().with(Tuning.HALVING).run(folder))
                .withMessageContaining("tuning");
    }

    @Test
    void a_time_is_turned_into_steps_once() {
        Comparison timed = new Comparison(
                        List.of(SOURCE.named("deep-quadratic:dimension=10")),
                        List.of(Contender.of("sgd"), Contender.of("adam")),
                        Budget.Time.parse("1s", 3))
                .withSeeds(2, 1);
        Results first = timed.run(folder);
        long steps = first.tasks().getFirst().steps();
        assertThat(steps).isBetween(10L, 2_000L);
        assertThat(first.trials()).allMatch(it -> it.what().steps() == steps);
        assertThat(timed.run(folder).trials()).isEqualTo(first.trials());
    }

    @Test
    void nonsense_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SOURCE.named("mnlp"))
                .withMessageContaining("mlp");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SOURCE.named("digits/"))
                .withMessageContaining("DATA");
        assertThatIllegalArgumentException().isThrownBy(() -> small().withSeeds(0, 1));
        for (String text : List.of("", "5", "10 parsecs", "0s", "-1m")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Budget.Time.parse(text, 1))
                    .withMessageContaining("budget");
        }
        assertThat(Budget.Time.parse("1h30m", 1).perRule()).hasMinutes(90);
        assertThat(Budget.Time.parse("90s", 1).perRule()).hasSeconds(90);
    }

    @Test
    void a_network_is_trained_and_its_page_hides_nothing() throws IOException {
        Comparison comparison = new Comparison(
                        List.of(SOURCE.named("digits/mlp:width=8,depth=1")),
                        List.of(Contender.of("sgd"), Contender.of("adam")),
                        new Budget.Steps(3, 80))
                .withSeeds(2, 1);
        Results results = comparison.run(folder);
        TaskResult task = results.tasks().getFirst();
        assertThat(task.measure()).isEqualTo(Measure.ERROR);
        assertThat(task.standings())
                .allMatch(it -> it.test().mean() < 0.85 && it.test().most() > 0);
        assertThat(comparison.run(folder).trials()).isEqualTo(results.trials()); // read back as it was
        Path page = folder.resolve("page.html");
        new ComparePage(results, "./thalweg compare '<nonsense>'").write(page);
        String text = Files.readString(page);
        results.trials().forEach(trial -> assertThat(text).contains(trial.what().settings()));
        assertThat(text)
                .contains("log-from-one", "&lt;nonsense&gt;", task.verdict().sentence())
                .doesNotContain("src=\"http", "href=\"http", "NaN");
    }
}
