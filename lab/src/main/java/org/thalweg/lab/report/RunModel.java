package org.thalweg.lab.report;

import java.util.Map;
import org.thalweg.train.data.DataForm;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.ready.Models;
import org.thalweg.train.model.text.ModelText;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The model of a run for people.
 *
 * @param argument what {@code --model} takes to build it: its name where that is enough, else a file of its text
 * @param text its layers
 */
record RunModel(String argument, String text) {
    static final String FILE = "model.yaml";

    /** The model that a configuration holds, as far as it can be read: it may be from another version. */
    static RunModel of(JsonNode config) {
        JsonNode json = config.path("model");
        try {
            Model model = ModelText.ofJson(map(json), "config.json");
            return new RunModel(isReady(model, config.path("data")) ? model.name() : FILE, ModelText.yaml(model));
        } catch (RuntimeException e) {
            String text = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json);
            return new RunModel(json.path("name").asString(FILE), text);
        }
    }

    private static boolean isReady(Model model, JsonNode data) {
        try {
            DataForm form = DataForm.of(map(data), "config.json");
            return Models.named(model.name(), form.modelInput(), form.task()).equals(model);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static Map<String, Object> map(JsonNode json) {
        return JsonMapper.shared().convertValue(json, new TypeReference<>() {});
    }
}
