package org.thalweg.dashboard.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTailTest {
    private static final long MUCH = 1 << 30;

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();
    private Path file = Path.of("");
    private MetricsTail tail = new MetricsTail(file);

    private final MetricsReader reader = new MetricsReader() {
        @Override
        public void restart() {
            lines.clear();
        }

        @Override
        public void line(byte[] bytes, int from, int to) {
            lines.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }
    };

    @BeforeEach
    void aFile() {
        file = folder.resolve("metrics.jsonl");
        tail = new MetricsTail(file);
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void each_line_is_read_once_and_half_a_line_waits_for_its_end() throws IOException {
        assertThat(tail.advance(reader, MUCH)).isZero();
        append("one\ntw");
        tail.advance(reader, MUCH);
        assertThat(lines).containsExactly("one");
        append("o\n\nthree\nfo");
        tail.advance(reader, MUCH);
        tail.advance(reader, MUCH);
        assertThat(lines).containsExactly("one", "two", "", "three");
    }

    @Test
    void a_file_that_was_cut_is_read_anew_also_where_it_has_grown_past_the_place_since() throws IOException {
        append("one\ntwo\nthree\n");
        tail.advance(reader, MUCH);
        Files.writeString(file, "one\n");
        tail.advance(reader, MUCH);
        assertThat(lines).containsExactly("one");
        Files.writeString(file, "one\n2\n3\n4\n5\n6\n");
        tail.advance(reader, MUCH);
        assertThat(lines).containsExactly("one", "2", "3", "4", "5", "6");
        Files.writeString(file, "1\ntwo\n3\n4\n5\n6\n7\n8\n");
        tail.advance(reader, MUCH);
        assertThat(lines).containsExactly("1", "two", "3", "4", "5", "6", "7", "8");
    }

    @Test
    void a_file_that_vanished_or_became_a_link_has_no_lines() throws IOException {
        append("one\n");
        tail.advance(reader, MUCH);
        Path elsewhere = Files.move(file, folder.resolve("elsewhere"));
        tail.advance(reader, MUCH);
        assertThat(lines).isEmpty();
        Files.createSymbolicLink(file, elsewhere);
        tail.advance(reader, MUCH);
        assertThat(lines).isEmpty();
    }

    @Test
    void a_line_without_end_is_left_out_and_takes_no_more_memory() throws IOException {
        String endless = "x".repeat(3_000_000);
        append("one\n" + endless);
        tail.advance(reader, MUCH);
        append(endless + "\ntwo\n" + "y".repeat(1_000_000) + "\nthree\n");
        tail.advance(reader, MUCH);
        assertThat(lines).hasSize(4).startsWith("one", "two").endsWith("three");
        assertThat(lines.get(2)).hasSize(1_000_000);
    }

    @Test
    void a_budget_is_kept_and_the_next_call_goes_on() throws IOException {
        StringBuilder text = new StringBuilder();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            all.add("line " + i);
            text.append("line ").append(i).append('\n');
        }
        append(text.toString());
        long read = tail.advance(reader, 100_000);
        assertThat(read).isBetween(100_000L, 200_000L);
        assertThat(lines).hasSizeBetween(8_000, 20_000);
        while (tail.advance(reader, 100_000) >= 100_000) {
            // until all is read
        }
        assertThat(lines).isEqualTo(all);
    }
}
