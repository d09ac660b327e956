package org.thalweg.lab.picture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.Score;
import org.thalweg.train.StepMetrics;
import org.thalweg.train.data.DataException;
import org.thalweg.train.metrics.LayerStatistics;
import org.thalweg.train.metrics.LayerStatistics.Moments;
import org.thalweg.train.noise.NoiseScale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run's directory tells about its course, whether the run ended, failed or was cut off.
 *
 * @param title data, model and rule, as far as they are known
 * @param remarks what else there is to know about the run, in a few words each
 * @param loss what was made small, with its unit, as far as it is known: {@code cross-entropy, nats}
 * @param steps the steps that were logged; at least one. A number that was not finite is NaN
 * @param epochs the epochs that were completed
 * @param layers what went on inside the network, if that was recorded
 * @param noise the gradient noise scale after each measurement, if it was measured
 * @param failure what ended the run early, if something did
 */
public record RunLog(
        String title,
        List<String> remarks,
        String loss,
        List<StepMetrics> steps,
        List<EpochMetrics> epochs,
        List<LayerStatistics> layers,
        List<Noise> noise,
        Optional<String> failure) {
    private static final String CONFIG = "config.json";
    private static final String METRICS = "metrics.jsonl";

    public RunLog {
        remarks = List.copyOf(remarks);
        steps = List.copyOf(steps);
        epochs = List.copyOf(epochs);
        layers = List.copyOf(layers);
        noise = List.copyOf(noise);
    }

    /**
     * The gradient noise scale at a step.
     *
     * @param step from 1
     * @param scale of the measurements so far; numbers that were not finite are NaN
     */
    public record Noise(long step, NoiseScale scale) {}

    /** A run that nothing ended early, without statistics of its layers. */
    public RunLog(String title, List<String> remarks, List<StepMetrics> steps, List<EpochMetrics> epochs) {
        this(title, remarks, "", steps, epochs, List.of(), List.of(), Optional.empty());
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
        List<LayerStatistics> layers = new ArrayList<>();
        List<Noise> noise = new ArrayList<>();
        Optional<String> end = Optional.empty();
        for (JsonNode line : lines(metrics)) {
            switch (line.path("type").asString("")) {
                case "step" -> {
                    steps.add(step(line));
                    end = Optional.empty(); // What had stopped the run was mended.
                }
                case "epoch" -> epochs.add(epoch(line));
                case "layers" -> layers.add(layers(line));
                case "noise" -> noise.add(noise(line));
                case "failure", "stopped" -> end = line.path("message").asStringOpt();
                default -> {} // What later versions add is not drawn.
            }
        }
        if (steps.isEmpty()) {
            throw new DataException(
                    "the run in %s has not completed a step: there is nothing to draw".formatted(directory));
        }
        JsonNode config = config(directory.resolve(CONFIG));
        return new RunLog(title(config, directory), remarks(config), loss(config), steps, epochs, layers, noise, end);
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

    /** A run without the name of its loss is from a time when there was only one. */
    private static String loss(JsonNode config) {
        String loss = config.path("loss").asString("cross-entropy");
        return loss.startsWith("cross-entropy") ? loss + ", nats" : loss;
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
        return new EpochMetrics(
                line.path("epoch").asInt(0),
                line.path("step").asLong(0),
                number(line, "trainLoss"),
                Optional.of(line).filter(l -> l.has("validationLoss")).map(l -> score(l, "validation")),
                score(line, "test"),
                number(line, "seconds"));
    }

    /** The loss and every other number whose name begins with the part's, such as {@code testAccuracy}. */
    private static Score score(JsonNode line, String part) {
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        for (String name : line.propertyNames()) {
            String rest = name.startsWith(part) ? name.substring(part.length()) : "";
            if (!rest.isEmpty() && !rest.equals("Loss")) {
                metrics.put(Character.toLowerCase(rest.charAt(0)) + rest.substring(1), number(line, name));
            }
        }
        return new Score(number(line, part + "Loss"), metrics);
    }

    private static LayerStatistics layers(JsonNode line) {
        SequencedMap<String, Double> ratios = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : line.path("ratios").properties()) {
            ratios.put(entry.getKey(), entry.getValue().asDouble(Double.NaN));
        }
        SequencedMap<String, Moments> activations = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : line.path("activations").properties()) {
            JsonNode moments = entry.getValue();
            activations.put(entry.getKey(), new Moments(number(moments, "mean"), number(moments, "variance")));
        }
        return new LayerStatistics(line.path("step").asLong(0), ratios, activations);
    }

    private static Noise noise(JsonNode line) {
        NoiseScale scale = new NoiseScale(
                number(line, "examples"),
                number(line, "standardError"),
                line.path("measurements").asLong(0),
                line.path("batch").asLong(0),
                number(line, "trace"),
                number(line, "signal"));
        return new Noise(line.path("step").asLong(0), scale);
    }

    private static double number(JsonNode line, String name) {
        JsonNode value = line.path(name);
        return value.isNumber() ? value.doubleValue() : Double.NaN;
    }
}
