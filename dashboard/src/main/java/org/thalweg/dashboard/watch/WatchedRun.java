package org.thalweg.dashboard.watch;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.thalweg.dashboard.watch.RunCard.State;
import org.thalweg.train.run.RunDirectory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run's directory under watch. Nothing in it is ever written. */
final class WatchedRun {
    static final String CONFIG = "config.json";
    static final String METRICS = "metrics.jsonl";
    private static final String RESULT = "result.json";
    /** Longer texts are cut. */
    private static final int LONGEST = 300;

    private final String name;
    private final Path path;
    private final MetricsTail tail;
    private final Summary summary = new Summary();
    private Optional<FileTime> configTime = Optional.empty();
    private JsonNode config = JsonMapper.shared().createObjectNode();
    private Optional<RunCard> card = Optional.empty();

    WatchedRun(String name, Path path) {
        this.name = name;
        this.path = path;
        this.tail = new MetricsTail(path.resolve(METRICS));
    }

    /** Whether a folder is a run's directory. */
    static boolean isRun(Path folder) {
        return SafeFiles.attributes(folder.resolve(METRICS)).isPresent()
                || SafeFiles.attributes(folder.resolve(CONFIG)).isPresent();
    }

    Path path() {
        return path;
    }

    /** What is known since the last refresh. */
    Optional<RunCard> card() {
        return card;
    }

    /**
     * Looks at what has changed.
     *
     * @param budget about how many bytes are read at most
     * @return how many were
     */
    long refresh(long budget) {
        Optional<FileTime> time = SafeFiles.attributes(path.resolve(CONFIG)).map(BasicFileAttributes::lastModifiedTime);
        if (!time.equals(configTime)) {
            config = SafeFiles.document(path.resolve(CONFIG));
            configTime = time;
        }
        long read = tail.advance(summary, budget);
        card = Optional.of(describe());
        return read;
    }

    private RunCard describe() {
        State state = state();
        long epochs = Math.max(0, config.path("epochs").asLong(0));
        Summary.Step step = summary.step();
        Optional<Double> progress = state == State.FINISHED
                ? Optional.of(1.0)
                : Optional.of(summary.passed(stepsPerEpoch()) / epochs).filter(Double::isFinite);
        return new RunCard(
                name,
                text(config.path("data").path("name")),
                text(config.path("model").path("name")),
                text(config.path("rule")),
                text(config.path("schedule")),
                state,
                state == State.STOPPED || state == State.FAILED
                        ? cut(summary.ending().map(Summary.Ending::message).orElse(""))
                        : "",
                started(),
                updated(),
                step.number(),
                summary.epoch(),
                epochs,
                progress.map(it -> Math.clamp(it, 0, 1)),
                step.loss(),
                summary.best(),
                Pages.of(path, 1).list());
    }

    private State state() {
        if (SafeFiles.attributes(path.resolve(RESULT)).isPresent()) {
            return State.FINISHED;
        }
        if (RunDirectory.isRunning(path)) {
            return State.RUNNING;
        }
        return summary.ending().filter(Summary.Ending::failed).isPresent() ? State.FAILED : State.STOPPED;
    }

    private Optional<Long> started() {
        try {
            return Optional.of(
                    Instant.parse(config.path("started").asString("")).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private long updated() {
        return SafeFiles.attributes(path.resolve(METRICS))
                .or(() -> SafeFiles.attributes(path.resolve(CONFIG)))
                .map(it -> it.lastModifiedTime().toMillis())
                .orElse(0L);
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? cut(value.asString("")) : "";
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** As far as it follows from the configuration; NaN if it does not. */
    double stepsPerEpoch() {
        long batch = config.path("batch").asLong(0);
        long examples = config.path("data").path("train").asLong(0);
        return batch > 0 && examples >= batch ? (double) (examples / batch) : Double.NaN;
    }
}
