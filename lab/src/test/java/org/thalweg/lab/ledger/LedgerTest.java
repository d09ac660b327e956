package org.thalweg.lab.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.train.data.DataException;
import org.thalweg.train.run.Document;

class LedgerTest {
    private static final Map<String, Object> SETTINGS = Document.fields("seeds", 3, "rate", 0.5, "seed", 1L);

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void begin() {
        file = folder.resolve("deep/ledger.jsonl");
        try (Ledger ledger = Ledger.open(file, SETTINGS)) {
            ledger.add("one", Document.fields("value", 1, "loss", Double.NaN));
            ledger.add("two", Document.fields("value", 2, "loss", 0.1));
        }
    }

    @Test
    void has_what_was_found_before() {
        try (Ledger ledger = Ledger.open(file, SETTINGS)) {
            assertThat(ledger.has("one")).isTrue();
            assertThat(ledger.has("three")).isFalse();
            Document one = ledger.find("one").orElseThrow();
            assertThat(one.whole("value", 0, 9)).isEqualTo(1);
            assertThat(one.number("loss")).isNaN();
            assertThat(ledger.find("two").orElseThrow().number("loss")).isEqualTo(0.1);
        }
    }

    @Test
    void leaves_out_a_line_that_was_cut_short_wherever_it_was_cut() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        String text = Files.readString(file);
        int lastLine = text.lastIndexOf('\n', text.length() - 2) + 1;
        for (int length = lastLine; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (Ledger ledger = Ledger.open(file, SETTINGS)) {
                assertThat(ledger.has("one")).isTrue();
                assertThat(ledger.has("two")).isFalse();
                ledger.add("two", Document.fields("value", 2, "loss", 0.1));
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    @Test
    void refuses_other_settings_and_says_which() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ledger.open(file, Document.fields("seeds", 5, "rate", 0.5, "seed", 1L)))
                .withMessageContaining("there, seeds 3, not 5")
                .withMessageContaining("name another folder");
        try (Ledger ledger = Ledger.open(file, SETTINGS)) {
            assertThat(ledger.has("two")).isTrue();
        }
    }

    @Test
    void is_one_processes_at_a_time() {
        try (Ledger _ = Ledger.open(file, SETTINGS)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Ledger.open(file, SETTINGS))
                    .withMessageContaining("in use");
        }
    }

    @Test
    void tells_the_line_that_is_damaged() throws IOException {
        Files.writeString(file, Files.readString(file).replaceFirst("\\{\"key\":\"one\"", "nonsense"));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Ledger.open(file, SETTINGS))
                .withMessageContaining("line 2");
        Files.write(file, new byte[] {(byte) 0xff, 0, '\n'});
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Ledger.open(file, SETTINGS))
                .withMessageContaining("line 1");
    }
}
