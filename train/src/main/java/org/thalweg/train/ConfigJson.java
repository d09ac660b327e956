package org.thalweg.train;

import java.lang.module.ModuleDescriptor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thalweg.optim.rule.Rules;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.model.Plan;
import org.thalweg.train.model.text.ModelText;

/** Everything needed to repeat a run, for {@code config.json}. */
final class ConfigJson {
    private ConfigJson() {}

    static Map<String, Object> of(TrainingConfig config, Dataset data, Plan plan, Engine engine) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("started", Instant.now().toString());
        json.put("data", data(data));
        json.put("model", ModelText.json(config.model()));
        json.put("parameters", plan.parameters());
        json.put("rule", Rules.format(config.rule()));
        json.put("schedule", config.schedule().toString());
        json.put("loss", config.loss().toString());
        json.put("extras", config.extras().json());
        json.put("epochs", config.epochs());
        json.put("batch", config.batch());
        json.put("seed", config.seed());
        json.put("engine", engine.setup().toString());
        json.put("versions", versions());
        return json;
    }

    private static Map<String, Object> data(Dataset data) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", data.name());
        json.put("shape", data.shape().sizes());
        json.put("task", data.task().json());
        json.put("validationShare", data.split().validation());
        json.put("testShare", data.split().test());
        json.put("splitSeed", data.split().seed());
        json.put("train", data.train().count());
        data.validation().ifPresent(examples -> json.put("validation", examples.count()));
        json.put("test", data.test().count());
        json.put("preprocessing", data.preprocessing().json());
        return json;
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
