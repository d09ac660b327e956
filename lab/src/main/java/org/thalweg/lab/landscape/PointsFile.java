package org.thalweg.lab.landscape;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.thalweg.train.Score;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Points of a landscape, saved as they come: the first line says which landscape it is, and each other one holds a point, all as
 * JSON. A line that was cut short is ignored, and what is in a file of another landscape is replaced.
 */
final class PointsFile implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String POINT = "point";
    private static final String LOSS = "loss";

    private final Path path;
    private final Map<Integer, Score> points = new HashMap<>();
    // Not a channel: those are closed when the thread is interrupted.
    private final RandomAccessFile file;

    /**
     * Opens it, with the points that are there already.
     *
     * @param path its folder is made if need be
     * @param settings everything that the points depend on
     */
    PointsFile(Path path, Map<String, Object> settings) {
        this.path = path;
        String first = MAPPER.writeValueAsString(settings);
        try {
            Files.createDirectories(Objects.requireNonNull(path.toAbsolutePath().getParent()));
            List<String> lines = Files.isRegularFile(path) ? lines(path) : List.of();
            boolean same = !lines.isEmpty() && lines.getFirst().equals(first);
            file = new RandomAccessFile(path.toFile(), "rw");
            if (same) {
                lines.stream().skip(1).forEach(this::read);
                endLastLine();
            } else {
                file.setLength(0);
                write(first);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read or written: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static List<String> lines(Path path) throws IOException {
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private void read(String line) {
        try {
            JsonNode json = MAPPER.readTree(line);
            if (json.path(POINT).isInt() && json.has(LOSS)) {
                SequencedMap<String, Double> metrics = new LinkedHashMap<>();
                json.properties().forEach(entry -> {
                    if (!entry.getKey().equals(POINT) && !entry.getKey().equals(LOSS)) {
                        metrics.put(entry.getKey(), number(entry.getValue()));
                    }
                });
                points.put(json.path(POINT).intValue(), new Score(number(json.path(LOSS)), metrics));
            }
        } catch (JacksonException e) {
            // Cut short, when the process was killed: the point is computed again.
        }
    }

    /** Numbers that are not finite are words in JSON. */
    private static double number(JsonNode json) {
        return json.isNumber() ? json.doubleValue() : Double.parseDouble(json.asString("NaN"));
    }

    private void endLastLine() throws IOException {
        long length = file.length();
        file.seek(length - 1);
        if (file.read() != '\n') {
            file.write('\n');
        }
    }

    /** The points that there are, by number. */
    Map<Integer, Score> points() {
        return Map.copyOf(points);
    }

    /** Adds a point, in one write. */
    void add(int point, Score score) {
        points.put(point, score);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(POINT, point);
        line.put(LOSS, score.loss());
        line.putAll(score.metrics());
        try {
            write(MAPPER.writeValueAsString(line));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written: %s".formatted(path, e.getMessage()), e);
        }
    }

    private void write(String line) throws IOException {
        file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written: %s".formatted(path, e.getMessage()), e);
        }
    }
}
