package org.thalweg.lab.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.picture.RunLog;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run's directory holds; what is missing or damaged beside the metrics is left out, for the rest is worth seeing.
 *
 * @param path the directory
 * @param log its course
 * @param config what was asked for; an empty object if unknown
 * @param examination a close look at the trained network; a missing node if there was none
 * @param result what came of it; a missing node if it did not complete
 */
record RunFiles(Path path, RunLog log, JsonNode config, JsonNode examination, JsonNode result) {
    /** More than this is none of ours, and is not read. */
    private static final long LARGEST = 100_000_000;

    static RunFiles read(Path path) {
        RunLog log = RunLog.read(path);
        return new RunFiles(
                path,
                log,
                object(path.resolve("config.json")),
                object(path.resolve("examination.json")),
                object(path.resolve("result.json")));
    }

    private static JsonNode object(Path file) {
        JsonNode nothing = JsonMapper.shared().createObjectNode();
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return nothing;
            }
            JsonNode node = JsonMapper.shared().readTree(Files.readString(file, StandardCharsets.UTF_8));
            return node.isObject() ? node : nothing;
        } catch (IOException | JacksonException e) {
            return nothing;
        }
    }

    /** The directory's own name. */
    String name() {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }

    boolean completed() {
        return !result.isEmpty();
    }

    /** A class's name, or its number where it has none. */
    String className(int label) {
        return config.path("data").path("classNames").path(label).asString(String.valueOf(label));
    }

    /** Names or values of a text, a number or a list of them, in one line. */
    static String words(JsonNode node) {
        if (node.isArray()) {
            List<String> words = new ArrayList<>();
            node.forEach(item -> words.add(words(item)));
            return String.join(", ", words);
        }
        if (node.isFloatingPointNumber()) {
            return Numbers.text(node.doubleValue());
        }
        return node.isValueNode() ? node.asString("") : node.toString();
    }

    /** A number in a document, if there is one by that name. */
    static Optional<Double> number(JsonNode node, String name) {
        return Optional.of(node.path(name)).filter(JsonNode::isNumber).map(JsonNode::doubleValue);
    }
}
