package org.thalweg.dashboard.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.dashboard.Runs;
import org.thalweg.dashboard.watch.RunCard.State;
import org.thalweg.train.run.RunDirectory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(300)
class RunFolderTest {
    @TempDir
    private Path root;

    /** Asks until the answer is as it must come to be. */
    private static List<RunCard> await(RunFolder folder, Predicate<List<RunCard>> condition)
            throws InterruptedException {
        while (true) {
            List<RunCard> cards = folder.cards();
            if (condition.test(cards)) {
                return cards;
            }
            Thread.sleep(20);
        }
    }

    private RunCard only() throws InterruptedException {
        return await(new RunFolder(root), cards -> cards.size() == 1).getFirst();
    }

    @Test
    void tells_what_a_run_is_and_how_far_it_has_come() throws Exception {
        Path run = Runs.begin(root, "one", "adam");
        Runs.train(run, 1, 34, 0.5);
        RunCard card = only();
        assertThat(card.name()).isEqualTo("one");
        assertThat(List.of(card.data(), card.model(), card.rule(), card.schedule()))
                .containsExactly("digits", "mlp", "adam", "constant(0.1)");
        assertThat(card.state()).isEqualTo(State.STOPPED);
        assertThat(card.started()).hasValue(1795161600000L);
        assertThat(card.step()).isEqualTo(34);
        assertThat(card.epoch()).isEqualTo(3);
        assertThat(card.progress().orElseThrow()).isCloseTo(0.34, within(1e-12));
        assertThat(card.loss()).hasValue(0.5 / 34);
        assertThat(card.best().orElseThrow().text()).isEqualTo("98.33 %");
        assertThat(card.best().orElseThrow().epoch()).isEqualTo(3);
    }

    @Test
    void tells_what_became_of_a_run() throws Exception {
        Path run = Runs.begin(root, "one", "adam");
        Runs.train(run, 1, 3, 1);
        assertThat(only().state()).isEqualTo(State.STOPPED);
        assertThat(only().progress()).hasValue(0.03);
        try (RunDirectory _ = RunDirectory.open(run)) {
            assertThat(only().state()).isEqualTo(State.RUNNING);
        }
        Files.writeString(
                run.resolve("metrics.jsonl"),
                "{\"type\":\"failure\",\"step\":3,\"message\":\"the loss is not finite\"}\n",
                StandardOpenOption.APPEND);
        assertThat(only().state()).isEqualTo(State.FAILED);
        assertThat(only().message()).isEqualTo("the loss is not finite");
        Runs.train(run, 4, 5, 1);
        assertThat(only().state()).isEqualTo(State.STOPPED);
        Runs.finish(run);
        assertThat(only().state()).isEqualTo(State.FINISHED);
        assertThat(only().progress()).hasValue(1.0);
    }

    @Test
    void follows_runs_that_come_go_on_go_back_and_vanish() throws Exception {
        RunFolder folder = new RunFolder(root.resolve("later"));
        assertThat(folder.cards()).isEmpty();
        Path run = Runs.begin(root, "later/sweep/one", "sgd");
        await(folder, cards -> cards.size() == 1 && cards.getFirst().name().equals("sweep/one"));
        try (RunDirectory _ = RunDirectory.open(run)) {
            Runs.train(run, 1, 20, 1);
            await(folder, cards -> cards.getFirst().step() == 20);
            Files.writeString(run.resolve("metrics.jsonl"), "");
            Runs.train(run, 1, 12, 1);
            await(
                    folder,
                    cards -> cards.getFirst().step() == 12 && cards.getFirst().epoch() == 1);
        }
        for (String file : List.of("config.json", "metrics.jsonl", ".lock")) {
            Files.delete(run.resolve(file));
        }
        Files.delete(run);
        await(folder, List::isEmpty);
        assertThat(folder.curves("sweep/one")).isEmpty();
    }

    @Test
    void links_pipes_and_damaged_files_do_no_harm() throws Exception {
        Path outside = Runs.begin(root.resolve("outside"), "secret", "adam");
        Path runs = Files.createDirectory(root.resolve("runs"));
        Files.createSymbolicLink(runs.resolve("linked"), outside);
        Path half = Files.createDirectory(runs.resolve("half"));
        Files.createSymbolicLink(half.resolve("config.json"), outside.resolve("config.json"));
        Files.writeString(
                half.resolve("metrics.jsonl"),
                "{\"type\":\"step\",\"st\n\0\uFFFD\n[1]\n{\"type\":\"epoch\",\"epoch\":\"x\"}\n");
        Files.createSymbolicLink(half.resolve("report.html"), outside.resolve("config.json"));
        Runs.begin(runs, "emptied/checkpoints/step-000000007", "adam");
        Path pipe = Files.createDirectory(runs.resolve("pipe"));
        assertThat(new ProcessBuilder("mkfifo", pipe.resolve("metrics.jsonl").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.writeString(pipe.resolve("config.json"), "[".repeat(5000));
        List<RunCard> cards = await(new RunFolder(runs), found -> found.size() == 2);
        assertThat(cards).extracting(RunCard::name).containsExactly("half", "pipe");
        assertThat(cards).allSatisfy(card -> {
            assertThat(card.data()).isEmpty();
            assertThat(card.step()).isZero();
            assertThat(card.pages()).isEmpty();
        });
    }

    @Test
    void curves_have_all_axes_and_bins_where_there_are_many_points() throws Exception {
        Path run = Runs.begin(root, "one", "adam");
        Runs.train(run, 1, 5000, 2);
        RunFolder folder = new RunFolder(root);
        await(folder, cards -> cards.size() == 1);
        CurvesUpdate update = folder.curves("one").orElseThrow();
        JsonNode curves = JsonMapper.shared().readTree(update.json());
        assertThat(curves.valueStream()
                        .map(curve -> curve.path("chart").asString("") + " "
                                + curve.path("part").asString("")))
                .containsExactly("loss train", "rate ", "loss test", "accuracy test");
        JsonNode loss = curves.path(0);
        assertThat(loss.path("step")).hasSize(625); // 5,000 points, 8 in a bin
        assertThat(loss.path("step").path(0).doubleValue()).isEqualTo(4.5);
        assertThat(loss.path("epoch").path(1).doubleValue()).isEqualTo(1.25);
        assertThat(loss.path("time").path(1).doubleValue()).isEqualTo(0.625);
        assertThat(loss.path("high").path(0).doubleValue()).isEqualTo(2);
        assertThat(loss.path("low").path(0).doubleValue()).isEqualTo(0.25);
        JsonNode accuracy = curves.path(3);
        assertThat(accuracy.path("title").asString("")).isEqualTo("Accuracy (%)");
        assertThat(accuracy.path("step")).hasSize(500);
        assertThat(accuracy.path("mean").path(0).floatValue()).isEqualTo(80);
        assertThat(accuracy.has("low")).isFalse();
        assertThat(folder.curves("one").orElseThrow().revision()).isEqualTo(update.revision());
        Runs.train(run, 5001, 5001, 2);
        assertThat(folder.curves("one").orElseThrow().revision()).isGreaterThan(update.revision());
        assertThat(folder.curves("../one")).isEmpty();
    }

    @Test
    void a_thousand_runs_and_a_million_lines_are_taken_in_parts() throws Exception {
        for (int i = 0; i < 1000; i++) {
            Runs.train(Runs.begin(root, "run-" + i, "adam"), 1, 10, 1);
        }
        String line = "{\"type\":\"step\",\"step\":1,\"epoch\":1,\"loss\":0.25,\"rate\":0.1,\"millis\":5.0}\n";
        Path large = Runs.begin(root, "large", "adam");
        String block = line.repeat(10_000);
        for (int i = 0; i < 100; i++) {
            Files.writeString(large.resolve("metrics.jsonl"), block, StandardOpenOption.APPEND);
        }
        Files.writeString(
                large.resolve("metrics.jsonl"),
                line.replace("\"step\":1,", "\"step\":1000000,"),
                StandardOpenOption.APPEND);
        RunFolder folder = new RunFolder(root);
        List<RunCard> all = await(folder, cards -> cards.size() == 1001);
        assertThat(all).filteredOn(card -> !card.name().equals("large")).allMatch(card -> card.step() == 10);
        await(folder, cards -> cards.getFirst().step() == 1_000_000);
        Optional<CurvesUpdate> part = folder.curves("large");
        assertThat(part.orElseThrow().json().length()).isLessThan(200_000);
    }
}
