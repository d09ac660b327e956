package org.thalweg.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thalweg.train.data.DataForm;
import org.thalweg.train.loss.Losses;
import org.thalweg.train.model.Initialisation;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.ready.Models;
import org.thalweg.train.model.text.ModelText;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The model of a run for people.
 *
 * @param arguments what {@code thalweg train} takes to build it: its name, and what was chosen beside it, where that is enough, else
 *     a file of its text
 * @param text its layers
 */
record RunModel(List<String> arguments, String text) {
    private static final String FILE = "model.yaml";

    RunModel {
        arguments = List.copyOf(arguments);
    }

    /** The model that a configuration holds, as far as it can be read: it may be from another version. */
    static RunModel of(JsonNode config) {
        JsonNode json = config.path("model");
        try {
            Model model = ModelText.ofJson(map(json), "config.json");
            return new RunModel(arguments(model, config.path("data")), ModelText.yaml(model));
        } catch (RuntimeException e) {
            String text = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json);
            return new RunModel(List.of("--model", json.path("name").asString(FILE)), text);
        }
    }

    /** Whether the model has to be read from a file that holds the text. */
    boolean needsFile() {
        return arguments.contains(FILE);
    }

    private static List<String> arguments(Model model, JsonNode data) {
        try {
            DataForm form = DataForm.of(map(data), "config.json");
            Model ready = Models.named(model.name(), form.modelInput(), form.task());
            if (ready.layers().equals(model.layers())) {
                return chosen(model, ready);
            }
        } catch (RuntimeException e) {
            // No ready model, or one with other options: its text says all.
        }
        return List.of("--model", FILE);
    }

    /** What was chosen beside a ready model's layers. */
    private static List<String> chosen(Model model, Model ready) {
        List<String> arguments = new ArrayList<>(List.of("--model", model.name()));
        if (!model.initialisation().equals(ready.initialisation())) {
            arguments.addAll(List.of("--init", Initialisation.format(model.initialisation())));
        }
        if (!model.loss().equals(ready.loss())) {
            model.loss().ifPresent(loss -> arguments.addAll(List.of("--loss", Losses.format(loss))));
        }
        return arguments;
    }

    private static Map<String, Object> map(JsonNode json) {
        return JsonMapper.shared().convertValue(json, new TypeReference<>() {});
    }
}
