package org.thalweg.train;

import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Fingerprint;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.loss.Losses;
import org.thalweg.train.model.Plan;
import org.thalweg.train.model.ScriptFiles;
import org.thalweg.train.model.text.ModelText;
import org.thalweg.train.run.Document;

/** Everything needed to repeat a run, for {@code config.json}. */
final class ConfigJson {
    private ConfigJson() {}

    /** What is written. */
    static Map<String, Object> of(TrainingConfig config, Dataset data, Plan plan, Engine engine) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("started", Instant.now().toString());
        Map<String, Object> described = data.json();
        described.put("fingerprint", Fingerprint.of(data));
        json.put("data", described);
        json.put("model", ModelText.json(ScriptFiles.in(Path.of(""), config.model())));
        json.put("parameters", plan.parameters());
        json.put("rule", Rules.format(config.rule()));
        json.put("schedule", config.schedule().toString());
        json.put("loss", config.loss().toString());
        json.put("extras", config.extras().json());
        json.put("course", config.course().json());
        json.put("sharing", config.sharing().json());
        json.put("epochs", config.epochs());
        json.put("batch", config.batch());
        json.put("seed", config.seed());
        json.put("engine", engine.setup().toString());
        json.put("versions", versions());
        return json;
    }

    /**
     * The configuration that was written.
     *
     * @param run the run's directory, in which the model's files lie
     * @throws DataException if it is none; the message says where
     */
    static TrainingConfig read(Document json, Path run) {
        return json.made(it -> new TrainingConfig(
                it.read("model", (model, source) -> ModelText.ofJson(model, source, run)),
                it.parsed("rule", Rules::parse),
                it.parsed("schedule", Schedule::parse),
                it.parsed("loss", Losses::parse),
                (int) it.whole("epochs", 1, Integer.MAX_VALUE),
                (int) it.whole("batch", 1, Integer.MAX_VALUE),
                it.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                Extras.read(it.object("extras")),
                Course.read(it.object("course")),
                it.optional("sharing").map(Sharing::read).orElse(Sharing.PLAIN)));
    }

    /**
     * Whether a data set is the one that a run was begun with.
     *
     * @throws IllegalArgumentException if not
     */
    static void checkData(Document json, Dataset data, Path run) {
        Document begun = json.object("data");
        String found = Fingerprint.of(data);
        if (!begun.text("fingerprint").equals(found)) {
            throw new IllegalArgumentException(
                    ("the data is not what the run in %s was begun with, which was %s with fingerprint %s, not %s: bring it"
                                    + " back, or start a new run")
                            .formatted(run, begun.text("name"), begun.text("fingerprint"), found));
        }
    }

    /** What may make the last bits differ from those of the run as it was begun, in a sentence, if anything may. */
    static Optional<String> differences(Document json, Engine engine) {
        List<String> differences = new ArrayList<>();
        compare("engine", json.text("engine"), engine.setup().toString(), differences);
        Document begun = json.object("versions");
        versions()
                .forEach((name, version) ->
                        compare(name, begun.optionalText(name).orElse("another"), version.toString(), differences));
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of("the run was begun with %s: the last bits of its results may differ"
                        .formatted(String.join(", ", differences)));
    }

    private static void compare(String what, String begun, String now, List<String> differences) {
        if (!begun.equals(now)) {
            differences.add("%s %s and goes on with %s".formatted(what, begun, now));
        }
    }

    private static Map<String, Object> versions() {
        Map<String, Object> json = new LinkedHashMap<>();
        Optional.ofNullable(ConfigJson.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .ifPresent(version -> json.put("thalweg", version));
        json.put("libtorch", Engine.version());
        json.put("java", Runtime.version().toString());
        json.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return json;
    }
}
