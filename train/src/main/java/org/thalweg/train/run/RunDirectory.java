package org.thalweg.train.run;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.thalweg.train.model.Network;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run leaves on disk: {@code config.json} first, a line at a time in {@code metrics.jsonl}, and at the end
 * {@code weights.safetensors} and {@code result.json}. A run that was cut short has valid files, and no
 * {@code result.json}.
 */
public final class RunDirectory implements AutoCloseable {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path path;
    private final FileOutputStream metrics;

    private RunDirectory(Path path) throws IOException {
        this.path = path;
        // Not a channel: those are closed when the thread is interrupted, and the last line is written after that.
        this.metrics = new FileOutputStream(path.resolve("metrics.jsonl").toFile());
    }

    /**
     * Makes a new directory, called after the run and the time.
     *
     * @param runs its parent, made if need be
     * @throws UncheckedIOException if that cannot be done
     */
    public static RunDirectory create(Path runs, String name) {
        String stamped = name + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP);
        try {
            Files.createDirectories(runs);
            for (int copy = 1; ; copy++) {
                try {
                    Path path = runs.resolve(copy == 1 ? stamped : stamped + "-" + copy);
                    return new RunDirectory(Files.createDirectory(path));
                } catch (FileAlreadyExistsException e) {
                    // Another run began in the same second: try the next number.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a run directory cannot be made in %s: %s".formatted(runs, e), e);
        }
    }

    public Path path() {
        return path;
    }

    /** Writes {@code config.json}. */
    public void config(Map<String, Object> config) {
        document("config.json", config);
    }

    /** Adds one line to {@code metrics.jsonl}, in one write, so that a killed process leaves whole lines. */
    public void metrics(Map<String, Object> line) {
        try {
            metrics.write((JSON.writeValueAsString(finite(line)) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("metrics cannot be written to %s: %s".formatted(path, e), e);
        }
    }

    /** Writes {@code weights.safetensors}. */
    public void weights(Network network) {
        Safetensors.write(path.resolve("weights.safetensors"), network.weights(), Map.of("format", "pt"));
    }

    /** Writes {@code examination.json}: a close look at what was trained. */
    public void examination(Map<String, Object> examination) {
        document("examination.json", examination);
    }

    /** Writes {@code result.json}, which marks the run as completed. */
    public void result(Map<String, Object> result) {
        document("result.json", result);
    }

    @Override
    public void close() {
        try (metrics) {
            metrics.getFD().sync();
        } catch (IOException e) {
            throw new UncheckedIOException("metrics cannot be written to %s: %s".formatted(path, e), e);
        }
    }

    private void document(String file, Map<String, Object> content) {
        byte[] text = (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(finite(content)) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(path.resolve(file), out -> out.write(text));
    }

    /** JSON has no NaN and no infinity: such a number is left out. */
    private static Map<String, Object> finite(Map<String, Object> content) {
        Map<String, Object> clean = new LinkedHashMap<>(content);
        clean.values().removeIf(value -> value instanceof Double number && !Double.isFinite(number));
        return clean;
    }
}
