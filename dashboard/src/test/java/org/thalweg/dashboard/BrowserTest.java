package org.thalweg.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.StoppedException;
import org.thalweg.train.Training;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.ready.Models;
import org.thalweg.train.run.RunDirectory;

/** The page in a real browser. */
@Timeout(600)
class BrowserTest {
    private static Optional<Browser> found = Optional.empty();

    @TempDir
    private Path root;

    private Optional<Dashboard> dashboard = Optional.empty();

    @BeforeAll
    static void aBrowser() {
        found = Browser.find();
        assumeThat(found)
                .as("a Chromium and its chromedriver on the PATH; on Debian: apt install chromium chromium-driver")
                .isPresent();
    }

    @AfterAll
    static void noBrowser() {
        found.ifPresent(Browser::close);
    }

    @BeforeEach
    void aDashboard() {
        dashboard = Optional.of(Dashboard.start(root, "localhost", 0));
        browser().requests();
        browser().complaints();
    }

    /** Whatever a test did, nothing was asked of any other machine, or of another port of this one. */
    @AfterEach
    void noRequestLeft() {
        if (found.isPresent()) {
            assertThat(browser().requests())
                    .isNotEmpty()
                    .allMatch(address -> address.startsWith(address())
                            || address.startsWith("data:")
                            || address.startsWith("blob:" + address()));
            browser().open("about:blank");
        }
        dashboard.ifPresent(Dashboard::close);
    }

    private Browser browser() {
        return found.orElseThrow();
    }

    private String address() {
        return dashboard.orElseThrow().address().toString();
    }

    private static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Waits until the loss is drawn to that step. */
    private void awaitStep(int step) {
        browser().await("step " + step, () -> drawnTo() >= step);
    }

    private double drawnTo() {
        return Double.parseDouble(browser()
                .run("return document.querySelector('[data-chart=loss] .plot')?.dataset.last ?? '-1'")
                .toString());
    }

    @Test
    void a_curve_moves_while_a_training_goes_on() {
        AtomicBoolean seen = new AtomicBoolean();
        TrainingListener listener = new TrainingListener() {
            @Override
            public boolean stopAsked() {
                return seen.get();
            }
        };
        Dataset data = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0, 0.2, 1));
        TrainingConfig config = new TrainingConfig(
                Models.named("mlp", data.shape(), data.task()),
                Rules.parse("adam"),
                Schedule.constant(1e-3),
                100_000,
                32,
                1);
        Thread training = Thread.ofPlatform().start(() -> {
            try {
                Training.run(config, data, root, listener);
            } catch (StoppedException e) {
                // as it was asked to
            }
        });
        try {
            browser().open(address());
            browser().awaitText("#runs .outcome", "running");
            awaitStep(100);
            double before = drawnTo();
            awaitStep((int) before + 1000);
            assertThat(browser().text("#legend")).contains("digits-mlp");
            assertThat(browser().text("#connection")).isEqualTo("Live");
        } finally {
            seen.set(true);
        }
        browser().awaitText("#runs .outcome", "stopped");
        assertThat(browser().complaints()).isEmpty();
        join(training);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void runs_are_compared_and_the_comparison_can_be_linked() throws IOException {
        Runs.train(Runs.begin(root, "one", "sgd"), 1, 50, 1);
        Runs.train(Runs.begin(root, "two", "adam"), 1, 80, 2);
        browser().open(address());
        awaitStep(50);
        browser().await("two rows", () -> browser().count("#runs tbody tr") == 2);
        browser().run("document.querySelectorAll('#runs input:not(:checked)').forEach(box => box.click())");
        browser().await("two runs", () -> browser().count("#legend li") == 2);
        browser().click("input[name=x][value=epoch]");
        browser()
                .run(
                        "const s = document.getElementById('smoothing'); s.value = 40; s.dispatchEvent(new Event('input'))");
        browser().click("#log");
        awaitStep(80);
        String link = browser().address();
        assertThat(link).contains("run=one", "run=two", "x=epoch", "smoothing=40", "log=1");
        browser().open(link);
        browser().await("two runs", () -> browser().count("#legend li") == 2);
        awaitStep(80);
        // Faint and smoothed loss and test loss of both, in two colours, over eight epochs.
        browser()
                .await("eight lines", () -> browser().run(LOSS + ".data.length").equals(8L));
        assertThat(browser().run(LOSS + ".layout.xaxis.title.text")).isEqualTo("epoch");
        assertThat(browser().run(LOSS + ".layout.yaxis.type")).isEqualTo("log");
        assertThat(browser().run("return String(new Set(" + LOSS.substring(7) + ".data.map(t => t.line.color)).size)"))
                .isEqualTo("2");
        assertThat(browser().run("return String(Math.max(..." + LOSS.substring(7) + ".data.flatMap(t => t.x)))"))
                .isEqualTo("8");
        browser().run("document.querySelector('tr[data-run=one] input').click()");
        browser().await("one run", () -> browser().count("#legend li") == 1);
        assertThat(browser().complaints()).isEmpty();
    }

    private static final String LOSS = "return document.querySelector('[data-chart=loss] .plot')";

    @Test
    void the_list_can_be_filtered_and_sorted_and_fits_a_phone() throws IOException {
        for (int i = 1; i <= 250; i++) {
            Path run = Runs.begin(root, "run-%03d".formatted(i), i % 2 == 0 ? "sgd" : "adam");
            Runs.train(run, 1, 10, i % 7 + 1);
        }
        Runs.finish(root.resolve("run-250"));
        browser().open(address());
        browser().await("all", () -> browser().text("#count").equals("250"));
        assertThat(browser().count("#runs tbody tr")).isEqualTo(200);
        browser().click("#more");
        assertThat(browser().count("#runs tbody tr")).isEqualTo(250);
        browser().click("th[data-sort=name] button");
        browser().awaitText("#runs tbody tr:first-child .name", "run-001");
        browser().click("th[data-sort=best] button");
        browser().awaitText("#runs tbody tr:first-child .best", "90.00 %");
        browser()
                .run(
                        "const f = document.getElementById('filter'); f.value = 'sgd finished'; f.dispatchEvent(new Event('input'))");
        browser().await("one", () -> browser().text("#count").equals("1 of 250"));
        awaitStep(10);
        browser().phone();
        browser().await("narrow", () -> browser().run("return innerWidth").equals(390L));
        assertThat(browser().run("return document.documentElement.scrollWidth")).isEqualTo(390L);
    }

    @Test
    void a_hostile_name_is_text_and_a_hostile_page_reaches_nothing() throws IOException {
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            String outside = "http://localhost:%d/".formatted(stranger.getLocalPort());
            String name = "<img src=x onerror=\"document.title='taken'\"> & %{y}";
            Path run = Runs.begin(root, name, "<b>bold</b>");
            Runs.train(run, 1, 10, 1);
            Files.writeString(run.resolve("report.html"), """
                    <!DOCTYPE html><title>waiting</title><img src="%1$s"><script>
                    const tries = ['%1$s', '%2$sapi/runs'].map(a => fetch(a).then(() => 'reached', () => 'refused'));
                    Promise.all(tries).then(all => { document.title = all.join(' ') + ' ' + origin; });
                    </script>
                    """.formatted(outside, address()));
            browser().open(address());
            browser().awaitText("#runs .name", name);
            assertThat(browser().text("#runs .what")).contains("<b>bold</b>");
            awaitStep(10);
            assertThat(browser().count("#runs img, #legend img, #charts img")).isZero();
            Object fetched =
                    browser().run("return fetch(arguments[0]).then(() => 'reached', () => 'refused')", outside);
            assertThat(fetched).isEqualTo("refused");
            assertThat(browser().text("#runs .pages a")).isEqualTo("report");
            browser().open(address() + "page?run=" + query(name).replace("+", "%20") + "&file=report.html");
            browser()
                    .await(
                            "its script",
                            () -> browser().run("return document.title").equals("refused refused null"));
            stranger.setSoTimeout(1);
            assertThat(isCalled(stranger)).isFalse();
        }
    }

    private static boolean isCalled(ServerSocket server) throws IOException {
        try {
            server.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void the_page_says_that_the_service_is_gone_and_comes_back_with_it() throws IOException {
        Path run = Runs.begin(root, "one", "sgd");
        try (RunDirectory _ = RunDirectory.open(run)) {
            Runs.train(run, 1, 5, 1);
            browser().open(address());
            awaitStep(5);
            int port = dashboard.orElseThrow().address().getPort();
            dashboard.orElseThrow().close();
            browser().awaitText("#connection", "The dashboard does not answer");
            Runs.train(run, 6, 9, 1);
            dashboard = Optional.of(Dashboard.start(root, "localhost", port));
            browser().awaitText("#connection", "Live");
            awaitStep(9);
        }
    }
}
