package org.thalweg.dashboard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.lab.svg.Assets;

@Timeout(300)
class DashboardTest {
    /** A server that says nothing for so many milliseconds hangs. */
    private static final int HANGING = 20_000;

    private static final String SECRET = "nobody's business";

    @TempDir
    private Path root;

    private Optional<Dashboard> dashboard = Optional.empty();

    /** A run with a page, beside a claim, and around both files that are nobody's business. */
    @BeforeEach
    void aDashboard() throws IOException {
        Path runs = Files.createDirectory(root.resolve("runs"));
        Path run = Runs.begin(runs, "a run & more", "adam");
        Runs.train(run, 1, 20, 1);
        Files.writeString(run.resolve("report.html"), "<!DOCTYPE html><title>a report</title>");
        Files.writeString(run.resolve("secret.txt"), SECRET);
        Files.writeString(root.resolve("secret.html"), SECRET);
        Files.writeString(runs.resolve("secret.html"), SECRET);
        Files.createSymbolicLink(run.resolve("link.html"), root.resolve("secret.html"));
        Files.createSymbolicLink(runs.resolve("link"), root);
        Files.createDirectories(root.resolve("claims/C05"));
        Files.writeString(root.resolve("claims/C05/page.html"), "a claim");
        dashboard = Optional.of(Dashboard.start(runs, Optional.of(root.resolve("claims")), "localhost", 0));
    }

    @AfterEach
    void closed() {
        dashboard.ifPresent(Dashboard::close);
    }

    private int port() {
        return dashboard.orElseThrow().address().getPort();
    }

    /** What the server answers to these very bytes, one per character. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("localhost"), port())) {
            socket.setSoTimeout(HANGING);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private String get(String target, String host) throws IOException {
        return raw("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(target, host));
    }

    private String get(String target) throws IOException {
        return get(target, "localhost:" + port());
    }

    private static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void the_page_and_all_that_it_needs_is_served_from_here() throws IOException {
        String page = get("/");
        assertThat(page)
                .startsWith("HTTP/1.1 200")
                .contains("<title>Runs · Thalweg</title>".replace("·", "\u00c2\u00b7"));
        assertThat(page).contains("Content-Security-Policy: default-src 'none'; script-src 'self'");
        for (String file :
                new String[] {"/dashboard.js", "/runs.js", "/charts.js", "/dashboard.css", "/house.css", "/icon.svg"}) {
            assertThat(page + get("/dashboard.js")).contains(file.substring(1));
            assertThat(get(file)).startsWith("HTTP/1.1 200").contains("nosniff").doesNotContain("https://");
        }
        assertThat(get("/plotly.js"))
                .startsWith("HTTP/1.1 200")
                .contains("Plotly")
                .doesNotContain("gzip\r\n");
        String compressed =
                raw("GET /plotly.js HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n");
        assertThat(compressed).contains("Content-Encoding: gzip").endsWith(new String(Assets.plotly(), ISO_8859_1));
        String tag = page.lines()
                .filter(line -> line.startsWith("ETag: "))
                .findFirst()
                .orElseThrow()
                .substring(6);
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: %s\r\nConnection: close\r\n\r\n"
                        .formatted(tag)))
                .startsWith("HTTP/1.1 304");
    }

    @Test
    void runs_curves_pages_and_claims_are_told() throws IOException {
        assertThat(get("/api/runs"))
                .contains("\"name\":\"a run & more\"", "\"pages\":[\"report.html\"]", "\"claims\":[\"C05/page.html\"]");
        assertThat(get("/api/curves?run=" + query("a run & more"))).contains("\"chart\":\"accuracy\"");
        assertThat(get("/page?run=" + query("a run & more") + "&file=report.html"))
                .contains("Content-Security-Policy: sandbox allow-scripts", "<title>a report</title>")
                .doesNotContain("script-src 'self'");
        assertThat(get("/page?file=" + query("C05/page.html"))).endsWith("a claim");
    }

    /** Events come until the service ends, and that ends them. */
    @Test
    void changes_are_told_as_they_come() throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("localhost"), port())) {
            socket.setSoTimeout(HANGING);
            socket.getOutputStream()
                    .write(
                            "GET /api/live?run=%s&run=none HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                                    .formatted(query("a run & more"))
                                    .getBytes(ISO_8859_1));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(next(lines, "event:runs")).contains("\"first\":true", "\"step\":20");
            assertThat(next(lines, "event:curves")).contains("\"run\":\"a run & more\"", "20.0]");
            assertThat(next(lines, "event:missing")).contains("\"run\":\"none\"");
            Runs.train(root.resolve("runs/a run & more"), 21, 23, 1);
            assertThat(next(lines, "event:curves")).contains("23.0]");
            Runs.begin(root.resolve("runs"), "none", "sgd");
            assertThat(next(lines, "event:curves")).contains("\"run\":\"none\"", "\"curves\":[]");
            dashboard.ifPresent(Dashboard::close);
            while (lines.readLine() != null) {
                // until its end
            }
        }
    }

    private static String next(BufferedReader lines, String event) throws IOException {
        while (true) {
            String line = lines.readLine();
            assertThat(line).as("before " + event).isNotNull();
            if (line.strip().equals(event)) {
                return lines.readLine();
            }
        }
    }

    /** Names that would lead elsewhere if an address were a path. */
    static Stream<String> strangers() {
        return Stream.of(
                "/../secret.html",
                "/runs/../../secret.html",
                "/%2e%2e/secret.html",
                "/..%2fsecret.html",
                "/secret.html",
                "/page",
                "/page?run=link&file=secret.html",
                "/page?run=.&file=secret.html",
                "/page?run=..&file=secret.html",
                "/page?run=&file=secret.html",
                "/page?run=a+run+%26+more&file=secret.txt",
                "/page?run=a+run+%26+more&file=link.html",
                "/page?run=a+run+%26+more&file=../secret.html",
                "/page?run=a+run+%26+more&file=..%2Fsecret.html",
                "/page?run=a+run+%26+more&file=%2e%2e%2fsecret.html",
                "/page?run=a+run+%26+more&file=%252e%252e%252fsecret.html",
                "/page?run=a+run+%26+more&file=report.html%00.txt",
                "/page?run=a+run+%26+more&file=report.html%00",
                "/page?run=a+run+%26+more%2F..%2F..&file=secret.html",
                "/page?run=a+run+%26+more/&file=report.html",
                "/page?file=../secret.html",
                "/page?file=C05%2F..%2F..%2Fsecret.html",
                "/page?file=%2Fetc%2Fpasswd.html",
                "/api/curves?run=..",
                "/api/curves?run=%00",
                "/api/curves?run=" + "x".repeat(20_000),
                "/api/curves?run=" + "..%2F".repeat(2_000),
                "/api/curves");
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void a_name_that_leads_elsewhere_finds_nothing(String target) throws IOException {
        assertThat(get(target))
                .matches(answer -> answer.startsWith("HTTP/1.1 404") || answer.startsWith("HTTP/1.1 400"))
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/curves?run=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET http://evil.example/api/runs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
                "POST /api/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                "DELETE /api/runs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "BREW / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/runs HTTP/1.1\r\nConnection: close\r\n\r\n"
            })
    void what_is_no_proper_question_is_refused(String request) throws IOException {
        assertThat(raw(request)).startsWith("HTTP/1.1 4").doesNotContain("a run & more");
        assertThat(get("/api/runs")).startsWith("HTTP/1.1 200");
    }

    @Test
    void what_is_not_http_gets_no_answer() throws IOException {
        assertThat(raw("nonsense\r\n\r\n")).isEmpty();
        assertThat(get("/api/runs")).startsWith("HTTP/1.1 200");
    }

    @Test
    void an_address_of_endless_length_is_refused() throws IOException {
        assertThat(get("/api/curves?run=" + "x".repeat(100_000))).startsWith("HTTP/1.1 414");
    }

    @Test
    void too_many_runs_at_once_are_refused() throws IOException {
        assertThat(get("/api/live?" + "run=%d&".repeat(13).formatted(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)))
                .startsWith("HTTP/1.1 400")
                .contains("At most 12 runs");
    }

    /** A stranger's name that was rebound to this machine. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:6070",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "[evil]",
                "evil@localhost",
                "",
                "localhost:x"
            })
    void who_calls_this_machine_by_another_name_is_refused(String host) throws IOException {
        assertThat(get("/api/runs", host)).startsWith("HTTP/1.1 4").doesNotContain("a run & more");
        assertThat(get("/", host)).startsWith("HTTP/1.1 4").doesNotContain("<html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9", "127.0.0.1:8000", "[::1]:80", "192.168.1.7"})
    void who_calls_it_by_a_number_or_its_own_name_is_answered(String host) throws IOException {
        assertThat(get("/api/runs", host)).startsWith("HTTP/1.1 200");
    }

    @Test
    void nothing_is_ever_written_to_the_runs() throws IOException {
        String before = tree();
        get("/api/runs");
        get("/api/curves?run=" + query("a run & more"));
        get("/page?run=" + query("a run & more") + "&file=report.html");
        assertThat(tree()).isEqualTo(before);
    }

    private String tree() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            StringBuilder tree = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                tree.append(file)
                        .append(' ')
                        .append(Files.getLastModifiedTime(file))
                        .append('\n');
            }
            return tree.toString();
        }
    }

    @Test
    void a_port_in_use_and_an_unknown_host_are_told_in_a_sentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Dashboard.start(root, "localhost", taken.getLocalPort()))
                    .withMessageContaining("nothing can be served at port " + taken.getLocalPort())
                    .withMessageContaining("give another --port");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dashboard.start(root, "no.such.host.invalid", 0))
                .withMessageStartingWith("there is no host 'no.such.host.invalid'");
    }
}
