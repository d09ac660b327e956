package org.thalweg.lab.ledger;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.thalweg.train.data.DataException;
import org.thalweg.train.run.Document;

/**
 * What a long piece of work has found so far, so that it goes on where it was stopped: a file of JSON lines, of which the first
 * says what the work is, and each other one holds a finding under a key. A line is one write; one that was cut short, when the process was
 * killed, is left out. One process at a time has a ledger.
 */
public final class Ledger implements AutoCloseable {
    private static final String KEY = "key";
    private static final int LINE = '\n';

    private final Path file;
    private final SequencedMap<String, Document> found = new LinkedHashMap<>();
    // Not a channel: those are closed when the thread is interrupted.
    private final RandomAccessFile out;

    private Ledger(Path file, RandomAccessFile out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Opens a ledger with what is in it, or begins one.
     *
     * @param file its folder is made if need be
     * @param settings everything that findings depend on, by name
     * @throws IllegalArgumentException if it is that of other settings; the message says what is different
     * @throws IllegalStateException if another process has it
     * @throws DataException if the file is damaged
     */
    public static Ledger open(Path file, Map<String, ?> settings) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
            Ledger ledger = new Ledger(file, out);
            try {
                ledger.lock();
                ledger.read(
                        Document.parse("settings", Document.of(settings).toString())); // numbers as they are read back
                return ledger;
            } catch (RuntimeException | IOException e) {
                out.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read or written: %s".formatted(file, e.getMessage()), e);
        }
    }

    private void lock() throws IOException {
        boolean mine;
        try {
            mine = out.getChannel().tryLock() != null;
        } catch (OverlappingFileLockException e) {
            mine = false;
        }
        if (!mine) {
            throw new IllegalStateException(
                    "%s is in use by another process: wait for its end, or name another folder".formatted(file));
        }
    }

    private void read(Document settings) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(out.length())];
        out.readFully(bytes);
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != LINE) {
            whole--;
        }
        out.setLength(whole);
        out.seek(whole);
        List<String> lines =
                new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty()) {
            write(settings.toString());
            return;
        }
        check(Document.parse(file + ", line 1", lines.getFirst()), settings);
        for (int i = 1; i < lines.size(); i++) {
            Document line = Document.parse("%s, line %d".formatted(file, i + 1), lines.get(i));
            found.put(line.text(KEY), line);
        }
    }

    private void check(Document there, Document wanted) {
        if (!there.equals(wanted)) {
            throw new IllegalArgumentException(
                    "%s is of other settings: there, %s; name another folder, or ask for the same again"
                            .formatted(file, there.differences(wanted)));
        }
    }

    /** What was found under a key. */
    public Optional<Document> find(String key) {
        return Optional.ofNullable(found.get(key));
    }

    /** All that was found, in the order of finding. */
    public List<Document> findings() {
        return List.copyOf(found.sequencedValues());
    }

    /** Whether anything was found under a key. */
    public boolean has(String key) {
        return found.containsKey(key);
    }

    /**
     * Adds a finding.
     *
     * @param key one that there is not yet
     */
    public void add(String key, SequencedMap<String, ?> finding) {
        SequencedMap<String, Object> fields = Document.fields(KEY, key);
        fields.putAll(finding);
        String line = Document.of(fields).toString();
        found.put(key, Document.parse(file.toString(), line));
        try {
            write(line);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    private void write(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }
}
