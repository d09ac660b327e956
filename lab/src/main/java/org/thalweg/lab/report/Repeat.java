package org.thalweg.lab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.thalweg.train.data.Split;
import tools.jackson.databind.JsonNode;

/** The command that trains a run again, as its configuration tells it. */
final class Repeat {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:,=+@%-]+");

    private Repeat() {}

    /** Options by the settings that they set, where the setting is as the option takes it. */
    private static final Map<String, String> OF_THE_DATA = options(
            "/directory", "--data-dir",
            "/reading/format", "--format",
            "/reading/target", "--target",
            "/reading/task", "--task",
            "/reading/header", "--header",
            "/reading/shape", "--shape",
            "/preprocess", "--preprocess");

    private static final Map<String, String> OF_THE_RUN = options(
            "/rule", "--rule",
            "/schedule", "--schedule",
            "/epochs", "--epochs",
            "/batch", "--batch",
            "/seed", "--seed",
            "/course/batches", "--batch-schedule",
            "/course/stopping/patience", "--patience",
            "/course/stopping/metric", "--watch",
            "/extras/average", "--average",
            "/extras/sharpness", "--sam");

    /** The same for settings that are told only where they are not as usual. */
    private static final Map<String, String> UNUSUAL = options(
            "/course/snapshots=0", "--snapshots",
            "/course/saving/every=0", "--checkpoint-every",
            "/course/saving/keep=3", "--keep",
            "/course/recording/layersEvery=0", "--layer-statistics",
            "/course/recording/noiseEvery=0", "--noise-scale",
            "/extras/parts=1", "--accumulate",
            "/extras/largestPart=0", "--micro-batch",
            "/extras/onNonFinite=stop", "--on-non-finite",
            "/extras/state=float32", "--state");

    private static Map<String, String> options(String... pairs) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            options.put(pairs[i], pairs[i + 1]);
        }
        return options;
    }

    /**
     * A line for a shell; words that a shell would take apart are quoted.
     *
     * @param model the words that name the model
     */
    static String command(JsonNode config, List<String> model) {
        List<String> words = new ArrayList<>(List.of("./thalweg", "train"));
        JsonNode data = config.path("data");
        JsonNode request = data.path("request");
        add(words, "", request.has("source") ? request.path("source") : data.path("name"));
        OF_THE_DATA.forEach((place, option) -> add(words, option, request.at(place)));
        if (data.path("task").path("kind").asString("").equals("next-token")) {
            add(words, "--length", request.at("/reading/length"));
        }
        request.path("augment").forEach(augmentation -> add(words, "--augment", augmentation));
        share(words, "--validation", data.path("validationShare"), 0);
        share(words, "--test", data.path("testShare"), Split.DEFAULT_TEST);
        words.addAll(model);
        OF_THE_RUN.forEach((place, option) -> add(words, option, config.at(place)));
        JsonNode lookahead = config.at("/extras/lookahead");
        if (lookahead.isObject()) {
            words.add("--lookahead");
            words.add(lookahead.path("every").asString("") + ","
                    + lookahead.path("share").asString(""));
        }
        UNUSUAL.forEach((place, option) -> unusual(words, option, place.split("=", 2), config));
        flag(words, "--keep-last", config.at("/course/keepLast"));
        flag(words, "--exempt-bias-and-norm", config.at("/extras/exemptBiasAndNorm"));
        flag(words, "--tensorboard", config.at("/course/recording/tensorBoard"));
        return String.join(" ", words.stream().map(Repeat::quoted).toList());
    }

    private static void share(List<String> words, String option, JsonNode value, double usual) {
        if (value.asDouble(usual) != usual) {
            add(words, option, value);
        }
    }

    private static void unusual(List<String> words, String option, String[] placeAndUsual, JsonNode config) {
        JsonNode value = config.at(placeAndUsual[0]);
        if (!value.asString("").equals(placeAndUsual[1])) {
            add(words, option, value);
        }
    }

    private static void add(List<String> words, String option, JsonNode value) {
        if (value.isValueNode() && !value.isNull() && !value.isMissingNode()) {
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
