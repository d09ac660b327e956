package org.thalweg.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The command that trains a run again, as its configuration tells it. */
final class Repeat {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:,=+@%-]+");

    private Repeat() {}

    /** A line for a shell; words that a shell would take apart are quoted. */
    static String command(JsonNode config) {
        List<String> words = new ArrayList<>(List.of("./thalweg", "train"));
        JsonNode data = config.path("data");
        JsonNode extras = config.path("extras");
        add(words, "", data.path("name"));
        add(words, "--model", config.path("model").path("name"));
        add(words, "--rule", config.path("rule"));
        add(words, "--schedule", config.path("schedule"));
        add(words, "--epochs", config.path("epochs"));
        add(words, "--batch", config.path("batch"));
        add(words, "--seed", config.path("seed"));
        if (data.path("validationShare").asDouble(0) > 0) {
            add(words, "--validation", data.path("validationShare"));
        }
        add(words, "--average", extras.path("average"));
        if (extras.path("lookahead").isObject()) {
            words.add("--lookahead");
            words.add(extras.path("lookahead").path("every").asString("") + ","
                    + extras.path("lookahead").path("share").asString(""));
        }
        add(words, "--sam", extras.path("sharpness"));
        if (extras.path("parts").asInt(1) > 1) {
            add(words, "--accumulate", extras.path("parts"));
        }
        flag(words, "--exempt-bias-and-norm", extras.path("exemptBiasAndNorm"));
        flag(words, "--skip-non-finite", extras.path("skipNonFinite"));
        if (!extras.path("state").asString("float32").equals("float32")) {
            add(words, "--state", extras.path("state"));
        }
        return String.join(" ", words.stream().map(Repeat::quoted).toList());
    }

    private static void add(List<String> words, String option, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            if (!option.isEmpty()) {
                words.add(option);
            }
            words.add(value.asString(""));
        }
    }

    private static void flag(List<String> words, String option, JsonNode value) {
        if (value.asBoolean(false)) {
            words.add(option);
        }
    }

    /** As a shell reads it back. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
