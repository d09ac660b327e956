package org.thalweg.lab.picture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.Score;
import org.thalweg.train.StepMetrics;
import org.thalweg.train.data.DataException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run's directory tells about its course, whether the run ended, failed or was cut off.
 *
 * @param title data, model and rule, as far as they are known
 * @param remarks what else there is to know about the run, in a few words each
 * @param steps the steps that were logged; at least one. A number that was not finite is NaN
 * @param epochs the epochs that were completed
 */
public record RunLog(String title, List<String> remarks, List<StepMetrics> steps, List<EpochMetrics> epochs) {
    private static final String CONFIG = "config.json";
    private static final String METRICS = "metrics.jsonl";

    public RunLog {
        remarks = List.copyOf(remarks);
        steps = List.copyOf(steps);
        epochs = List.copyOf(epochs);
    }

    /**
     * Reads a run.
     *
     * @param directory one that {@code thalweg train} has made
     * @throws IllegalArgumentException if it is no run's directory
     * @throws DataException if it holds no step yet, or is damaged
     * @throws UncheckedIOException if it cannot be read
     */
    public static RunLog read(Path directory) {
        Path metrics = directory.resolve(METRICS);
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    "there is no run directory %s: give one that thalweg train has made".formatted(directory));
        }
        if (!Files.isRegularFile(metrics)) {
            throw new IllegalArgumentException(
                    "%s is no run directory, for it holds no %s: give one that thalweg train has made"
                            .formatted(directory, METRICS));
        }
        List<StepMetrics> steps = new ArrayList<>();
        List<EpochMetrics> epochs = new ArrayList<>();
        for (JsonNode line : lines(metrics)) {
            switch (line.path("type").asString("")) {
                case "step" -> steps.add(step(line));
                case "epoch" -> epochs.add(epoch(line));
                default -> {} // What later versions add, and the failure that ended a run, is not drawn.
            }
        }
        if (steps.isEmpty()) {
            throw new DataException(
                    "the run in %s has not completed a step: there is nothing to draw".formatted(directory));
        }
        JsonNode config = config(directory.resolve(CONFIG));
        return new RunLog(title(config, directory), remarks(config), steps, epochs);
    }

    private static List<JsonNode> lines(Path metrics) {
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(metrics)) {
            String line = reader.readLine();
            for (int number = 1; line != null; number++) {
                String next = reader.readLine();
                Optional<JsonNode> node = parse(line);
                if (node.isEmpty() && next != null) {
                    throw new DataException("%s is damaged: line %d is no JSON object".formatted(metrics, number));
                }
                node.ifPresent(lines::add); // The last line of a run that was killed may be half a line.
                line = next;
            }
        } catch (CharacterCodingException e) {
            throw new DataException("%s is damaged: it is no UTF-8 text".formatted(metrics), e);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read: %s".formatted(metrics, e), e);
        }
        return lines;
    }

    private static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(JsonMapper.shared().readTree(text)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** The configuration; nothing in it where there is none, for the curves can be drawn without. */
    private static JsonNode config(Path file) {
        try {
            return parse(Files.readString(file, StandardCharsets.UTF_8))
                    .orElseGet(JsonMapper.shared()::createObjectNode);
        } catch (IOException e) {
            return JsonMapper.shared().createObjectNode();
        }
    }

    private static String title(JsonNode config, Path directory) {
        List<String> parts = new ArrayList<>();
        add(parts, "%s", config.path("data").path("name"));
        add(parts, "%s", config.path("model").path("name"));
        add(parts, "%s", config.path("rule"));
        return parts.isEmpty() ? String.valueOf(directory.toAbsolutePath().getFileName()) : String.join(" · ", parts);
    }

    private static List<String> remarks(JsonNode config) {
        List<String> remarks = new ArrayList<>();
        JsonNode parameters = config.path("parameters");
        if (parameters.isNumber()) {
            remarks.add("%,d parameters".formatted(parameters.longValue()));
        }
        add(remarks, "batch %s", config.path("batch"));
        add(remarks, "seed %s", config.path("seed"));
        add(remarks, "%s", config.path("schedule"));
        return remarks;
    }

    private static void add(List<String> texts, String form, JsonNode value) {
        if (value.isString() || value.isNumber()) {
            texts.add(form.formatted(value.asString()));
        }
    }

    private static StepMetrics step(JsonNode line) {
        return new StepMetrics(
                line.path("step").asLong(0),
                line.path("epoch").asInt(0),
                number(line, "loss"),
                number(line, "rate"),
                number(line, "millis"));
    }

    private static EpochMetrics epoch(JsonNode line) {
        Optional<Score> validation = Optional.of(line)
                .filter(l -> l.has("validationLoss"))
                .map(l -> new Score(number(l, "validationLoss"), number(l, "validationAccuracy")));
        return new EpochMetrics(
                line.path("epoch").asInt(0),
                line.path("step").asLong(0),
                number(line, "trainLoss"),
                validation,
                new Score(number(line, "testLoss"), number(line, "testAccuracy")),
                number(line, "seconds"));
    }

    private static double number(JsonNode line, String name) {
        JsonNode value = line.path(name);
        return value.isNumber() ? value.doubleValue() : Double.NaN;
    }
}
