package org.thalweg.train.run;

import java.io.IOException;
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
import java.util.Optional;
import java.util.SequencedMap;
import org.thalweg.train.data.DataException;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.StoredTensor;

/**
 * What a run leaves on disk: {@code config.json} first, a line at a time in {@code metrics.jsonl}, {@link Checkpoints} as it
 * goes, and at the end {@code weights.safetensors} and {@code result.json}. A run that was cut short has valid files, and no
 * {@code result.json}. One process at a time has the directory.
 */
public final class RunDirectory implements RunFiles {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    /** What the trained weights are called in a run's directory. */
    public static final String WEIGHTS = "weights.safetensors";

    private static final String CONFIG = "config.json";
    private static final String METRICS = "metrics.jsonl";
    private static final String RESULT = "result.json";

    private final Path path;
    private final RunLock lock;
    private final Checkpoints checkpoints;
    private final Map<String, AppendedFile> appended = new LinkedHashMap<>();
    private Map<String, Long> lengths = Map.of();

    private RunDirectory(Path path) {
        this.path = path;
        this.lock = RunLock.take(path);
        this.checkpoints = new Checkpoints(path);
    }

    /**
     * Makes a new directory, called after the run and the time.
     *
     * @param runs its parent, made if need be
     * @throws RunException if that cannot be done
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
            throw new RunException("a run directory cannot be made in %s: %s".formatted(runs, Disk.reason(e)), e);
        }
    }

    /**
     * Opens the directory of a run that has begun, to go on with it, and clears away what a process that was killed has left
     * half written.
     *
     * @throws IllegalArgumentException if it is no run's directory
     * @throws RunException if the run was stopped before it began, or goes on in another process
     */
    public static RunDirectory open(Path path) {
        check(path);
        RunDirectory run = new RunDirectory(path);
        run.checkpoints.clearDrafts();
        return run;
    }

    /**
     * Reads a run's {@code config.json} without opening the directory.
     *
     * @throws IllegalArgumentException if it is no run's directory
     * @throws RunException if the run was stopped before it began
     * @throws DataException if the file is damaged
     */
    public static Document readConfig(Path path) {
        check(path);
        return Document.read(path.resolve(CONFIG));
    }

    /**
     * Reads a completed run's {@code result.json} without opening the directory.
     *
     * @throws DataException if there is none, or it is damaged
     */
    public static Document readResult(Path path) {
        return Document.read(path.resolve(RESULT));
    }

    /**
     * Whether a process goes on with the run in a directory now. Nothing is written, and whoever starts or resumes the run at that
     * moment is not disturbed.
     *
     * @return false also where there is no run, or where that cannot be told
     */
    public static boolean isRunning(Path path) {
        return RunLock.isTaken(path);
    }

    private static void check(Path path) {
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException(
                    "there is no run directory %s: give one that thalweg train has made".formatted(path));
        }
        if (!Files.isRegularFile(path.resolve(CONFIG))) {
            throw new RunException(
                    "%s holds no %s: it is no run, or one that was stopped before it began; start a new one"
                            .formatted(path, CONFIG));
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Optional<RunDirectory> directory() {
        return Optional.of(this);
    }

    @Override
    public Checkpoints checkpoints() {
        return checkpoints;
    }

    @Override
    public void config(Map<String, Object> config) {
        document(CONFIG, config);
    }

    /**
     * Reads {@code config.json}.
     *
     * @throws DataException if it is damaged
     */
    @Override
    public Document config() {
        return Document.read(path.resolve(CONFIG));
    }

    /**
     * A file in the directory that grows with the run. When the run goes back to a checkpoint, so does the file.
     *
     * @param name without a folder
     */
    public AppendedFile appended(String name) {
        if (!Path.of(name).getFileName().toString().equals(name)) {
            throw new IllegalArgumentException("a file of a run has a name without a folder, not " + name);
        }
        return appended.computeIfAbsent(name, key -> {
            AppendedFile file = new AppendedFile(path.resolve(key));
            file.cut(lengths.getOrDefault(key, 0L));
            return file;
        });
    }

    @Override
    public void metrics(Map<String, Object> line) {
        String text = Json.MAPPER.writeValueAsString(finite(line)) + "\n";
        appended(METRICS).append(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, Long> lengths() {
        Map<String, Long> now = new LinkedHashMap<>(lengths); // files that nothing was added to since then
        appended.forEach((name, file) -> {
            file.sync();
            now.put(name, file.length());
        });
        return now;
    }

    @Override
    public void goBack(Map<String, Long> before) {
        lengths = Map.copyOf(before);
        appended.forEach((name, file) -> file.cut(lengths.getOrDefault(name, 0L)));
    }

    @Override
    public void weights(Network network) {
        network.exportScripts(path);
        Safetensors.write(path.resolve(WEIGHTS), network.weights(), Map.of("format", "pt"));
    }

    /** Writes {@code examination.json}: a close look at what was trained. */
    public void examination(Map<String, Object> examination) {
        document("examination.json", examination);
    }

    @Override
    public void saveSnapshot(int number, Network network) {
        Path file = snapshot(number);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw Disk.failure(file, e);
        }
        Safetensors.write(file, network.weights(), Map.of("format", "pt"));
    }

    @Override
    public SequencedMap<String, StoredTensor> loadSnapshot(int number) {
        return Safetensors.read(snapshot(number));
    }

    private Path snapshot(int number) {
        return path.resolve("snapshots").resolve(number + ".safetensors");
    }

    @Override
    public void result(Map<String, Object> result) {
        document(RESULT, result);
    }

    @Override
    public Optional<Document> result() {
        Path file = path.resolve(RESULT);
        return Files.exists(file) ? Optional.of(Document.read(file)) : Optional.empty();
    }

    @Override
    public void close() {
        try (lock) {
            appended.values().forEach(AppendedFile::close);
        }
    }

    private void document(String file, Map<String, Object> content) {
        Disk.replace(path.resolve(file), Json.content(finite(content)));
    }

    /** JSON has no NaN and no infinity: such a number is left out. */
    private static Map<String, Object> finite(Map<String, Object> content) {
        Map<String, Object> clean = new LinkedHashMap<>(content);
        clean.values().removeIf(value -> value instanceof Double number && !Double.isFinite(number));
        return clean;
    }
}
