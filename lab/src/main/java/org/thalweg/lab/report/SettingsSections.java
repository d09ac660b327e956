package org.thalweg.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Node;
import org.thalweg.lab.svg.Page;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a run was made, and how to make it again. */
record SettingsSections(RunFiles run) {
    /** Shown by themselves, or in the header. */
    private static final Set<String> ELSEWHERE = Set.of("started", "data", "model", "engine", "versions", "parameters");

    /** Names of parts that say no more than the settings in them. */
    private static final Set<String> UNSAID = Set.of("extras", "course", "recording");

    private static final int LONGEST_LINE = 160;

    List<Element> sections() {
        JsonNode config = run.config();
        RunModel model = RunModel.of(config);
        Element settings = Element.of(
                "div",
                group("Training", without(config, ELSEWHERE)),
                group("Data", without(config.path("data"), Set.of("request", "classNames"))),
                group("Environment", environment(config)));
        return List.of(
                Page.section("Settings", settings.classed("grid3"), model(model)),
                Page.section("To repeat it", commands(config, model)),
                Element.text("footer", "Made by Thalweg."));
    }

    private static JsonNode without(JsonNode config, Set<String> names) {
        var rest = JsonMapper.shared().createObjectNode();
        config.properties().stream()
                .filter(entry -> !names.contains(entry.getKey()))
                .forEach(entry -> rest.set(entry.getKey(), entry.getValue()));
        return rest;
    }

    private static JsonNode environment(JsonNode config) {
        var environment = JsonMapper.shared().createObjectNode();
        config.path("versions").properties().forEach(entry -> environment.set(entry.getKey(), entry.getValue()));
        if (config.has("engine")) {
            environment.set("engine", config.path("engine"));
        }
        return environment;
    }

    private static Element group(String title, JsonNode settings) {
        List<Node> rows = new ArrayList<>();
        addRows(rows, "", settings);
        return Element.of(
                "div", Element.text("h3", title), Element.of("table", rows).classed("settings"));
    }

    /** One row for each value; what is nested goes by its path. */
    private static void addRows(List<Node> rows, String path, JsonNode settings) {
        for (Map.Entry<String, JsonNode> entry : settings.properties()) {
            String name = (path + " " + words(entry.getKey())).strip();
            if (entry.getValue().isObject()) {
                addRows(rows, UNSAID.contains(name) ? "" : name, entry.getValue());
            } else {
                String value = RunFiles.words(entry.getValue());
                String shown = value.length() <= LONGEST_LINE
                        ? value
                        : value.substring(0, LONGEST_LINE) + " … (see config.json)";
                rows.add(Element.of("tr", Element.text("th", name), Element.text("td", shown)));
            }
        }
    }

    /** {@code validationShare} as people write it. */
    static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static Element model(RunModel model) {
        return Element.of(
                "details",
                Element.text("summary", "The model, layer by layer"),
                Element.of("pre", Element.text("code", model.text())));
    }

    private Element commands(JsonNode config, RunModel model) {
        String name = Repeat.quoted(run.path().toString());
        String note = model.needsFile() ? "# with the model above in a file model.yaml\n" : "";
        String lines = String.join(
                "\n",
                note + Repeat.command(config, model.arguments()),
                "./thalweg report " + name,
                "./thalweg predict " + name + " FILE...");
        return Element.of("pre", Element.text("code", lines));
    }
}
